from django.db import models
from django.db.models import F, Q

from niangjia.kernel.columns import choices, one_of
from niangjia.notices.rules import NOTICE, OUTCOMES, PLACES, Outcome, Place, State

CLOSED = (State.CLOSED_CLEAR.value, State.CLOSED_WITH_OBJECTION.value, State.RESOLVED.value)


class PublicNotice(models.Model):
    """公示 (domain.md §2.2): masked rows, posted for so many working days. What was masked is nowhere kept.

    `ends_on` is the first day on which it no longer hangs. The token is its public address; it tells nothing.
    """

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    token = models.CharField("公示地址", max_length=16, unique=True)
    kind = models.CharField("类别", max_length=30)
    title = models.CharField("标题", max_length=120)
    about_kind = models.CharField("事项类别", max_length=60, default="", blank=True)
    about_id = models.BigIntegerField("事项编号", null=True)
    place = models.CharField("公示地点", max_length=8, choices=choices(PLACES))
    board = models.CharField("公示栏位置", max_length=120, default="", blank=True)
    columns = models.JSONField("栏目")
    rows = models.JSONField("公示内容（已隐去）")
    k = models.PositiveSmallIntegerField("至少隐于几人之中")
    workdays = models.PositiveSmallIntegerField("公示工作日数")
    starts_on = models.DateField("开始日")
    ends_on = models.DateField("结束日（当天不再张贴）")
    state = models.CharField("状态", max_length=24, default=State.SCHEDULED.value)
    closed_on = models.DateField("结束办理日", null=True)
    withdrawn_reason = models.CharField("撤下事由", max_length=500, default="", blank=True)
    opened_by = models.BigIntegerField("安排账号", null=True)
    opened_at = models.DateTimeField("安排时间")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "公示"
        constraints = (
            one_of("notice_place", "place", Place),
            one_of("notice_state", "state", NOTICE.ordered_states),
            models.CheckConstraint(name="notice_days", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="notice_never_closes_early",
                condition=Q(state__in=CLOSED, closed_on__isnull=False, closed_on__gte=F("ends_on"))
                | (~Q(state__in=CLOSED) & Q(closed_on=None)),
            ),
            models.CheckConstraint(
                name="notice_withdrawn_with_reason",
                condition=~Q(state=State.WITHDRAWN.value) | ~Q(withdrawn_reason=""),
            ),
        )
        indexes = (
            models.Index(fields=["path", "id"], name="notice_path"),
            models.Index(fields=["about_kind", "about_id"], name="notice_about"),
            models.Index(fields=["state", "ends_on"], name="notice_state_days"),
        )

    def __str__(self) -> str:
        return self.title


class Objection(models.Model):
    """An objection to a notice, by anybody; who holds the receipt code may read the answer."""

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    receipt = models.BinaryField("回执指纹", max_length=32, unique=True)
    words = models.CharField("异议内容", max_length=1000)
    signed = models.CharField("署名", max_length=50, default="", blank=True)
    received_at = models.DateTimeField("收到时间")
    outcome = models.CharField("结果", max_length=10, default="", choices=choices(OUTCOMES), blank=True)
    answer = models.CharField("答复", max_length=1000, default="", blank=True)
    answered_by = models.BigIntegerField("答复账号", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "异议"
        constraints = (
            models.CheckConstraint(
                name="objection_outcome",
                condition=Q(outcome__in=["", *(outcome.value for outcome in Outcome)]),
            ),
            models.CheckConstraint(
                name="objection_answered_whole",
                condition=Q(outcome="", answer="", answered_at=None)
                | (~Q(outcome="") & ~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.pk}"
