from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The officer's desk of aid: the list, one application with its evidence and decision, many at once."""

    name = "niangjia.casework"
    label = "casework"
    verbose_name = "帮扶办理"
