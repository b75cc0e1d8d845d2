from django.apps import AppConfig


class DrivesConfig(AppConfig):
    """A squad goes from building to floor to employer: whom it asked, who joined."""

    name = "niangjia.drives"
    label = "drives"
    verbose_name = "集中入会"
