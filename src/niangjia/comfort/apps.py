from django.apps import AppConfig


class ComfortConfig(AppConfig):
    """The faces of sympathy: visits, and batches that are handed out."""

    name = "niangjia.comfort"
    label = "comfort"
    verbose_name = "慰问办理"
