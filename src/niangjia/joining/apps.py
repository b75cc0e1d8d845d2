from django.apps import AppConfig


class JoiningConfig(AppConfig):
    """Workers join: by code on the phone, at the door, on paper; drives through buildings."""

    name = "niangjia.joining"
    label = "joining"
    verbose_name = "入会"
