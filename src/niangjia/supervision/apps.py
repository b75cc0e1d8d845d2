from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """What a union above asks of one below, followed to its end."""

    name = "niangjia.supervision"
    label = "supervision"
    verbose_name = "督办"
