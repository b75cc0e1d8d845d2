from django.apps import AppConfig


class EstablishmentsConfig(AppConfig):
    """The faces of founding: the invitation, the list, the page and the forms of an establishment."""

    name = "niangjia.establishments"
    label = "establishments"
    verbose_name = "建会办理"
