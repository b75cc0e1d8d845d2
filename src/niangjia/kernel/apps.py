from django.apps import AppConfig
from django.urls import register_converter

from niangjia.kernel.roads import Number


class KernelConfig(AppConfig):
    """The ground floor: rules of work, doors, journal, page furniture."""

    name = "niangjia.kernel"
    label = "kernel"
    verbose_name = "地基"

    def ready(self) -> None:
        """Addresses of every app may hold numbers."""
        register_converter(Number, "number")
