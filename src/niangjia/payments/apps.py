from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Payment orders: made, checked, sent to the bank, paid or returned; and where a person is paid."""

    name = "niangjia.payments"
    label = "payments"
    verbose_name = "支付"
