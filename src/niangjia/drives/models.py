"""Drives and their stops."""

from django.db import models
from django.db.models import F, Q

from niangjia.drives.rules import STOP_STATES, TARGETS, StopState, Target
from niangjia.kernel.columns import one_of


class JoinDrive(models.Model):
    """A drive 集中入会: a squad goes through the buildings of a zone in some days (S-GD-03, R-PG-08)."""

    organisation = models.ForeignKey(
        "network.Organisation", models.PROTECT, related_name="+", verbose_name="主办工会"
    )
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    guided_by = models.ForeignKey(
        "network.Organisation", models.PROTECT, null=True, related_name="+", verbose_name="指导工会"
    )
    zone = models.ForeignKey("bodies.Zone", models.PROTECT, related_name="+", verbose_name="楼宇或区域")
    title = models.CharField("名称", max_length=80)
    squad = models.CharField("小分队", max_length=200, default="", blank=True)
    activities = models.TextField("同期活动", max_length=1000, default="", blank=True)
    starts_on = models.DateField("开始日")
    ends_on = models.DateField("结束日")
    closed_at = models.DateTimeField("收队时间", null=True)
    summary = models.TextField("小结", max_length=1000, default="", blank=True)
    made_by = models.BigIntegerField("发起账号", null=True)
    made_at = models.DateTimeField("发起时间")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "集中入会"
        constraints = (
            models.CheckConstraint(name="drive_ends_later", condition=Q(ends_on__gte=F("starts_on"))),
        )
        indexes = (models.Index(fields=["path", "starts_on"], name="drive_path"),)

    def __str__(self) -> str:
        return self.title


class DriveStop(models.Model):
    """A stop of a drive: one employer in its building and on its floor, asked or not yet."""

    drive = models.ForeignKey(JoinDrive, models.CASCADE, related_name="stops", verbose_name="集中入会")
    employer = models.ForeignKey(
        "network.Employer", models.PROTECT, related_name="+", verbose_name="用人单位"
    )
    building = models.CharField("楼宇", max_length=80, default="", blank=True)
    floor = models.SmallIntegerField("楼层", null=True)
    target = models.CharField("对象", max_length=10, choices=[(str(k), w.msgid) for k, w in TARGETS.items()])
    state = models.CharField(
        "情况",
        max_length=10,
        default=StopState.OPEN,
        choices=[(str(k), w.msgid) for k, w in STOP_STATES.items()],
    )
    asked = models.PositiveIntegerField("问到人数", default=0)
    come_back_on = models.DateField("约好再来的日子", null=True)
    checks = models.JSONField("已谈妥", default=list)
    words = models.CharField("记录", max_length=500, default="", blank=True)
    visited_at = models.DateTimeField("上门时间", null=True)
    visited_by = models.BigIntegerField("上门账号", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "上门点"
        constraints = (
            one_of("stop_state", "state", StopState),
            one_of("stop_target", "target", Target),
            models.UniqueConstraint(fields=["drive", "employer"], name="stop_once"),
            models.CheckConstraint(
                name="stop_comes_back_on_a_day",
                condition=~Q(state=StopState.COME_BACK) | Q(come_back_on__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["drive", "building", "floor"], name="stop_drive"),)

    def __str__(self) -> str:
        return f"{self.drive_id} {self.employer_id}"
