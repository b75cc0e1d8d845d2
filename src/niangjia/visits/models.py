"""Tables of home visits: the visit, who went, what was asked for, the pictures and the place."""

from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.visits.rules import ASKS, AT_HOME, RESULTS, Result

WHY = say("上门核实家庭困难情况，办理帮扶。")
READ = "visits.read"
_VOIDED = Held(Kind.TRACE, stays=say("作废须留事由"))


class HomeVisit(models.Model):
    """A home visit 走访. It stands as it was made; it is voided with its reason, never changed or deleted.

    `person` is the worker at the time, under whose key the words lie; `told` names the facts that were told
    and their versions (the values lie with the household), `notes` what the record has to say besides.
    """

    key = models.UUIDField("走访编号", unique=True)
    body_sha256 = models.CharField("内容指纹", max_length=64)
    household = models.ForeignKey("households.Household", models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey("campaigns.Target", models.PROTECT, null=True, related_name="+")
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="走访工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    device_key = models.UUIDField("设备编号", null=True)
    skew = models.IntegerField("手机时钟差（秒）", null=True)
    visited_at = models.DateTimeField("走访时间")
    received_at = models.DateTimeField("收到时间")
    recorded_by = models.BigIntegerField("登记账号", null=True)
    result = models.CharField(
        "走访结果", max_length=15, choices=[(str(k), w.msgid) for k, w in RESULTS.items()]
    )
    statement = models.BinaryField("走访情况（密封）", null=True)
    family_name = models.CharField("签名家人", max_length=50, default="", blank=True)
    family_relation = models.CharField("与职工的关系", max_length=50, default="", blank=True)
    family_signature = models.BinaryField("家人签名（密封）", null=True)
    family_signed_at = models.DateTimeField("家人签名时间", null=True)
    told = models.JSONField("所填事项", default=dict)
    notes = models.JSONField("附注", default=list)
    voided_at = models.DateTimeField("作废时间", null=True)
    voided_by = models.BigIntegerField("作废账号", null=True)
    void_why = models.CharField("作废事由", max_length=300, default="", blank=True)

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        {
            "statement": Held(Kind.HEALTH, sealed=True),
            "family_name": Held(Kind.NAME),
            "family_relation": Held(Kind.FAMILY),
            "family_signature": Held(Kind.IDENTITY, sealed=True, shown=False),
            "void_why": _VOIDED,
        },
        frozenset({"body_sha256", "visited_at", "received_at", "result", "told", "notes", "voided_at"})
        | {"family_signed_at"},
        seen_by=READ,
    )

    class Meta:
        verbose_name = "入户走访"
        constraints = (
            one_of("visit_result", "result", Result),
            models.CheckConstraint(
                name="visit_met_at_home",
                condition=~Q(result__in=[str(one) for one in AT_HOME]) | Q(household__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_for_somebody", condition=Q(household__isnull=False) | Q(target__isnull=False)
            ),
            models.CheckConstraint(
                name="visit_confirmed_is_signed",
                condition=~Q(result=Result.CONFIRMED.value) | Q(family_signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_voided_whole",
                condition=Q(voided_at=None, void_why="") | (Q(voided_at__isnull=False) & ~Q(void_why="")),
            ),
        )
        indexes = (
            models.Index(fields=["path", "-visited_at", "id"], name="visit_path"),
            models.Index(fields=["household", "campaign"], name="visit_household"),
            models.Index(fields=["target"], name="visit_target"),
            models.Index(fields=["device_key"], name="visit_device_key"),
        )

    def __str__(self) -> str:
        return f"走访 {self.pk}"


class Visitor(models.Model):
    """An officer who went and signed; at least two different ones (R-AID-01)."""

    visit = models.ForeignKey(HomeVisit, models.CASCADE, related_name="visitors")
    user_id = models.BigIntegerField("账号")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField("姓名", max_length=50)
    signature = models.BinaryField("签名（密封）", null=True)
    signed_at = models.DateTimeField("签名时间")

    personal = Personal(
        "person_id",
        say("说明是谁上门走访。"),
        "aid_file",
        {
            "name": Held(Kind.NAME, after="已删除"),
            "signature": Held(Kind.IDENTITY, sealed=True, shown=False),
        },
        frozenset({"signed_at"}),
        seen_by=READ,
    )

    class Meta:
        verbose_name = "走访干部"
        constraints = (models.UniqueConstraint(fields=["visit", "user_id"], name="visitor_once"),)

    def __str__(self) -> str:
        return self.name


class VisitAsk(models.Model):
    """What a family asked for at the door, and the case that was opened for it, or why none was."""

    visit = models.ForeignKey(HomeVisit, models.CASCADE, related_name="asks")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="为谁")
    kind = models.CharField("种类", max_length=12, choices=[(str(k), w.msgid) for k, w in ASKS.items()])
    words = models.BinaryField("说明（密封）", null=True)
    about_kind = models.CharField("事项类别", max_length=60, default="", blank=True)
    about_id = models.BigIntegerField("事项编号", null=True)
    standing = models.JSONField("办理情况")

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        {"words": Held(Kind.FINANCE, sealed=True)},
        frozenset({"kind", "about_kind", "standing"}),
        seen_by=READ,
    )

    class Meta:
        verbose_name = "上门提出的申请"
        constraints = (
            one_of("visit_ask_kind", "kind", ASKS),
            models.CheckConstraint(
                condition=models.Q(standing__0__isnull=False, standing__1__isnull=False),
                name="visits_ask_has_its_standing",
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


class Photo(models.Model):
    """A photograph of a visit by its fingerprint; its bytes are an attachment, once they have arrived."""

    visit = models.ForeignKey(HomeVisit, models.CASCADE, related_name="photos")
    sha256 = models.CharField("指纹", max_length=64)
    attachment = models.OneToOneField("papers.Attachment", models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField("登记时间")
    arrived_at = models.DateTimeField("送达时间", null=True)

    class Meta:
        verbose_name = "走访照片"
        constraints = (models.UniqueConstraint(fields=["visit", "sha256"], name="visit_photo_once"),)

    def __str__(self) -> str:
        return self.sha256[:8]


class VisitPlace(models.Model):
    """Where a visit was made: only if policy and family allow it, and not for long."""

    visit = models.OneToOneField(HomeVisit, models.CASCADE, related_name="place")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    point = models.BinaryField("位置（密封）")
    told_at = models.DateTimeField("登记时间")

    personal = Personal(
        "person_id",
        say("家庭同意后记下的入户位置。"),
        "gps",
        {"point": Held(Kind.PLACE, sealed=True)},
        frozenset({"told_at"}),
        seen_by=READ,
        ends="told_at",
        row_goes=True,
    )

    class Meta:
        verbose_name = "走访位置"

    def __str__(self) -> str:
        return str(self.visit_id)
