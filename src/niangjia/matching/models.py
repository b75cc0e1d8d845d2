"""A possible duplicate: two records that may be one person, and what two people decided."""

from django.db import models
from django.db.models import F, Q

from niangjia.kernel.columns import one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.matching.rules import State


class DuplicateCase(models.Model):
    """Two records that agree in something, found by rule (domain.md §4).

    `first` has the lower number. It holds no value of either, only in what they agree (`features`); `facts`
    are the rows that a merge touched, so that it can be undone exactly.
    """

    first = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="资料甲")
    second = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="资料乙")
    features = models.JSONField("相同之处", default=list)
    score = models.PositiveSmallIntegerField("可能程度")
    state = models.CharField("状态", max_length=15, default=State.OPEN)
    keep_id = models.BigIntegerField("保留的资料", null=True)
    chosen = models.JSONField("合并方式", default=dict)
    reason = models.CharField("提出的理由", max_length=500, default="", blank=True)
    answer = models.CharField("核定意见", max_length=500, default="", blank=True)
    found_at = models.DateTimeField("发现时间")
    proposed_by = models.BigIntegerField("提出账号", null=True)
    proposed_at = models.DateTimeField("提出时间", null=True)
    decided_by = models.BigIntegerField("核定账号", null=True)
    decided_at = models.DateTimeField("核定时间", null=True)
    facts = models.JSONField("合并前的状态", default=dict)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        whose="first_id",
        beside="second_id",
        why=say("发现同一人的重复登记，由两人核对后合并，错了可以拆分。"),
        keep="identity",
        seen_by="matching.read",
        fields={
            "reason": Held(Kind.WORDS),
            "answer": Held(Kind.WORDS),
            "facts": Held(Kind.TRACE, shown=False),
        },
        plain=frozenset({"features", "state", "chosen", "found_at", "proposed_at", "decided_at"}),
    )

    class Meta:
        verbose_name = "疑似重复"
        constraints = (
            one_of("duplicate_state", "state", State),
            models.CheckConstraint(name="duplicate_in_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(
                name="duplicate_two_persons",
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                fields=["first", "second"], condition=~Q(state="un_merged"), name="duplicate_once"
            ),
        )
        indexes = (
            models.Index(fields=["state", "-score", "id"], name="duplicate_open"),
            models.Index(fields=["second"], name="duplicate_second"),
        )

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"
