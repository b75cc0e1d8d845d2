from django.apps import AppConfig


class VisitingConfig(AppConfig):
    """The faces of home visits at the office: the list, one visit, what differs, the form online."""

    name = "niangjia.visiting"
    label = "visiting"
    verbose_name = "走访记录"
