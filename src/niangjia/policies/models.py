from django.db import models

from niangjia.kernel.dated import ends_after_it_begins, one_a_day


class LocalValue(models.Model):
    """A policy value that a union set for itself from a day on, with the paper it rests on (S-NB-14)."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    key = models.CharField("政策项", max_length=80)
    dims = models.JSONField("适用条件", default=dict)
    dims_key = models.CharField("适用条件键", max_length=200, default="", editable=False)
    value = models.JSONField("数值", null=True)
    low = models.JSONField("下级下限", null=True)
    high = models.JSONField("下级上限", null=True)
    locked = models.BooleanField("下级不得更改", default=False)
    paper = models.CharField("依据文件", max_length=200)
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    set_by = models.BigIntegerField("录入账号", null=True)
    set_at = models.DateTimeField("录入时间")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "地方政策值"
        constraints = (
            one_a_day("local_value_one_a_day", "unit", "key", "dims_key"),
            ends_after_it_begins("local_value_days"),
        )
        indexes = (models.Index(fields=["key", "unit"], name="local_value_key"),)

    def __str__(self) -> str:
        return f"{self.key} @ {self.unit_id}"
