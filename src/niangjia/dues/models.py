"""Tables of dues."""

from django.db import models
from django.db.models import Q

from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say


class DuesRecord(models.Model):
    """Dues of a member for a month: base, rate, amount in fen, when paid (R-MEM-06)."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="会员")
    union = models.ForeignKey("network.Organisation", models.PROTECT, related_name="+", verbose_name="工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    month = models.DateField("月份")
    base = models.BinaryField("基数（密封）")
    rate = models.DecimalField("比例", max_digits=6, decimal_places=5)
    amount_fen = models.PositiveBigIntegerField("会费（分）")
    paid_on = models.DateField("缴纳日")
    recorded_by = models.BigIntegerField("登记账号", null=True)
    recorded_at = models.DateTimeField("登记时间")
    void_reason = models.CharField("作废原因", max_length=200, default="", blank=True)

    personal = Personal(
        whose="person_id",
        why=say("登记会费缴纳，会员自己可查。"),
        keep="membership",
        ends="paid_on",
        seen_by="members.dues",
        fields={
            "base": Held(Kind.FINANCE, sealed=True),
            "amount_fen": Held(Kind.WORK, stays=say("已入账的会费金额依财务规定保存。")),
            "void_reason": Held(Kind.WORDS),
        },
        plain=frozenset({"month", "rate", "paid_on", "recorded_at"}),
    )

    class Meta:
        verbose_name = "会费"
        constraints = (
            models.UniqueConstraint(
                fields=["person", "month"], condition=Q(void_reason=""), name="dues_once_a_month"
            ),
            models.CheckConstraint(name="dues_month_begins", condition=Q(month__day=1)),
        )
        indexes = (models.Index(fields=["union", "month"], name="dues_union"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.month:%Y-%m}"
