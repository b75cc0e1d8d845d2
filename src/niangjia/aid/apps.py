from django.apps import AppConfig


class AidConfig(AppConfig):
    """Applications for aid and study aid: visited, reviewed, noticed, approved, paid, confirmed."""

    name = "niangjia.aid"
    label = "aid"
    verbose_name = "帮扶救助"
