from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.dated import ends_after_it_begins, one_a_day
from niangjia.network.models.organisations import Organisation
from niangjia.network.rules import EMPLOYER_LABELS, SECTOR_LABELS, EmployerKind


class Employer(models.Model):
    """An employer 用人单位, no node of the tree. `keeper` is the unit in whose register it stands today."""

    keeper = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="在册组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    name = models.CharField("名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18, default="", blank=True)
    kind = models.CharField("性质", max_length=25, choices=choices(EMPLOYER_LABELS))
    sector = models.CharField("领域", max_length=20, choices=choices(SECTOR_LABELS), default="other")
    industry_code = models.CharField("行业", max_length=5, default="", blank=True)
    headcount = models.PositiveIntegerField("职工数", default=0)
    female_headcount = models.PositiveIntegerField("女职工数", default=0)
    migrant_headcount = models.PositiveIntegerField("外来务工人数", default=0)
    division = models.ForeignKey(
        "tree.Division", models.PROTECT, null=True, related_name="+", verbose_name="所在区划"
    )
    address = models.CharField("地址", max_length=200, default="", blank=True)
    since = models.DateField("入册日")
    until = models.DateField("出册日", null=True)
    version = models.PositiveIntegerField("版本", default=1)
    covered_since = models.DateField("不间断计入起", null=True, editable=False)
    """Since when it counts somewhere without a gap and without an end; kept by triggers on coverages."""

    class Meta:
        verbose_name = "用人单位"
        constraints = (
            one_of("employer_kind", "kind", EMPLOYER_LABELS),
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="employer_uscc_once"),
            models.CheckConstraint(
                name="employer_parts_of_headcount",
                condition=Q(
                    female_headcount__lte=models.F("headcount"), migrant_headcount__lte=models.F("headcount")
                ),
            ),
            ends_after_it_begins("employer_days"),
        )
        indexes = (
            models.Index(
                fields=["path", "id"], include=["since", "until", "covered_since"], name="employer_path"
            ),
            models.Index(fields=["sector", "path"], name="employer_sector_path"),
            models.Index(fields=["name", "id"], name="employer_name"),
            models.Index(fields=["covered_since", "since", "path"], name="employer_covered_since"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_merchant(self) -> bool:
        """A self-employed merchant's name is often a person's name and is masked in public."""
        return self.kind == EmployerKind.MERCHANT


class Coverage(models.Model):
    """A union covers an employer in a period. One a day counts; others are affiliations (R-ORG-01)."""

    union = models.ForeignKey(Organisation, models.PROTECT, related_name="coverages", verbose_name="工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="coverages", verbose_name="单位")
    counts = models.BooleanField("计入统计", default=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta:
        verbose_name = "覆盖关系"
        constraints = (
            one_a_day("coverage_counts_once_a_day", "employer", condition=Q(counts=True)),
            one_a_day("coverage_once", "employer", "union"),
            ends_after_it_begins("coverage_days"),
        )
        indexes = (
            models.Index(fields=["path", "employer"], name="coverage_path"),
            models.Index(fields=["union", "since"], name="coverage_union"),
        )

    def __str__(self) -> str:
        return f"{self.union_id} covers {self.employer_id}"


class EmployerWas(models.Model):
    """What an employer was counted as in a past period, before it was edited: past days keep their counts."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="was")
    kind = models.CharField("性质", max_length=25)
    sector = models.CharField("领域", max_length=20)
    headcount = models.PositiveIntegerField("职工数")
    since = models.DateField("起")
    until = models.DateField("止")

    class Meta:
        verbose_name = "单位原情况"
        constraints = (
            one_a_day("employer_was_one_a_day", "employer"),
            ends_after_it_begins("employer_was_days"),
        )

    def __str__(self) -> str:
        return f"{self.employer_id} {self.kind} {self.sector} {self.headcount}"
