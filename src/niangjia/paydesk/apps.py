from django.apps import AppConfig


class PaydeskConfig(AppConfig):
    """The faces of payments and of the bank's statements; owns no table."""

    name = "niangjia.paydesk"
    label = "paydesk"
    verbose_name = "支付"
