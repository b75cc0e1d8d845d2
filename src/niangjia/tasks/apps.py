from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The to-do list, its deadlines, and steps that may be taken back."""

    name = "niangjia.tasks"
    label = "tasks"
    verbose_name = "待办"
