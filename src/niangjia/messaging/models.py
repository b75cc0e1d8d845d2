"""Messages, how far each got on each channel, and what readers want."""

from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import Said, say
from niangjia.messaging.rules import Channel, Delivered, How, told

_WHY = say("告诉您与您有关的事的进展。")


class Message(models.Model):
    """Something told to one account: words in the reader's language, and the page it is about.

    It holds no sealed personal data (rules.require_no_sealed): it leaves the house. `unit` is who sends it.
    """

    key = models.CharField("唯一键", max_length=200, unique=True, db_collation="C")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", verbose_name="收件人")
    kind = models.CharField("类别", max_length=60)
    title = models.JSONField("标题")
    body = models.JSONField("正文", default=dict)
    road = models.CharField("页面", max_length=60, default="", blank=True)
    road_args = models.JSONField("页面参数", default=list)
    urgent = models.BooleanField("紧急", default=False)
    unit = models.ForeignKey(
        "tree.Unit", models.PROTECT, null=True, related_name="+", verbose_name="发件组织"
    )
    path = models.CharField("路径", max_length=96, db_collation="C", null=True, editable=False)  # noqa: DJ001 - sent by the platform
    about_kind = models.CharField("所涉对象类别", max_length=60, default="", blank=True)
    about_id = models.BigIntegerField("所涉对象编号", null=True)
    sent_by = models.BigIntegerField("发件账号", null=True)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True)
    personal = Personal(
        "user__person_id", _WHY, "account", {"title": Held(Kind.TRACE), "body": Held(Kind.TRACE)},
        frozenset({"key", "kind", "road", "road_args", "about_kind", "at", "read_at"}), row_goes=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "消息"
        indexes = (
            models.Index(fields=["user", "-id"], name="message_inbox"),
            models.Index(fields=["user"], name="message_unread", condition=Q(read_at=None)),
            models.Index(fields=["about_kind", "about_id"], name="message_about"),
        )

    def __str__(self) -> str:
        return str(self.said)

    @property
    def said(self) -> Said:
        """The title."""
        return told(self.title)


class Delivery(models.Model):
    """One message on one channel that leaves the house: at least once, under one number for its receiver.

    `unit` repeats the sender of the message: it sees how far its messages got.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries", verbose_name="消息")
    unit = models.ForeignKey(
        "tree.Unit", models.PROTECT, null=True, related_name="+", verbose_name="发件组织"
    )
    path = models.CharField("路径", max_length=96, db_collation="C", null=True, editable=False)  # noqa: DJ001 - sent by the platform
    channel = models.CharField("通道", max_length=10)
    how = models.CharField("方式", max_length=10, default=How.AT_ONCE)
    state = models.CharField("状态", max_length=10, default=Delivered.QUEUED)
    number = models.UUIDField("投递号")
    due_at = models.DateTimeField("不早于")
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    why = models.CharField("原因", max_length=200, default="", blank=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "投递"
        constraints = (
            one_of("delivery_state", "state", Delivered),
            one_of("delivery_channel", "channel", Channel),
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once"),
        )
        indexes = (
            models.Index(fields=["due_at"], name="delivery_due", condition=Q(state="queued")),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Reader(models.Model):
    """In which language a reader is written to; without a row, in Chinese."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="+", verbose_name="账号")
    language = models.CharField("语言", max_length=10)
    personal = Personal("user__person_id", _WHY, "account", {"language": Held(Kind.ACCOUNT)}, row_goes=True)

    class Meta:
        verbose_name = "消息语言"

    def __str__(self) -> str:
        return self.language


class Preference(models.Model):
    """What a reader wants of a kind of message on a channel; without a row the rules decide."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", verbose_name="账号")
    kind = models.CharField("类别", max_length=60)
    channel = models.CharField("通道", max_length=10)
    how = models.CharField("方式", max_length=10)
    personal = Personal(
        "user__person_id", _WHY, "account", {"how": Held(Kind.ACCOUNT)},
        frozenset({"kind", "channel"}), row_goes=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "消息偏好"
        constraints = (
            one_of("preference_channel", "channel", Channel),
            one_of("preference_how", "how", How),
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="preference_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} {self.how}"
