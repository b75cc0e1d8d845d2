from django.apps import AppConfig


class EntranceConfig(AppConfig):
    """The way in: django-allauth's pages, forms and second factor in the words of this house."""

    name = "niangjia.entrance"
    label = "entrance"
    verbose_name = "登录"
