from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Natural persons: one person once, identity sealed."""

    name = "niangjia.people"
    label = "people"
    verbose_name = "自然人"
