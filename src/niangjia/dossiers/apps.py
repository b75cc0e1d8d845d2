from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """The faces of needy-worker files: lists, one file, the worker's own view, the economic check."""

    name = "niangjia.dossiers"
    label = "dossiers"
    verbose_name = "困难职工档案页面"
