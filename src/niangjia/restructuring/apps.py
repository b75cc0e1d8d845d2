from django.apps import AppConfig


class RestructuringConfig(AppConfig):
    """撤并改: unions are dissolved, merged, converted and split, with everything they hold."""

    name = "niangjia.restructuring"
    label = "restructuring"
    verbose_name = "撤并改"
