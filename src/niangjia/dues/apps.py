from django.apps import AppConfig


class DuesConfig(AppConfig):
    """What members pay, month by month."""

    name = "niangjia.dues"
    label = "dues"
    verbose_name = "会费"
