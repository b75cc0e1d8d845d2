from django.apps import AppConfig


class HearthConfig(AppConfig):
    """The faces of households: the family's file at the office, and the family's own page."""

    name = "niangjia.hearth"
    label = "hearth"
    verbose_name = "家庭档案"
