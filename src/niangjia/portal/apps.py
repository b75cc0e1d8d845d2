from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages, desk, navigation."""

    name = "niangjia.portal"
    label = "portal"
    verbose_name = "门户"
