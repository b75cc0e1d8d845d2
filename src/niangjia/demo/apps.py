from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The newspaper page as a living world, and its acceptance stories."""

    name = "niangjia.demo"
    label = "demo"
    verbose_name = "演示世界"
