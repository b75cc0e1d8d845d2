from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """Unions and federations, the employers they cover, and their counts."""

    name = "niangjia.network"
    label = "network"
    verbose_name = "组织网络"
