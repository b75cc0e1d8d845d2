from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Files in and out: one engine for every import and export."""

    name = "niangjia.exchange"
    label = "exchange"
    verbose_name = "导入导出"
