from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Values that a union sets for itself, dated, with their papers."""

    name = "niangjia.policies"
    label = "policies"
    verbose_name = "政策参数"
