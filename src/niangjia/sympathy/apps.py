from django.apps import AppConfig


class SympathyConfig(AppConfig):
    """Sympathy visits, holiday and birthday batches, heat relief, receipts."""

    name = "niangjia.sympathy"
    label = "sympathy"
    verbose_name = "慰问"
