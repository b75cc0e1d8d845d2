from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """The faces of campaigns: whom to reach, who goes when, the board that adds up, and the proof."""

    name = "niangjia.outreach"
    label = "outreach"
    verbose_name = "走访摸排"
