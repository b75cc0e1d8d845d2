from django.apps import AppConfig


class RecountConfig(AppConfig):
    """The ledger computed again: by ourselves from its lines, and by hledger and beancount from its text."""

    name = "niangjia.recount"
    label = "recount"
    verbose_name = "账务核对"
