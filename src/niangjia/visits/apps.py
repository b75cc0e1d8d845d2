from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Home visits of two officers, made without signal, synchronised once."""

    name = "niangjia.visits"
    label = "visits"
    verbose_name = "入户走访"
