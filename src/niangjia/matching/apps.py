from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Possible duplicates of persons, merged and parted by two people; real-name completeness."""

    name = "niangjia.matching"
    label = "matching"
    verbose_name = "查重与实名"
