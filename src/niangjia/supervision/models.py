"""What a union above asks of one below."""

from django.db import models
from django.db.models import F, Q

from niangjia.kernel.columns import one_of
from niangjia.supervision.rules import Supervised


class SupervisedTask(models.Model):
    """A supervised task 督办: from a unit to one below, with its deadline and reply (R-LEAD-07)."""

    from_unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="交办组织")
    to_unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="承办组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    title = models.CharField("事项", max_length=120)
    words = models.TextField("要求", max_length=2000, default="", blank=True)
    due_on = models.DateField("期限")
    state = models.CharField("状态", max_length=10, default=Supervised.GIVEN)
    reply = models.TextField("回复", max_length=2000, default="", blank=True)
    evidence = models.TextField("办理依据", max_length=500, default="", blank=True)
    given_by = models.BigIntegerField("交办账号", null=True)
    given_at = models.DateTimeField("交办时间")
    replied_at = models.DateTimeField("回复时间", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "督办"
        constraints = (
            one_of("supervised_state", "state", Supervised),
            models.CheckConstraint(name="supervised_goes_down", condition=~Q(from_unit=F("to_unit"))),
            models.CheckConstraint(
                name="supervised_reply_has_words",
                condition=~Q(state__in=["replied", "accepted"]) | ~Q(reply=""),
            ),
        )
        indexes = (models.Index(fields=["path", "due_on"], name="supervised_path"),)

    def __str__(self) -> str:
        return self.title
