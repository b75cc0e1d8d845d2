from django.apps import AppConfig


class HandoutsConfig(AppConfig):
    """Holiday, birthday and warmth batches, heat relief, women's checks: rosters that add up, receipts."""

    name = "niangjia.handouts"
    label = "handouts"
    verbose_name = "慰问发放"
