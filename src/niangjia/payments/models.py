"""Tables of payments: where a person is paid, orders, attempts to pay them, batches, what the bank said."""

from django.db import models
from django.db.models import F, Q

from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.payments.rules import METHOD_LABELS, PAYMENT, RELATION_LABELS, Method, Outcome, Relation, State

_BY_LAW = say("付款凭证依会计法律须留存")
_WHY = say("把款项付到本人账户，付款有据可查。")
_KEEP, _READ = "payment", "payments.read"


class BankAccount(models.Model):
    """Where a person is paid: the number sealed, a blind index for equality, the tail for lists (R-AID-13).

    A row is never changed but for its end: what was paid into it is told by it for ever.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="收款人")
    relation = models.CharField("户主", max_length=10, choices=choices(RELATION_LABELS))
    guardian = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name="监护人"
    )
    basis = models.CharField("监护依据", max_length=120, default="", blank=True)
    sealed = models.BinaryField("账号（密封）")
    blind = models.BinaryField("盲索引", max_length=32)
    tail = models.CharField("尾号", max_length=4)
    bank = models.CharField("开户行", max_length=80)
    holder = models.CharField("户名", max_length=50)
    compared = models.BooleanField("已对照存折", default=False)
    kept_by = models.BigIntegerField("登记账号", null=True)
    kept_at = models.DateTimeField("登记时间")
    ended_at = models.DateTimeField("停用时间", null=True)

    personal = Personal(
        whose="person_id",
        why=_WHY,
        keep=_KEEP,
        ends="ended_at",
        seen_by="payments.reveal",
        fields={
            "relation": Held(Kind.FAMILY, stays=_BY_LAW),
            "basis": Held(Kind.FAMILY),
            "sealed": Held(Kind.FINANCE, sealed=True),
            "blind": Held(Kind.TRACE, shown=False),
            "tail": Held(Kind.TRACE),
            "bank": Held(Kind.TRACE),
            "holder": Held(Kind.NAME),
        },
        plain=frozenset({"kept_at", "ended_at"}),
    )

    class Meta:
        verbose_name = "收款账户"
        constraints = (
            one_of("bank_account_relation", "relation", Relation),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="bank_account_one_in_use"
            ),
            models.UniqueConstraint(
                fields=["blind"],
                condition=Q(ended_at=None, relation=Relation.SELF) & ~Q(tail=""),
                name="bank_account_of_one_person",
            ),
            models.CheckConstraint(
                name="bank_account_guardian",
                condition=Q(relation=Relation.SELF, guardian=None)
                | (Q(relation=Relation.GUARDIAN, guardian__isnull=False) & ~Q(guardian=F("person"))),
            ),
            models.CheckConstraint(
                name="bank_account_times", condition=Q(ended_at=None) | Q(ended_at__gte=F("kept_at"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_relation_display()} **** {self.tail}"


class PaymentBatch(models.Model):
    """What was sent to the bank at once, from one account of one book; the file's hash, never the file."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    book = models.ForeignKey("ledger.Book", models.PROTECT, related_name="+", verbose_name="账簿")
    bank_code = models.CharField("付款科目", max_length=12, db_collation="C")
    number = models.PositiveIntegerField("批号")
    count = models.PositiveIntegerField("笔数")
    total_fen = models.BigIntegerField("合计（分）")
    sha256 = models.CharField("文件指纹", max_length=64)
    sent_by = models.BigIntegerField("送出账号")
    sent_at = models.DateTimeField("送出时间")
    fetched_at = models.DateTimeField("下载时间", null=True)
    settled_at = models.DateTimeField("结果收齐时间", null=True)

    class Meta:
        verbose_name = "付款批次"
        constraints = (
            models.UniqueConstraint(fields=["unit", "number"], name="payment_batch_number"),
            models.CheckConstraint(
                name="payment_batch_not_empty", condition=Q(count__gte=1, total_fen__gte=1)
            ),
        )
        indexes = (models.Index(fields=["path", "-sent_at", "id"], name="payment_batch_path"),)

    def __str__(self) -> str:
        return f"{self.number}"


