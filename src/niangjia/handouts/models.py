"""Tables of handouts: the batch, and everybody on its roster."""

from django.db import models
from django.db.models import F, Q

from niangjia.handouts.rules import BATCH, KINDS, OUTCOMES, WAYS, BatchKind, Outcome, State
from niangjia.kernel.columns import one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say

BEFORE_APPROVAL = [str(State.DRAFT), str(State.SUBMITTED), str(State.CANCELLED)]


def _worded(words: object) -> list[tuple[str, str]]:
    return [(str(code), told.msgid) for code, told in words.items()]  # type: ignore[attr-defined]


class HandoutBatch(models.Model):
    """A batch 发放批次: goods or money for many at once; a roster by name, or heads counted at a site."""

    kind = models.CharField("类别", max_length=12, choices=_worded(KINDS))
    name = models.CharField("名称", max_length=80)
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    campaign = models.ForeignKey(
        "campaigns.Campaign", models.PROTECT, null=True, related_name="+", verbose_name="专项行动"
    )
    on = models.DateField("发放日")
    site = models.CharField("地点", max_length=80, default="", blank=True)
    counted = models.BooleanField("按人次发放，不列名册", default=False)
    heads = models.PositiveIntegerField("人次", null=True)
    goods = models.CharField("慰问品", max_length=80, default="", blank=True)
    each_fen = models.BigIntegerField("每份价值（分）", default=0)
    amount_fen = models.BigIntegerField("每人慰问金（分）", default=0)
    cap_fen = models.BigIntegerField("当时的上限（分）", null=True)
    bought = models.PositiveIntegerField("购入份数", null=True)
    left = models.PositiveIntegerField("结余份数", null=True)
    words = models.CharField("说明", max_length=300, default="", blank=True)
    state = models.CharField("状态", max_length=10, default=BATCH.start)
    made_by = models.BigIntegerField("拟定账号", null=True)
    made_at = models.DateTimeField("拟定时间")
    approved_by = models.BigIntegerField("批准账号", null=True)
    approved_at = models.DateTimeField("批准时间", null=True)
    closed_at = models.DateTimeField("发完时间", null=True)
    settled_at = models.DateTimeField("结算时间", null=True)
    reason = models.CharField("退回或取消的原因", max_length=300, default="", blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "慰问批次"
        constraints = (
            one_of("handout_kind", "kind", KINDS),
            one_of("handout_state", "state", BATCH.ordered_states),
            models.CheckConstraint(
                name="handout_sums",
                condition=Q(each_fen__gte=0, amount_fen__gte=0) & (Q(each_fen=0) | ~Q(goods="")),
            ),
            models.CheckConstraint(
                name="handout_within_the_cap", condition=Q(cap_fen=None) | Q(amount_fen__lte=F("cap_fen"))
            ),
            models.CheckConstraint(
                name="handout_counted_has_no_money",
                condition=Q(counted=False, heads=None) | Q(counted=True, amount_fen=0),
            ),
            models.CheckConstraint(
                name="handout_check_gives_nothing",
                condition=~Q(kind=BatchKind.WOMEN) | Q(goods="", each_fen=0, amount_fen=0, counted=False),
            ),
            models.CheckConstraint(
                name="handout_approved_by_another",
                condition=Q(state__in=BEFORE_APPROVAL)
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("made_by"))),
            ),
            models.CheckConstraint(
                name="handout_cancelled_says_why", condition=~Q(state=State.CANCELLED) | ~Q(reason="")
            ),
        )
        indexes = (models.Index(fields=["path", "-on", "id"], name="handout_path"),)

    def __str__(self) -> str:
        return self.name


class HandoutRow(models.Model):
    """Somebody on the roster of a batch, once; received, not received with a reason, or still open."""

    batch = models.ForeignKey(HandoutBatch, models.CASCADE, related_name="rows")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="领取人")
    name = models.CharField("姓名", max_length=50)
    union = models.ForeignKey(
        "tree.Unit", models.PROTECT, null=True, related_name="+", verbose_name="所在工会"
    )
    birthday = models.DateField("生日", null=True)
    booked_on = models.DateField("预约日", null=True)
    outcome = models.CharField("结果", max_length=8, choices=_worded(OUTCOMES), default=Outcome.OPEN)
    outcome_at = models.DateTimeField("结果时间", null=True)
    outcome_by = models.BigIntegerField("登记账号", null=True)
    way = models.CharField("签收方式", max_length=8, choices=_worded(WAYS), default="", blank=True)
    proxy = models.CharField("代领人", max_length=50, default="", blank=True)
    signature = models.BinaryField("签名（密封）", null=True)
    reason = models.CharField("没有领的原因", max_length=200, default="", blank=True)
    paid_on = models.DateField("慰问金付款日", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        "person_id",
        say("慰问品和慰问金按名册发到本人，签收有据。"),
        "aid_file",
        {
            "name": Held(Kind.NAME, after="已删除"),
            "birthday": Held(Kind.IDENTITY),
            "proxy": Held(Kind.NAME),
            "signature": Held(Kind.IDENTITY, sealed=True, shown=False),
            "reason": Held(Kind.WORDS, after="已删除"),
            "way": Held(Kind.TRACE, stays=say("签收方式是发放的凭据。")),
        },
        frozenset({"booked_on", "outcome", "outcome_at", "paid_on"}),
        seen_by="sympathy.read",
        ends="outcome_at",
    )

    class Meta:
        verbose_name = "发放名册"
        constraints = (
            one_of("handout_row_outcome", "outcome", OUTCOMES),
            one_of("handout_row_way", "way", WAYS),
            models.UniqueConstraint(fields=["batch", "person"], name="handout_row_once"),
            models.CheckConstraint(
                name="handout_row_whole",
                condition=Q(outcome=Outcome.OPEN, outcome_at=None, way="")
                | (Q(outcome=Outcome.RECEIVED, outcome_at__isnull=False) & ~Q(way=""))
                | (Q(outcome=Outcome.MISSED, outcome_at__isnull=False, way="") & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="handout_row_paid_is_not_missed",
                condition=Q(paid_on=None) | ~Q(outcome=Outcome.MISSED),
            ),
        )
        indexes = (
            models.Index(fields=["batch", "outcome", "name"], name="handout_row_batch"),
            models.Index(fields=["person"], name="handout_row_person"),
        )

    def __str__(self) -> str:
        return self.name
