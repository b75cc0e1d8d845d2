"""The to-do list, and steps that may be taken back for some minutes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from niangjia.kernel.columns import one_of
from niangjia.kernel.personal import Personal
from niangjia.kernel.words import Said, say
from niangjia.messaging.rules import told
from niangjia.tasks.rules import TaskState


class Task(models.Model):
    """One thing to do: on the desk of a unit, for whoever carries the word there, or for one person of it.

    `key` makes laying idempotent. Accounts and posts stand as plain numbers: the list outlives them.
    """

    key = models.CharField("唯一键", max_length=160, unique=True, db_collation="C")
    kind = models.CharField("类别", max_length=60)
    title = models.JSONField("标题")
    about_kind = models.CharField("所办对象类别", max_length=60, default="", blank=True)
    about_id = models.BigIntegerField("所办对象编号", null=True)
    road = models.CharField("办理页面", max_length=60, default="", blank=True)
    road_args = models.JSONField("办理页面参数", default=list)
    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="办理组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    word = models.CharField("办理权限", max_length=60)
    holder = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="办理人"
    )
    recused = ArrayField(models.BigIntegerField(), verbose_name="须回避的人", default=list)
    origin_unit = models.ForeignKey(
        "tree.Unit", models.PROTECT, null=True, related_name="+", verbose_name="来自"
    )
    laid_by = models.BigIntegerField("提出账号", null=True)
    step = models.CharField("所等的步骤", max_length=60, default="", blank=True)
    next_step = models.JSONField("下一步", default=dict)
    raised_from = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="raised", verbose_name="上报自"
    )
    laid_at = models.DateTimeField("列入时间")
    standing_at = models.DateTimeField("到现办理处的时间")
    due_on = models.DateField("期限", null=True)
    due_key = models.CharField("期限依据", max_length=60, default="", blank=True)
    due_workdays = models.PositiveSmallIntegerField("工作日数", null=True)
    remind_days = ArrayField(models.DateField(), verbose_name="提醒日", default=list)
    remind_on = models.DateField("下次提醒", null=True)
    escalates_on = models.DateField("上报日", null=True)
    escalated_at = models.DateTimeField("已上报时间", null=True)
    by_hand = models.BooleanField("可直接办结", default=False)
    urgent = models.BooleanField("紧急", default=False)
    state = models.CharField("状态", max_length=10, default=TaskState.OPEN)
    closed_at = models.DateTimeField("办结时间", null=True)
    closed_by = models.BigIntegerField("办结账号", null=True)
    closed_words = models.CharField("办结说明", max_length=500, default="", blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    personal = Personal(
        "holder__person_id", say("把要办的事按期限交到经办人手上。"), "account",
        plain=frozenset({
            "key", "kind", "title", "about_kind", "road", "road_args", "word", "step", "next_step", "laid_at",
            "standing_at", "due_on", "due_key", "remind_on", "escalates_on", "escalated_at", "state",
            "closed_at", "closed_words",
        }),
    )  # fmt: skip

    class Meta:
        verbose_name = "待办"
        constraints = (
            one_of("task_state", "state", TaskState),
            models.CheckConstraint(
                name="task_closed_when",
                condition=Q(state="open", closed_at=None) | ~Q(state="open") & Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="task_goes_up_after_it_is_due",
                condition=Q(escalates_on=None) | Q(escalates_on__gte=F("due_on")),
            ),
        )
        indexes = (
            models.Index(fields=["unit", "due_on"], name="task_desk", condition=Q(state="open")),
            models.Index(fields=["path", "due_on"], name="task_below", condition=Q(state="open")),
            models.Index(fields=["holder", "due_on"], name="task_holder", condition=Q(state="open")),
            models.Index(fields=["remind_on"], name="task_remind", condition=Q(state="open")),
            models.Index(
                fields=["escalates_on"], name="task_escalate", condition=Q(state="open", escalated_at=None)
            ),
            models.Index(fields=["about_kind", "about_id"], name="task_about"),
        )

    def __str__(self) -> str:
        return str(self.said)

    @property
    def said(self) -> Said:
        """The title."""
        return told(self.title)


class Undo(models.Model):
    """A step that whoever took it may take back until a moment: `verb` names the reversal in the port.

    The row is gone a day later.
    """

    verb = models.CharField("动作", max_length=60)
    said = models.JSONField("所办")
    about_kind = models.CharField("对象类别", max_length=60)
    about_id = models.BigIntegerField("对象编号")
    facts = models.JSONField("撤回所需", default=dict)
    user_id = models.BigIntegerField("经办账号")
    at = models.DateTimeField("办理时间")
    expires_at = models.DateTimeField("可撤回至")
    undone_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "可撤回的办理"
        indexes = (
            models.Index(fields=["user_id", "expires_at"], name="undo_open", condition=Q(undone_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.about_kind} {self.about_id}"
