from django.apps import AppConfig


class PleasConfig(AppConfig):
    """A family asks for aid on its phone, one thing a page, and follows what it asked; owns no table."""

    name = "niangjia.pleas"
    label = "pleas"
    verbose_name = "我的求助"
