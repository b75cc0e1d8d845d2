from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    """Households: one person in one, what is known of them, sealed and merged field by field."""

    name = "niangjia.households"
    label = "households"
    verbose_name = "家庭档案"
