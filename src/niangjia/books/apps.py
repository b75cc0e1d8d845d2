from django.apps import AppConfig


class BooksConfig(AppConfig):
    """The faces of ledger and payments; owns no table."""

    name = "niangjia.books"
    label = "books"
    verbose_name = "账簿"
