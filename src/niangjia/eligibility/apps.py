from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    """Who is in hardship and why: told in sentences, with what would change it; keeps nothing."""

    name = "niangjia.eligibility"
    label = "eligibility"
    verbose_name = "困难认定"
