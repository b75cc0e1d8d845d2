from django.apps import AppConfig


class ReliefConfig(AppConfig):
    """Rounds, papers, the year beside the books, the register of grants, lists of the overlooked."""

    name = "niangjia.relief"
    label = "relief"
    verbose_name = "救助台账"
