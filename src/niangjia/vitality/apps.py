from django.apps import AppConfig


class VitalityConfig(AppConfig):
    """Whether a federation lives: its activity, its maturity, its seven haves."""

    name = "niangjia.vitality"
    label = "vitality"
    verbose_name = "联合会活力"
