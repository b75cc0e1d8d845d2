from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Public notices, their days, and the objections to them."""

    name = "niangjia.notices"
    label = "notices"
    verbose_name = "公示"
