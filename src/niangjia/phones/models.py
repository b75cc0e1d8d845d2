"""Tables of phones for visits: the phones, what they sent that waits for somebody, the chain of each."""

from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.phones.rules import SETTLED, START

READ = "phones.keep"
_WHY = Held(Kind.TRACE, stays=say("停用和核定须留事由"))


class Device(models.Model):
    """A phone on which an officer makes visits; `key_id` names the key that his PIN wraps there."""

    key = models.UUIDField("设备编号", unique=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="使用账号")
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="所属工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    name = models.CharField("设备名称", max_length=60)
    key_id = models.CharField("密钥编号", max_length=64)
    enrolled_at = models.DateTimeField("启用时间")
    last_seen_at = models.DateTimeField("最近联系时间")
    kit_at = models.DateTimeField("最近取走资料时间", null=True)
    chain_seq = models.PositiveIntegerField("核对到第几条", default=0)
    chain_head = models.CharField("核对码", max_length=64, default=START)
    revoked_at = models.DateTimeField("停用时间", null=True)
    revoked_by = models.BigIntegerField("停用账号", null=True)
    revoke_why = models.CharField("停用原因", max_length=300, default="", blank=True)

    personal = Personal(
        "user__person_id",
        say("走访手机的启用和停用。"),
        "account",
        {"name": Held(Kind.ACCOUNT), "revoke_why": _WHY},
        frozenset({"key_id", "enrolled_at", "last_seen_at", "kit_at", "chain_head", "revoked_at"}),
        seen_by=READ,
    )

    class Meta:
        verbose_name = "走访手机"
        constraints = (
            models.CheckConstraint(
                name="phone_revoked_whole",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["path", "id"], name="phone_path"),)

    def __str__(self) -> str:
        return self.name


class HeldUpload(models.Model):
    """An upload that could not be entered by itself: kept as it came, for somebody to look at, never lost.

    `box` is closed for the platform's key, `reasons` say why it was held.
    """

    key = models.UUIDField("走访编号", unique=True)
    body_sha256 = models.CharField("内容指纹", max_length=64)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="held")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="上传账号")
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="所属工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    box = models.JSONField("内容（密封）")
    finished = models.BooleanField("已填完", default=True)
    reasons = models.JSONField("待核定的原因", default=list)
    received_at = models.DateTimeField("收到时间")
    settled = models.CharField("核定", max_length=10, default="", blank=True)
    settled_at = models.DateTimeField("核定时间", null=True)
    settled_by = models.BigIntegerField("核定账号", null=True)
    settled_why = models.CharField("核定说明", max_length=300, default="", blank=True)

    personal = Personal(
        "user__person_id",
        say("上门核实家庭困难情况，办理帮扶。"),
        "aid_file",
        {"settled_why": _WHY},
        frozenset({"body_sha256", "box", "reasons", "received_at", "settled", "settled_at"}),
        ends="settled_at",
        seen_by=READ,
    )

    class Meta:
        verbose_name = "待核定的走访"
        constraints = (
            one_of("held_upload_settled", "settled", SETTLED),
            models.CheckConstraint(
                name="held_upload_settled_whole",
                condition=Q(settled="", settled_at=None) | (~Q(settled="") & Q(settled_at__isnull=False)),
            ),
        )
        indexes = (models.Index(fields=["path", "id"], name="held_upload_path"),)

    def __str__(self) -> str:
        return str(self.key)


class PhotoPart(models.Model):
    """A part of a photograph that is still under way, closed for the platform as it left the phone."""

    key = models.UUIDField("走访编号")
    sha256 = models.CharField("指纹", max_length=64)
    number = models.PositiveSmallIntegerField("第几段")
    total = models.PositiveSmallIntegerField("共几段")
    body = models.BinaryField("内容（密封）")
    user_id = models.BigIntegerField("上传账号")
    at = models.DateTimeField("收到时间")

    class Meta:
        verbose_name = "照片片段"
        constraints = (models.UniqueConstraint(fields=["key", "sha256", "number"], name="photo_part_once"),)

    def __str__(self) -> str:
        return f"{self.sha256[:8]} {self.number}"


class Link(models.Model):
    """A link of a phone's chain: a finished visit that arrived, or one that the officer deleted there."""

    device = models.ForeignKey(Device, models.PROTECT, related_name="links")
    seq = models.PositiveIntegerField("第几条")
    kind = models.CharField("种类", max_length=8)
    key = models.UUIDField("走访编号")
    sha256 = models.CharField("内容指纹", max_length=64)
    at = models.DateTimeField("收到时间")

    class Meta:
        verbose_name = "走访手机的核对链"
        constraints = (
            one_of("visit_link_kind", "kind", ["visit", "dropped"]),
            models.UniqueConstraint(fields=["device", "seq"], name="visit_link_seq"),
            models.UniqueConstraint(
                fields=["device", "key"], condition=Q(kind="visit"), name="visit_link_key"
            ),
        )

    def __str__(self) -> str:
        return f"{self.device_id} {self.seq}"
