"""Tables of vitality: what a federation did, and its yearly self-check."""

from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import choices, one_of
from niangjia.vitality.rules import ACTIVITY_LABELS


class Activity(models.Model):
    """Something that an organisation did: a meeting, an activity, a visit, a talk; people by number only."""

    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, related_name="+", verbose_name="组织"
    )
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    kind = models.CharField("类别", max_length=10, choices=choices(ACTIVITY_LABELS))
    title = models.CharField("名称", max_length=120)
    held_on = models.DateField("日期")
    attendances = models.PositiveIntegerField("参加人次", default=0)
    place = models.CharField("地点", max_length=120, default="", blank=True)
    recorded_by = models.BigIntegerField("登记账号", null=True)
    recorded_at = models.DateTimeField("登记时间")
    void_reason = models.CharField("作废原因", max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "组织活动"
        constraints = (one_of("activity_kind", "kind", ACTIVITY_LABELS),)
        indexes = (
            models.Index(fields=["organisation", "held_on"], name="activity_organisation"),
            models.Index(fields=["path", "held_on"], name="activity_path"),
        )

    def __str__(self) -> str:
        return self.title


class SevenHaves(models.Model):
    """The self-check 七有 of an organisation for a year; the items are those of the policy (R-PG-19)."""

    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, related_name="+", verbose_name="组织"
    )
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    year = models.PositiveSmallIntegerField("年度")
    items = models.JSONField("条目")
    checked_on = models.DateField("自查日")
    checked_by = models.BigIntegerField("自查账号", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "七有自查"
        constraints = (
            models.UniqueConstraint(fields=["organisation", "year"], name="seven_haves_once_a_year"),
            models.CheckConstraint(name="seven_haves_year", condition=Q(year__gte=1950, year__lte=2200)),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"

    @property
    def met(self) -> int:
        """How many of the items are met."""
        return sum(bool(item["ok"]) for item in self.items)
