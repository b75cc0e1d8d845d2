"""Tables of joining: codes and applications.

A drive and its stop stand as plain numbers: they belong to an app above, which counts by them.
"""

from django.db import models
from django.db.models import F, Q

from niangjia.joining.rules import (
    APPLICATION,
    CHANNELS,
    OUTCOMES,
)
from niangjia.kernel.columns import choices
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.members.rules import FORMS
from niangjia.people.rules import ID_KINDS, SEXES

_WORDS, _WORK = Held(Kind.WORDS), Held(Kind.WORK)


class JoinQr(models.Model):
    """A code for joining a union, by zone, drive or employer; it ends, is counted, and may be revoked."""

    unit = models.ForeignKey("network.Organisation", models.PROTECT, related_name="+", verbose_name="工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    zone = models.ForeignKey("bodies.Zone", models.PROTECT, null=True, related_name="+", verbose_name="区域")
    drive_id = models.BigIntegerField("集中入会编号", null=True)
    stop_id = models.BigIntegerField("上门点编号", null=True)
    employer = models.ForeignKey(
        "network.Employer", models.PROTECT, null=True, related_name="+", verbose_name="用人单位"
    )
    label = models.CharField("用在哪里", max_length=80)
    expires_on = models.DateField("有效到")
    max_uses = models.PositiveIntegerField("最多使用次数")
    uses = models.PositiveIntegerField("已用次数", default=0)
    revoked_at = models.DateTimeField("停用时间", null=True)
    reason = models.CharField("停用事由", max_length=200, default="", blank=True)
    made_by = models.BigIntegerField("制作账号", null=True)
    made_at = models.DateTimeField("制作时间")

    class Meta:
        verbose_name = "入会码"
        constraints = (
            models.CheckConstraint(name="code_is_not_overused", condition=Q(uses__lte=F("max_uses"))),
        )
        indexes = (models.Index(fields=["path", "id"], name="join_qr_path"),)

    def __str__(self) -> str:
        return self.label


class MembershipApplication(models.Model):
    """Somebody asks to join a union; the same record from phone, door, paper and file (R-MEM-07).

    Numbers lie sealed while it runs; when it is approved the person's own register holds them, and here they
    go. `receipt` is a digest: whoever reads the table is led to nobody's page.
    """

    union = models.ForeignKey("network.Organisation", models.PROTECT, related_name="+", verbose_name="工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    receipt = models.BinaryField("回执摘要", max_length=32, unique=True)
    channel = models.CharField("途径", max_length=10, choices=choices(CHANNELS))
    state = models.CharField("办理状态", max_length=15, default=APPLICATION.start)
    outcome = models.CharField(
        "结果",
        max_length=12,
        default="",
        blank=True,
        choices=[(str(k), w.msgid) for k, w in OUTCOMES.items()],
    )
    name = models.CharField("姓名", max_length=50)
    sex = models.CharField("性别", max_length=6, choices=choices(SEXES), default="", blank=True)
    born = models.DateField("出生日期", null=True)
    id_kind = models.CharField("证件类型", max_length=20, choices=choices(ID_KINDS))
    id_sealed = models.BinaryField("证件号码（密封）", null=True)
    id_blind = models.BinaryField("证件盲索引", max_length=32, default=b"")
    id_tail = models.CharField("证件尾号", max_length=4, default="", blank=True)
    mobile_sealed = models.BinaryField("手机号（密封）", null=True)
    mobile_tail = models.CharField("手机尾号", max_length=4, default="", blank=True)
    employer = models.ForeignKey(
        "network.Employer", models.PROTECT, null=True, related_name="+", verbose_name="用人单位"
    )
    workplace = models.ForeignKey(
        "network.Employer", models.PROTECT, null=True, related_name="+", verbose_name="实际用工单位"
    )
    employer_told = models.CharField("所填单位", max_length=120, default="", blank=True)
    form = models.CharField("新就业形态", max_length=15, choices=choices(FORMS), default="", blank=True)
    platform = models.CharField("平台或车辆", max_length=60, default="", blank=True)
    qr = models.ForeignKey(JoinQr, models.PROTECT, null=True, related_name="applications")
    drive_id = models.BigIntegerField("集中入会编号", null=True)
    stop_id = models.BigIntegerField("上门点编号", null=True)
    consent = models.PositiveSmallIntegerField("同意的文本版本")
    signature = models.BinaryField("签名（密封）", null=True)
    words = models.CharField("本人补充", max_length=500, default="", blank=True)
    opinion = models.CharField("小组意见", max_length=500, default="", blank=True)
    answer = models.CharField("答复", max_length=500, default="", blank=True)
    membership_id = models.BigIntegerField("会籍编号", null=True)
    submitted_at = models.DateTimeField("提交时间")
    entered_by = models.BigIntegerField("代填账号", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    decided_by = models.BigIntegerField("办理账号", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        whose="person_id",
        why=say("办理入会：核对身份、联系本人、送到对口的工会。"),
        keep="request",
        ends="closed_at",
        seen_by="joining.review",
        fields={
            "name": Held(Kind.NAME),
            "sex": Held(Kind.IDENTITY),
            "born": Held(Kind.IDENTITY),
            "id_kind": Held(Kind.IDENTITY, stays=say("只说明用的是哪一种证件。")),
            "id_sealed": Held(Kind.IDENTITY, sealed=True),
            "id_blind": Held(Kind.IDENTITY, shown=False),
            "id_tail": Held(Kind.IDENTITY),
            "mobile_sealed": Held(Kind.CONTACT, sealed=True),
            "mobile_tail": Held(Kind.CONTACT),
            "employer_told": _WORK,
            "form": _WORK,
            "platform": _WORK,
            "signature": Held(Kind.IDENTITY, sealed=True, shown=False),
            "words": _WORDS,
            "opinion": _WORDS,
            "answer": _WORDS,
        },
        plain=frozenset({"receipt", "channel", "state", "outcome", "submitted_at", "closed_at"}),
    )

    class Meta:
        verbose_name = "入会申请"
        constraints = (
            models.CheckConstraint(
                name="application_state", condition=Q(state__in=sorted(APPLICATION.states))
            ),
            models.CheckConstraint(
                name="application_outcome_when_approved",
                condition=Q(state="approved", membership_id__isnull=False)
                | ~Q(state="approved") & Q(outcome=""),
            ),
            models.CheckConstraint(
                name="application_refusal_says_why", condition=~Q(state="rejected") | ~Q(answer="")
            ),
        )
        indexes = (
            models.Index(fields=["path", "id"], name="application_path"),
            models.Index(fields=["union", "state"], name="application_union"),
            models.Index(fields=["id_blind"], name="application_number"),
            models.Index(fields=["drive_id", "stop_id"], name="application_drive"),
        )

    def __str__(self) -> str:
        return f"{self.pk} → {self.union_id}"
