from django.db import models


class Tally(models.Model):
    """The roll-up: by how much a measure at or under a unit changed on a day. Folded from `TallyDelta`.

    A count on any day is the sum of the changes until then. High in the tree, whole months and years
    are kept beside the days, so that few rows are added up.
    """

    path = models.CharField("路径", max_length=96, db_collation="C")
    grain = models.CharField("粒度", max_length=1, choices=(("d", "日"), ("m", "月"), ("y", "年")))
    day = models.DateField("起")
    measure = models.CharField("口径", max_length=60)
    amount = models.BigIntegerField("变化", default=0)

    class Meta:
        verbose_name = "汇总"
        constraints = (
            models.UniqueConstraint(fields=["path", "grain", "day", "measure"], name="tally_once"),
        )

    def __str__(self) -> str:
        return f"{self.path} {self.day} {self.measure} {self.amount:+}"


class TallyDelta(models.Model):
    """A change of a count at a unit on a day, waiting to be folded into the roll-up; made by triggers."""

    path = models.CharField("路径", max_length=96, db_collation="C")
    day = models.DateField("起")
    measure = models.CharField("口径", max_length=60)
    amount = models.BigIntegerField("变化")

    class Meta:
        verbose_name = "待并入的变化"

    def __str__(self) -> str:
        return f"{self.path} {self.day} {self.measure} {self.amount:+}"


class TallyDay(models.Model):
    """The day to which places and registers have been turned, and when all was last counted anew.

    The roll-up stands for every day; before the first recount counts are computed live.
    """

    day = models.DateField("统计日", primary_key=True)
    recounted_at = models.DateTimeField("复核时间")

    class Meta:
        verbose_name = "汇总日"

    def __str__(self) -> str:
        return self.day.isoformat()
