"""Tables of households: who lives in one, what is known of them, on what two tellings disagree."""

from django.db import models
from django.db.models import Q

from niangjia.households.rules import RELATIONS, SELF
from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say

WHY = say("核实家庭困难情况，办理建档和帮扶。")
READ = "households.read"
SETTLED = {"taken": "改用新填写的", "left": "保留原来的"}


class Household(models.Model):
    """A household 家庭: a worker at its head and who lives with him; one household has one file (R-AID-08).

    What is known of it lies fact by fact in `Fact`; here stand its place, its head and how much is missing:
    `unproven` is kept by the database, `lacking` and `disputed` by the actions.
    """

    head = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="户主")
    keeper = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="登记工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    opened_at = models.DateTimeField("登记时间")
    opened_by = models.BigIntegerField("登记账号", null=True)
    version = models.PositiveIntegerField("版本", default=1)
    lacking = models.PositiveSmallIntegerField("没有填写的必填事项", default=0)
    unproven = models.PositiveSmallIntegerField("没有核对证件号码的人", default=0)
    disputed = models.PositiveSmallIntegerField("待核定的填写", default=0)

    personal = Personal("head_id", WHY, "aid_file", seen_by=READ, plain=frozenset({"opened_at"}))

    class Meta:
        verbose_name = "家庭"
        indexes = (
            models.Index(fields=["path", "id"], name="household_path"),
            models.Index(
                fields=["path"],
                condition=Q(lacking=0, unproven=0, disputed=0),
                name="household_complete",
            ),
        )

    def __str__(self) -> str:
        return f"家庭 {self.pk}"


class HouseholdMember(models.Model):
    """Somebody who lives in a household, from a day on; nobody lives in two (R-AID-08)."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="成员")
    relation = models.CharField("与户主关系", max_length=12, choices=choices(RELATIONS))
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    left_why = models.CharField("不再共同生活的原因", max_length=200, default="", blank=True)

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        {"relation": Held(Kind.WORK), "left_why": Held(Kind.WORDS)},
        ends="until",
        seen_by=READ,
        plain=frozenset({"since", "until"}),
    )

    class Meta:
        verbose_name = "家庭成员"
        constraints = (
            one_of("household_member_relation", "relation", RELATIONS),
            models.UniqueConstraint(
                fields=["person"], condition=Q(until=None), name="household_one_person_in_one"
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(until=None, relation=SELF), name="household_one_head"
            ),
            models.CheckConstraint(
                name="household_member_days", condition=Q(until=None) | Q(until__gte=models.F("since"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.person_id}"


class Fact(models.Model):
    """One thing told of a household or a member, sealed under that person's key; the last one holds."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="facts")
    member = models.ForeignKey(HouseholdMember, models.CASCADE, null=True, related_name="facts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="何人")
    key = models.CharField("事项", max_length=30)
    value = models.BinaryField("内容（密封）")
    version = models.PositiveIntegerField("第几次填写")
    holds = models.BooleanField("现在的", default=True)
    told_at = models.DateTimeField("填写时间")
    told_by = models.BigIntegerField("填写账号", null=True)
    source = models.CharField("来源", max_length=60, default="", blank=True)

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        {"value": Held(Kind.FINANCE, sealed=True)},
        seen_by=READ,
        row_goes=True,
        plain=frozenset({"key", "version", "holds", "told_at", "source"}),
    )

    class Meta:
        verbose_name = "家庭情况"
        constraints = (
            models.UniqueConstraint(
                fields=["household", "member", "key"],
                condition=Q(holds=True),
                nulls_distinct=False,
                name="household_fact_holds_once",
            ),
            models.UniqueConstraint(
                fields=["household", "member", "key", "version"],
                nulls_distinct=False,
                name="household_fact_version",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Proposal(models.Model):
    """A telling that disagrees with what stands: both are kept, a person decides (R-G-09, App. D 15)."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="proposals")
    member = models.ForeignKey(HouseholdMember, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="何人")
    key = models.CharField("事项", max_length=30)
    value = models.BinaryField("所填内容（密封）")
    base = models.PositiveIntegerField("填写时看到的第几次")
    proposed_at = models.DateTimeField("填写时间")
    proposed_by = models.BigIntegerField("填写账号", null=True)
    source = models.CharField("来源", max_length=60, default="", blank=True)
    settled = models.CharField("核定", max_length=6, default="", choices=choices(SETTLED), blank=True)
    settled_by = models.BigIntegerField("核定账号", null=True)
    settled_at = models.DateTimeField("核定时间", null=True)

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        {"value": Held(Kind.FINANCE, sealed=True)},
        seen_by=READ,
        row_goes=True,
        plain=frozenset({"key", "base", "proposed_at", "source", "settled", "settled_at"}),
    )

    class Meta:
        verbose_name = "待核定的填写"
        constraints = (
            one_of("household_proposal_settled", "settled", ["", *SETTLED]),
            models.CheckConstraint(
                name="household_proposal_settled_whole",
                condition=Q(settled="", settled_at=None) | (~Q(settled="") & Q(settled_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["household", "member", "key", "source"],
                condition=~Q(source=""),
                nulls_distinct=False,
                name="household_proposal_once",
            ),
        )
        indexes = (
            models.Index(fields=["household"], condition=Q(settled=""), name="household_proposal_open"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.base}"
