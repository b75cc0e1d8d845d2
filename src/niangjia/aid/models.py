"""Tables of aid: the application, and the round in which applications are posted together."""

from django.db import models
from django.db.models import F, Q

from niangjia.aid.rules import APPLICATION, CLAIMS_NOTHING, KINDS, State
from niangjia.households.rules import STAGES
from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say

NO_MORE = [str(one) for one in CLAIMS_NOTHING]
DECIDED = [
    str(one)
    for one in (State.APPROVED, State.PAYING, State.PAID, State.CONFIRMED, State.CLOSED, State.REFUNDED)
]


class Round(models.Model):
    """A round 批次: applications of a union that are posted together; its notice is about it (R-AID-11)."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="公示工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    name = models.CharField("名称", max_length=80)
    made_by = models.BigIntegerField("建立账号", null=True)
    made_at = models.DateTimeField("建立时间")

    class Meta:
        verbose_name = "公示批次"
        indexes = (models.Index(fields=["path", "-id"], name="aid_round_path"),)

    def __str__(self) -> str:
        return self.name


class AidApplication(models.Model):
    """An application for aid 帮扶申请: for a household, paid to its named person (domain.md §5).

    `unit` is the union that asks, or asks on the family's behalf; the desks follow from where it stands.
    """

    kind = models.CharField("类别", max_length=10, choices=[(str(k), w.msgid) for k, w in KINDS.items()])
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="申报工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, null=True, related_name="+", verbose_name="专项行动"
    )
    household = models.ForeignKey(
        "households.Household", models.PROTECT, related_name="+", verbose_name="家庭"
    )
    payee = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="收款人")
    year = models.PositiveSmallIntegerField("年度")
    student = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name="学生"
    )
    stage = models.CharField("学段", max_length=15, choices=choices(STAGES), default="", blank=True)
    school = models.CharField("学校", max_length=100, default="", blank=True)
    school_kind = models.CharField("就读类别", max_length=60, default="", blank=True)
    admission_no = models.CharField("录取通知书编号", max_length=40, default="", blank=True)
    tuition_fen = models.PositiveBigIntegerField("一年学费（分）", null=True)
    other_aid = models.CharField("已获其他资助", max_length=200, default="", blank=True)
    asked_fen = models.PositiveBigIntegerField("申请金额（分）", null=True)
    amount_fen = models.PositiveBigIntegerField("批准金额（分）", null=True)
    words = models.BinaryField("申请理由（密封）", null=True)
    state = models.CharField("状态", max_length=12, default=APPLICATION.start)
    linked_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="links")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="applications")
    objected = models.BooleanField("公示异议成立", default=False)
    fund_id = models.BigIntegerField("资金来源编号", null=True)
    asked_by = models.BigIntegerField("申请账号", null=True)
    on_behalf = models.BooleanField("代为申请", default=False)
    reviewed_by = models.BigIntegerField("审核账号", null=True)
    decided_by = models.BigIntegerField("审批账号", null=True)
    reason = models.CharField("退回或不予帮扶的理由", max_length=500, default="", blank=True)
    appeal = models.CharField("申诉理由", max_length=500, default="", blank=True)
    created_at = models.DateTimeField("申请时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    decided_at = models.DateTimeField("审批时间", null=True)
    paid_on = models.DateField("到账日", null=True)
    confirmed_at = models.DateTimeField("家庭确认时间", null=True)
    confirmed_how = models.CharField("确认方式", max_length=60, default="", blank=True)
    closed_at = models.DateTimeField("结束时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        "payee_id",
        say("办理帮扶：核实、公示、审批、发到本人账户。"),
        "aid_file",
        {
            "stage": Held(Kind.WORK),
            "school": Held(Kind.WORK),
            "school_kind": Held(Kind.WORK),
            "admission_no": Held(Kind.IDENTITY),
            "tuition_fen": Held(Kind.WORK, stays=say("已入账的金额依财务规定保存。")),
            "other_aid": Held(Kind.WORDS),
            "asked_fen": Held(Kind.WORK, stays=say("已入账的金额依财务规定保存。")),
            "amount_fen": Held(Kind.WORK, stays=say("已入账的金额依财务规定保存。")),
            "words": Held(Kind.HEALTH, sealed=True),
            "reason": Held(Kind.WORDS),
            "appeal": Held(Kind.WORDS),
        },
        ends="closed_at",
        seen_by="aid.read",
        beside="student_id",
        plain=frozenset({
            "kind", "year", "state", "objected", "on_behalf", "created_at", "submitted_at", "decided_at",
            "paid_on", "confirmed_at", "confirmed_how", "closed_at",
        }),
    )  # fmt: skip

    class Meta:
        verbose_name = "帮扶申请"
        constraints = (
            one_of("aid_kind", "kind", KINDS),
            one_of("aid_state", "state", APPLICATION.ordered_states),
            models.UniqueConstraint(
                fields=["student", "year"], condition=~Q(state__in=NO_MORE), name="aid_student_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["admission_no", "year"],
                condition=~Q(state__in=NO_MORE) & ~Q(admission_no=""),
                name="aid_admission_once_a_year",
            ),
            models.CheckConstraint(
                name="aid_decided_with_a_sum",
                condition=~Q(state__in=DECIDED)
                | Q(amount_fen__gt=0, decided_at__isnull=False, round__isnull=False, objected=False),
            ),
            models.CheckConstraint(
                name="aid_four_eyes",
                condition=Q(decided_by=None)
                | (
                    (Q(asked_by=None) | ~Q(decided_by=F("asked_by")))
                    & (Q(reviewed_by=None) | ~Q(decided_by=F("reviewed_by")))
                ),
            ),
            models.CheckConstraint(
                name="aid_linked_points", condition=~Q(state=State.LINKED) | Q(linked_to__isnull=False)
            ),
        )
        indexes = (
            models.Index(fields=["path", "-created_at", "id"], name="aid_path"),
            models.Index(fields=["household"], name="aid_household"),
            models.Index(fields=["payee"], name="aid_payee"),
            models.Index(fields=["student", "year"], name="aid_student"),
            models.Index(fields=["round"], name="aid_of_round"),
            models.Index(fields=["campaign", "state"], name="aid_campaign"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
