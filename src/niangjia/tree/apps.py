from django.apps import AppConfig


class TreeConfig(AppConfig):
    """Units with dated parents; administrative divisions with both official code systems."""

    name = "niangjia.tree"
    label = "tree"
    verbose_name = "组织树与行政区划"
