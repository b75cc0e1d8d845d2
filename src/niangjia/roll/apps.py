from django.apps import AppConfig


class RollConfig(AppConfig):
    """The faces of the members' roll: lists, statistics, one membership, my own, cards."""

    name = "niangjia.roll"
    label = "roll"
    verbose_name = "会员名册"
