from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The faces of the register of persons: finding one by a number, one person, registering, revealing."""

    name = "niangjia.registry"
    label = "registry"
    verbose_name = "人员登记"
