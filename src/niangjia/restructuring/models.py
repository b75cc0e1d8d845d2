"""A restructure with its sides, shares, what each party kept for its undo, and what must be settled first."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import choices, one_of
from niangjia.network.rules import KIND_LABELS as ORGANISATION_KINDS
from niangjia.network.rules import MODE_LABELS
from niangjia.restructuring.rules import KIND_LABELS, Kind, State


class Restructure(models.Model):
    """撤并改: what is done to which unions on which day, and how far it has come (domain.md §3).

    `desk` is the union that decides: the county, or the city where two counties are touched.
    """

    kind = models.CharField("类别", max_length=10, choices=choices(KIND_LABELS))
    state = models.CharField("状态", max_length=10, default=State.PROPOSED)
    effective_on = models.DateField("生效日")
    desk = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="审批组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    reason = models.TextField("理由", max_length=1000)
    member_plan = models.TextField("会员安排", max_length=500, default="", blank=True)
    asset_plan = models.TextField("经费财产安排", max_length=500, default="", blank=True)
    debt_plan = models.TextField("债权债务安排", max_length=500, default="", blank=True)
    dossier_plan = models.TextField("档案印章安排", max_length=500, default="", blank=True)
    new_kind = models.CharField("改为类别", max_length=30, default="", blank=True)
    new_mode = models.CharField("改为统筹模式", max_length=20, default="", blank=True)
    new_name = models.CharField("改为名称", max_length=120, default="", blank=True)
    source_ends = models.BooleanField("原组织撤销", default=True)
    consulted_on = models.DateField("会员讨论日", null=True)
    present = models.PositiveIntegerField("到会人数", null=True)
    votes_for = models.PositiveIntegerField("赞成", null=True)
    votes_against = models.PositiveIntegerField("反对", null=True)
    minutes = models.CharField("会议记录", max_length=300, default="", blank=True)
    decision_no = models.CharField("批复文号", max_length=80, default="", blank=True)
    audit_no = models.CharField("经审报告文号", max_length=80, default="", blank=True)
    balance_fen = models.BigIntegerField("移交结余（分）", null=True)
    deed_no = models.CharField("财产移交文书号", max_length=80, default="", blank=True)
    closing = models.TextField("办结说明", max_length=500, default="", blank=True)
    proposed_by = models.BigIntegerField("提出账号", null=True)
    proposed_unit = models.ForeignKey("tree.Unit", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    executed_at = models.DateTimeField("执行时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "撤并改"
        constraints = (
            one_of("restructure_kind", "kind", Kind),
            one_of("restructure_state", "state", State),
            models.CheckConstraint(
                name="restructure_executed_when_audited",
                condition=~Q(state__in=["executed", "closed", "undone"])
                | (~Q(audit_no="") & ~Q(decision_no="") & Q(consulted_on__isnull=False)),
            ),
        )
        indexes = (models.Index(fields=["path", "effective_on"], name="restructure_path"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.effective_on}"


class Side(models.Model):
    """A union that a restructure touches: a source, or an heir that stands already.

    `parent` is where a source stood when the plan was made: a plan whose source has moved is told.
    """

    class Part(models.TextChoices):
        SOURCE = "source", "原组织"
        HEIR = "heir", "接收组织"

    restructure = models.ForeignKey(Restructure, models.CASCADE, related_name="sides")
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    part = models.CharField("角色", max_length=6, choices=Part.choices)
    parent = models.ForeignKey("tree.Unit", models.PROTECT, null=True, related_name="+")
    is_open = models.BooleanField("方案未完", default=True)

    class Meta:
        verbose_name = "撤并改涉及组织"
        constraints = (
            models.UniqueConstraint(fields=["restructure", "unit", "part"], name="side_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(part="source", is_open=True), name="side_source_open_once"
            ),
        )
        indexes = (models.Index(fields=["path"], name="side_path"),)

    def __str__(self) -> str:
        return f"{self.part} {self.unit_id}"


class HeirShare(models.Model):
    """What goes to one heir by name: an existing union, or one that is founded on the day (分)."""

    restructure = models.ForeignKey(Restructure, models.CASCADE, related_name="shares")
    unit = models.ForeignKey(
        "tree.Unit", models.PROTECT, null=True, related_name="+", verbose_name="接收组织"
    )
    new_name = models.CharField("新组织名称", max_length=120, default="", blank=True)
    new_kind = models.CharField(
        "新组织类别", max_length=30, default="", blank=True, choices=choices(ORGANISATION_KINDS)
    )
    new_mode = models.CharField(
        "统筹模式", max_length=20, default="", blank=True, choices=choices(MODE_LABELS)
    )
    takes_rest = models.BooleanField("接收未列明的", default=False)
    unit_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name="划入的工会")
    employer_ids = ArrayField(models.BigIntegerField(), default=list, verbose_name="划入的单位")

    class Meta:
        verbose_name = "撤并改去向"
        constraints = (
            models.CheckConstraint(
                name="share_has_an_heir",
                condition=Q(unit__isnull=False) | (~Q(new_name="") & ~Q(new_kind="")),
            ),
            models.UniqueConstraint(
                fields=["restructure"], condition=Q(takes_rest=True), name="share_one_takes_the_rest"
            ),
        )

    def __str__(self) -> str:
        return self.new_name or str(self.unit_id)


class PartyFacts(models.Model):
    """What a party needs to put everything back, in the order in which the parties carried."""

    restructure = models.ForeignKey(Restructure, models.CASCADE, related_name="facts")
    place = models.PositiveSmallIntegerField("次序")
    party = models.CharField("参与方", max_length=120)
    facts = models.JSONField("恢复依据")

    class Meta:
        verbose_name = "撤并改恢复依据"
        constraints = (models.UniqueConstraint(fields=["restructure", "place"], name="party_facts_once"),)

    def __str__(self) -> str:
        return f"{self.restructure_id} {self.party}"


class OpenMatter(models.Model):
    """A hindrance as it was found: what must be settled before the day, by whom, and since when it is."""

    restructure = models.ForeignKey(Restructure, models.CASCADE, related_name="matters")
    key = models.CharField("键", max_length=64)
    party = models.JSONField("参与方")
    words = models.JSONField("事项")
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="承办组织")
    word = models.CharField("权限", max_length=60, default="", blank=True)
    road = models.CharField("页面", max_length=60, default="", blank=True)
    road_args = models.JSONField("页面参数", default=list)
    found_at = models.DateTimeField("发现时间")
    settled_at = models.DateTimeField("办完时间", null=True)

    class Meta:
        verbose_name = "撤并改须办事项"
        constraints = (models.UniqueConstraint(fields=["restructure", "key"], name="open_matter_once"),)

    def __str__(self) -> str:
        return self.key
