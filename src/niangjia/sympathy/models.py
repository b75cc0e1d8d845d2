"""Tables of sympathy: the visit, who went, what goods cost."""

from django.db import models
from django.db.models import F, Q

from niangjia.kernel.columns import one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.sympathy.rules import GIVEN, GOODS, OCCASIONS, RECEIPTS, VISIT, GoodsState, State

WHY = say("职工住院、生育、去世等情形由工会上门慰问，慰问金品签收有据。")
_KEPT = say("只说明是哪一类慰问。")
_WORDS = {str(code): words.msgid for code, words in OCCASIONS.items()}
_HOW = {str(code): words.msgid for code, words in RECEIPTS.items()}


class SympathyVisit(models.Model):
    """A sympathy visit 慰问 to one person, for an occasion (domain.md §5 `CondolenceVisit`).

    Of a stay in hospital the day is known and, sealed, perhaps the ward; never the illness (R-G-03).
    """

    occasion = models.CharField("情形", max_length=12, choices=list(_WORDS.items()))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="慰问对象")
    name = models.CharField("姓名", max_length=50)
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    since = models.DateField("发生日")
    place = models.BinaryField("地点（密封）", null=True)
    source = models.CharField("来源", max_length=60, default="", blank=True)
    reported_by = models.BigIntegerField("上报账号", null=True)
    reported_at = models.DateTimeField("上报时间")
    state = models.CharField("状态", max_length=10, default=VISIT.start)
    due_on = models.DateField("期限", null=True)
    planned_on = models.DateField("计划慰问日", null=True)
    holder_id = models.BigIntegerField("负责人账号", null=True)
    visited_on = models.DateField("慰问日", null=True)
    recorded_by = models.BigIntegerField("登记账号", null=True)
    recorded_at = models.DateTimeField("登记时间", null=True)
    gift = models.CharField("慰问品", max_length=120, default="", blank=True)
    gift_fen = models.BigIntegerField("慰问品价值（分）", default=0)
    amount_fen = models.BigIntegerField("慰问金（分）", default=0)
    cap_fen = models.BigIntegerField("当时的上限（分）", null=True)
    recipient = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name="领取人"
    )
    kin = models.CharField("与逝者关系", max_length=20, default="", blank=True)
    words = models.BinaryField("职工诉求（密封）", null=True)
    receipt = models.CharField("签收方式", max_length=8, choices=list(_HOW.items()), default="", blank=True)
    received_at = models.DateTimeField("签收时间", null=True)
    signer = models.CharField("代签人", max_length=50, default="", blank=True)
    signature = models.BinaryField("签名（密封）", null=True)
    paid_on = models.DateField("慰问金付款日", null=True)
    reason = models.CharField("取消或退回的原因", max_length=300, default="", blank=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        {
            "occasion": Held(Kind.FAMILY, stays=_KEPT),
            "name": Held(Kind.NAME, after="已删除"),
            "place": Held(Kind.PLACE, sealed=True),
            "gift": Held(Kind.WORDS, after="已删除"),
            "kin": Held(Kind.FAMILY),
            "words": Held(Kind.WORDS, sealed=True),
            "receipt": Held(Kind.TRACE, stays=say("签收方式是付款的凭据。")),
            "signer": Held(Kind.NAME),
            "signature": Held(Kind.IDENTITY, sealed=True, shown=False),
            "reason": Held(Kind.WORDS, after="已删除"),
        },
        frozenset(
            {
                *("since", "source", "reported_at", "state", "due_on", "planned_on", "visited_on"),
                *("recorded_at", "received_at", "paid_on", "closed_at"),
            }
        ),
        seen_by="sympathy.read",
        ends="closed_at",
    )

    class Meta:
        verbose_name = "慰问"
        constraints = (
            one_of("sympathy_occasion", "occasion", OCCASIONS),
            one_of("sympathy_state", "state", VISIT.ordered_states),
            one_of("sympathy_receipt", "receipt", RECEIPTS),
            models.CheckConstraint(
                name="sympathy_done_is_whole",
                condition=Q(state__in=[str(one) for one in GIVEN], visited_on__isnull=False)
                & Q(recorded_at__isnull=False, recipient__isnull=False, visited_on__gte=F("since"))
                | (~Q(state__in=[str(one) for one in GIVEN]) & Q(visited_on=None, amount_fen=0, gift_fen=0)),
            ),
            models.CheckConstraint(
                name="sympathy_sums",
                condition=Q(amount_fen__gte=0, gift_fen__gte=0) & (Q(gift_fen=0) | ~Q(gift="")),
            ),
            models.CheckConstraint(
                name="sympathy_within_the_cap", condition=Q(cap_fen=None) | Q(amount_fen__lte=F("cap_fen"))
            ),
            models.CheckConstraint(
                name="sympathy_receipt_whole",
                condition=Q(receipt="", received_at=None) | (~Q(receipt="") & Q(received_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="sympathy_settled_is_received",
                condition=~Q(state=State.SETTLED) | ~Q(receipt="") | Q(gift="", amount_fen=0),
            ),
            models.CheckConstraint(
                name="sympathy_settled_is_paid",
                condition=~Q(state=State.SETTLED) | Q(amount_fen=0) | Q(paid_on__isnull=False),
            ),
            models.CheckConstraint(
                name="sympathy_cancelled_says_why", condition=~Q(state=State.CANCELLED) | ~Q(reason="")
            ),
            models.UniqueConstraint(
                fields=["person", "occasion", "since"],
                condition=~Q(state=State.CANCELLED),
                name="sympathy_once",
            ),
            models.UniqueConstraint(
                fields=["person", "occasion"],
                condition=Q(state__in=[State.REPORTED, State.PLANNED]),
                name="sympathy_one_open",
            ),
        )
        indexes = (
            models.Index(fields=["path", "-reported_at", "id"], name="sympathy_path"),
            models.Index(fields=["person", "-since"], name="sympathy_person"),
            models.Index(fields=["reported_by", "-reported_at"], name="sympathy_reported"),
        )

    def __str__(self) -> str:
        return self.name


class Visitor(models.Model):
    """Somebody who went on a visit: an officer by his account, or another by name."""

    visit = models.ForeignKey(SympathyVisit, models.CASCADE, related_name="visitors")
    user_id = models.BigIntegerField("账号", null=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField("姓名", max_length=50)

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        {"name": Held(Kind.NAME, after="已删除-{pk}")},
        seen_by="sympathy.read",
    )

    class Meta:
        verbose_name = "慰问人员"
        constraints = (
            models.UniqueConstraint(
                fields=["visit", "name"], condition=Q(user_id=None), name="sympathy_visitor_once"
            ),
            models.UniqueConstraint(
                fields=["visit", "user_id"], condition=Q(user_id__isnull=False), name="sympathy_officer_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class GoodsVoucher(models.Model):
    """What the goods of a visit or of a batch cost, proposed by the accountant; checked it is an entry."""

    about_kind = models.CharField("事项类别", max_length=60)
    about_id = models.BigIntegerField("事项编号")
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="记账工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    fund = models.ForeignKey("ledger.Fund", models.PROTECT, related_name="+", verbose_name="资金来源")
    on = models.DateField("记账日")
    amount_fen = models.BigIntegerField("金额（分）")
    words = models.CharField("摘要", max_length=120)
    state = models.CharField("状态", max_length=10, default=GOODS.start)
    made_by = models.BigIntegerField("制单账号")
    made_at = models.DateTimeField("制单时间")
    decided_by = models.BigIntegerField("复核账号", null=True)
    decided_at = models.DateTimeField("复核时间", null=True)
    reason = models.CharField("退回的原因", max_length=200, default="", blank=True)
    entry = models.OneToOneField("ledger.Entry", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "慰问品凭证"
        constraints = (
            one_of("sympathy_goods_state", "state", GOODS.ordered_states),
            models.CheckConstraint(name="sympathy_goods_sum", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="sympathy_goods_four_eyes", condition=Q(decided_by=None) | ~Q(decided_by=F("made_by"))
            ),
            models.CheckConstraint(
                name="sympathy_goods_posted",
                condition=Q(state=GoodsState.POSTED, entry__isnull=False, decided_by__isnull=False)
                | (~Q(state=GoodsState.POSTED) & Q(entry=None)),
            ),
            models.UniqueConstraint(
                fields=["about_kind", "about_id"],
                condition=~Q(state=GoodsState.REFUSED),
                name="sympathy_goods_once",
            ),
        )
        indexes = (models.Index(fields=["path", "state", "id"], name="sympathy_goods_path"),)

    def __str__(self) -> str:
        return self.words
