"""Duties that come back every year."""

from django.db import models

from niangjia.kernel.dated import ends_after_it_begins, one_a_day


class DutyStart(models.Model):
    """From when on the unions at and below a unit are laid a yearly duty of the catalogue."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    code = models.CharField("年度事项", max_length=60)
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    set_by = models.BigIntegerField("登记账号", null=True)
    set_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "年度事项登记"
        constraints = (ends_after_it_begins("duty_start_days"), one_a_day("duty_start_once", "unit", "code"))
        indexes = (models.Index(fields=["path"], name="duty_start_path"),)

    def __str__(self) -> str:
        return f"{self.code} @ {self.unit_id}"
