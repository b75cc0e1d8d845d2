"""Tables of transfers."""

from django.db import models
from django.db.models import Q

from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.transfers.rules import TRANSFER

READ = "members.read"


class Transfer(models.Model):
    """A membership goes from one union to another, with its letter of introduction (R-MEM-02)."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="会员")
    from_union = models.ForeignKey(
        "network.Organisation", models.PROTECT, related_name="+", verbose_name="转出工会"
    )
    to_union = models.ForeignKey(
        "network.Organisation", models.PROTECT, related_name="+", verbose_name="转入工会"
    )
    from_path = models.CharField("转出路径", max_length=96, db_collation="C", default="", editable=False)
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    from_name = models.CharField("转出工会名称", max_length=120)
    to_name = models.CharField("转入工会名称", max_length=120)
    name = models.CharField("姓名", max_length=50)
    employer = models.ForeignKey(
        "network.Employer", models.PROTECT, null=True, related_name="+", verbose_name="新用人单位"
    )
    state = models.CharField("办理状态", max_length=15, default=TRANSFER.start)
    asked_by_member = models.BooleanField("本人提出", default=False)
    reason = models.CharField("事由", max_length=500)
    answer = models.CharField("答复", max_length=500, default="", blank=True)
    letter_no = models.CharField("介绍信编号", max_length=60, default="", blank=True)
    asked_at = models.DateTimeField("提出时间")
    asked_by = models.BigIntegerField("提出账号", null=True)
    done_on = models.DateField("接转日", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        whose="person_id",
        why=say("会籍随劳动关系接转，转出转入两边都看得到。"),
        keep="membership",
        ends="done_on",
        seen_by=READ,
        fields={"name": Held(Kind.NAME), "reason": Held(Kind.WORK), "answer": Held(Kind.WORK)},
        plain=frozenset(
            {"from_path", "from_name", "to_name", "state", "letter_no", "asked_at", "done_on", "closed_at"}
        ),
    )

    class Meta:
        verbose_name = "会籍接转"
        constraints = (
            models.CheckConstraint(name="transfer_state", condition=Q(state__in=sorted(TRANSFER.states))),
            models.CheckConstraint(
                name="transfer_goes_elsewhere", condition=~Q(from_union=models.F("to_union"))
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=sorted(TRANSFER.states - TRANSFER.ends)),
                name="transfer_one_open",
            ),
        )
        indexes = (
            models.Index(fields=["path", "id"], name="transfer_path"),
            models.Index(fields=["from_path", "id"], name="transfer_from_path"),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.from_union_id} → {self.to_union_id}"