class PaymentOrder(models.Model):
    """An order 支付单 to pay a person for a matter of another app, out of a fund (domain.md §2.2).

    Made, checked and sent by three people. The database asks the matter's warrant at each step that leads on,
    lets no state but those of the workflow follow, and changes nothing else of an order once it is made.
    """

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="付款工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    fund = models.ForeignKey("ledger.Fund", models.PROTECT, related_name="+", verbose_name="资金来源")
    payee = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="收款人")
    account = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="+")
    amount_fen = models.BigIntegerField("金额（分）")
    method = models.CharField("付款方式", max_length=5, choices=choices(METHOD_LABELS))
    expense_code = models.CharField("支出科目", max_length=12, db_collation="C")
    purpose = models.CharField("用途", max_length=30)
    about_kind = models.CharField("事项类别", max_length=60)
    about_id = models.BigIntegerField("事项编号")
    state = models.CharField("状态", max_length=10, default=State.MADE)
    maker = models.BigIntegerField("制单账号")
    made_at = models.DateTimeField("制单时间")
    checker = models.BigIntegerField("复核账号", null=True)
    checked_at = models.DateTimeField("复核时间", null=True)
    sender = models.BigIntegerField("支付账号", null=True)
    sent_at = models.DateTimeField("送出时间", null=True)
    paid_on = models.DateField("付款日", null=True)
    refund_asked_by = models.BigIntegerField("登记退款账号", null=True)
    refunded_by = models.BigIntegerField("确认退款账号", null=True)
    reason = models.CharField("退回、作废或退款的原因", max_length=200, default="", blank=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        whose="payee_id",
        why=_WHY,
        keep=_KEEP,
        seen_by=_READ,
        fields={
            "purpose": Held(Kind.WORDS, stays=_BY_LAW),
            "reason": Held(Kind.WORDS, stays=_BY_LAW),
        },
        plain=frozenset(
            {
                *("method", "expense_code", "about_kind", "state", "made_at", "checked_at", "sent_at"),
                *("paid_on", "closed_at"),
            }
        ),
    )

    class Meta:
        verbose_name = "支付单"
        constraints = (
            models.CheckConstraint(name="payment_order_state", condition=Q(state__in=PAYMENT.ordered_states)),
            one_of("payment_order_method", "method", Method),
            models.CheckConstraint(name="payment_order_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="payment_order_account",
                condition=Q(method=Method.CASH, account=None) | Q(method=Method.BANK, account__isnull=False),
            ),
            models.CheckConstraint(
                name="payment_order_four_eyes",
                condition=(Q(checker=None) | ~Q(checker=F("maker")))
                & (Q(sender=None) | (~Q(sender=F("maker")) & ~Q(sender=F("checker")))),
            ),
            models.CheckConstraint(
                name="payment_order_checked",
                condition=~Q(state__in=[State.CHECKED, State.SENT, State.PAID, State.REFUNDED])
                | Q(checker__isnull=False, checked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="payment_order_sent",
                condition=~Q(state__in=[State.SENT, State.PAID, State.REFUNDED])
                | Q(sender__isnull=False, sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="payment_order_refund_by_two",
                condition=~Q(state=State.REFUNDED)
                | (
                    Q(refund_asked_by__isnull=False, refunded_by__isnull=False)
                    & ~Q(refund_asked_by=F("refunded_by"))
                ),
            ),
            models.UniqueConstraint(
                fields=["about_kind", "about_id"],
                condition=~Q(state__in=[State.REFUNDED, State.CANCELLED]),
                name="payment_order_once",
            ),
        )
        indexes = (
            models.Index(fields=["path", "state", "id"], name="payment_order_path"),
            models.Index(fields=["about_kind", "about_id"], name="payment_order_about"),
            models.Index(
                fields=["fund"],
                condition=Q(state__in=["made", "checked", "sent", "failed"]),
                name="payment_order_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"


class Transfer(models.Model):
    """One attempt to pay an order: into which account, in which batch, and what became of it.

    However many there are, the order counts once: at most one of them is under way or paid.
    """

    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="transfers")
    attempt = models.PositiveSmallIntegerField("第几次")
    batch = models.ForeignKey(PaymentBatch, models.PROTECT, null=True, related_name="transfers")
    line = models.PositiveIntegerField("序号", null=True)
    account = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="+")
    amount_fen = models.BigIntegerField("金额（分）")
    sent_at = models.DateTimeField("送出时间")
    outcome = models.CharField("结果", max_length=10, default=Outcome.OPEN)
    outcome_at = models.DateTimeField("结果登记时间", null=True)
    paid_on = models.DateField("付款日", null=True)
    reason = models.CharField("原因", max_length=200, default="", blank=True)
    witness_one = models.BigIntegerField("第一见证账号", null=True)
    witness_two = models.BigIntegerField("第二见证账号", null=True)
    entry = models.OneToOneField("ledger.Entry", models.PROTECT, null=True, related_name="+")
    contra = models.OneToOneField("ledger.Entry", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "付款记录"
        constraints = (
            one_of("transfer_outcome", "outcome", Outcome),
            models.UniqueConstraint(fields=["order", "attempt"], name="transfer_attempt"),
            models.UniqueConstraint(fields=["batch", "line"], name="transfer_line"),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(outcome__in=[Outcome.OPEN, Outcome.PAID]),
                name="transfer_pays_once",
            ),
            models.CheckConstraint(
                name="transfer_batch_or_cash",
                condition=Q(batch=None, line=None, account=None)
                | Q(batch__isnull=False, line__isnull=False, account__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_cash_has_two_witnesses",
                condition=Q(batch__isnull=False)
                | (
                    Q(witness_one__isnull=False, witness_two__isnull=False) & ~Q(witness_one=F("witness_two"))
                ),
            ),
            models.CheckConstraint(
                name="transfer_paid_has_entry",
                condition=Q(
                    outcome__in=[Outcome.PAID, Outcome.RETURNED], entry__isnull=False, paid_on__isnull=False
                )
                | Q(outcome__in=[Outcome.OPEN, Outcome.FAILED], entry=None),
            ),
            models.CheckConstraint(
                name="transfer_returned_has_contra",
                condition=~Q(outcome=Outcome.RETURNED) | Q(contra__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.order_id}/{self.attempt}"


class Warrant(models.Model):
    """Which function of the database is asked before money moves for a kind of matter; the owner's alone."""

    kind = models.CharField("事项类别", max_length=60, primary_key=True)
    function = models.CharField("函数", max_length=60)

    class Meta:
        verbose_name = "付款凭据"

    def __str__(self) -> str:
        return self.kind


class ResultReading(models.Model):
    """An answer of the bank that was read: its hash, what its lines came to, the lines that need a look."""

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="readings")
    sha256 = models.CharField("文件指纹", max_length=64, default="", blank=True)
    read_by = models.BigIntegerField("读取账号", null=True)
    read_at = models.DateTimeField("读取时间")
    counts = models.JSONField("各类行数", default=dict)
    troubles = models.JSONField("要核对的行", default=list)

    class Meta:
        verbose_name = "银行结果"

    def __str__(self) -> str:
        return f"{self.batch_id} {self.sha256[:8]}"
