from django.apps import AppConfig


class TransfersConfig(AppConfig):
    """Memberships that go from one union to another."""

    name = "niangjia.transfers"
    label = "transfers"
    verbose_name = "转会"
