from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """The only room that knows every app."""

    name = "niangjia.project"
    label = "project"
    verbose_name = "装配"
