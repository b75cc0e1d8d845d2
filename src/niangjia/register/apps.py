from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The faces of the register: lists, pages, forms and the API of organisations and employers."""

    name = "niangjia.register"
    label = "register"
    verbose_name = "工会名册"
