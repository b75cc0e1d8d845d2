from django.apps import AppConfig


class HardshipConfig(AppConfig):
    """Files of workers in hardship: eligibility that explains itself, from lead to lifting."""

    name = "niangjia.hardship"
    label = "hardship"
    verbose_name = "困难职工档案"
