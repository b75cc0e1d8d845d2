from django.apps import AppConfig


class ReshapingConfig(AppConfig):
    """The faces of 撤并改: list, page, forms, papers of what `restructuring` decides and carries."""

    name = "niangjia.reshaping"
    label = "reshaping"
    verbose_name = "撤并改办理"
