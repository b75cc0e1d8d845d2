from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """The bank's statements beside the books, line by line."""

    name = "niangjia.statements"
    label = "statements"
    verbose_name = "银行对账"
