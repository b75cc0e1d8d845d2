from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Committees and their posts, zones, facilities: what hangs on organisations."""

    name = "niangjia.bodies"
    label = "bodies"
    verbose_name = "委员会与阵地"
