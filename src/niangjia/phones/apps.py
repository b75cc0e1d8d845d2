from django.apps import AppConfig


class PhonesConfig(AppConfig):
    """The phones on which visits are made without signal: enrolled, lent the kit, heard, revoked."""

    name = "niangjia.phones"
    label = "phones"
    verbose_name = "走访手机"
