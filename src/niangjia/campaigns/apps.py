from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns of aid and whom they are to reach: nobody is left out (杜绝遗漏)."""

    name = "niangjia.campaigns"
    label = "campaigns"
    verbose_name = "专项行动"
