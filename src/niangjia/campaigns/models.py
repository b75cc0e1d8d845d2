"""Tables of campaigns: the campaign, and whom it is to reach."""

from django.db import models
from django.db.models import Q

from niangjia.campaigns.rules import CAMPAIGN, KINDS, NO_REASON_ASKED, OUTCOMES, Outcome
from niangjia.kernel.columns import one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say


class Campaign(models.Model):
    """A campaign 专项行动 of a union and everybody beneath it, in a year (domain.md §5)."""

    kind = models.CharField("类别", max_length=12, choices=[(str(k), w.msgid) for k, w in KINDS.items()])
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("名称", max_length=80)
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="开展工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    opens_on = models.DateField("开始日")
    closes_on = models.DateField("结束日")
    words = models.TextField("说明", max_length=1000, default="", blank=True)
    state = models.CharField("状态", max_length=10, default=CAMPAIGN.start)
    made_by = models.BigIntegerField("建立账号", null=True)
    made_at = models.DateTimeField("建立时间")
    closed_at = models.DateTimeField("结束时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "专项行动"
        constraints = (
            one_of("campaign_kind", "kind", KINDS),
            one_of("campaign_state", "state", CAMPAIGN.ordered_states),
            models.CheckConstraint(
                name="campaign_ends_after_it_begins", condition=Q(closes_on__gte=models.F("opens_on"))
            ),
            models.UniqueConstraint(
                fields=["unit", "kind", "year"],
                condition=~Q(state="cancelled"),
                name="campaign_once_a_year",
            ),
        )
        indexes = (models.Index(fields=["path", "-opens_on", "id"], name="campaign_path"),)

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """Somebody whom a campaign is to reach: a lead 线索 until his household is known (S-LA-06)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="targets", verbose_name="专项行动")
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="负责走访的工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    name = models.CharField("职工姓名", max_length=50)
    place = models.CharField("住处或单位", max_length=120, default="", blank=True)
    words = models.CharField("上报情况", max_length=500, default="", blank=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey("households.Household", models.PROTECT, null=True, related_name="+")
    reported_by = models.BigIntegerField("上报账号", null=True)
    reported_at = models.DateTimeField("上报时间")
    holder_id = models.BigIntegerField("走访干部账号", null=True)
    planned_on = models.DateField("计划走访日", null=True)
    outcome = models.CharField("结果", max_length=12, default=Outcome.OPEN.value)
    outcome_at = models.DateTimeField("结果时间", null=True)
    outcome_by = models.BigIntegerField("登记账号", null=True)
    outcome_why = models.CharField("原因", max_length=300, default="", blank=True)
    blind = models.BinaryField("证件号码的盲索引", max_length=32, null=True)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        "person_id",
        say("上门核实困难情况，不漏一户。"),
        "aid_file",
        {
            "name": Held(Kind.NAME, after="已删除"),
            "place": Held(Kind.CONTACT),
            "words": Held(Kind.WORDS),
            "outcome_why": Held(Kind.WORDS),
            "blind": Held(Kind.IDENTITY, shown=False),
        },
        ends="outcome_at",
        seen_by="campaigns.read",
        plain=frozenset({"reported_at", "outcome", "outcome_at", "planned_on"}),
    )

    class Meta:
        verbose_name = "走访对象"
        constraints = (
            one_of("target_outcome", "outcome", OUTCOMES),
            models.UniqueConstraint(fields=["campaign", "person"], name="target_person_once"),
            models.UniqueConstraint(fields=["campaign", "household"], name="target_household_once"),
            models.CheckConstraint(
                name="target_outcome_whole",
                condition=Q(outcome=Outcome.OPEN, outcome_at=None)
                | (~Q(outcome=Outcome.OPEN) & Q(outcome_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="target_outcome_says_why",
                condition=Q(outcome__in=[str(one) for one in NO_REASON_ASKED]) | ~Q(outcome_why=""),
            ),
        )
        indexes = (
            models.Index(fields=["campaign", "path", "id"], name="target_path"),
            models.Index(fields=["holder_id"], condition=Q(outcome=Outcome.OPEN), name="target_open_holder"),
        )

    def __str__(self) -> str:
        return self.name


class Mention(models.Model):
    """A list names somebody; two lists together tell how many stand on none (feature 30)."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="mentions", verbose_name="走访对象")
    roll = models.CharField("名单", max_length=40)
    mentioned_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "名单所列"
        constraints = (models.UniqueConstraint(fields=["target", "roll"], name="target_mentioned_once"),)

    def __str__(self) -> str:
        return self.roll
