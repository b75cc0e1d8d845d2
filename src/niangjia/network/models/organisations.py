from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.dated import ends_after_it_begins, one_a_day
from niangjia.network.rules import KIND_LABELS, MODE_LABELS, SECTOR_LABELS, STATUS_LABELS, Status


class Organisation(models.Model):
    """A union or federation: what the tree's unit is in union terms (domain.md §2.2 `OrgUnit`)."""

    unit = models.OneToOneField("tree.Unit", models.PROTECT, primary_key=True, related_name="+")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    kind = models.CharField("类别", max_length=30, choices=choices(KIND_LABELS))
    mode = models.CharField(
        "统筹模式",
        max_length=20,
        choices=choices(MODE_LABELS),
        default="",
        blank=True,
    )
    sector = models.CharField(
        "领域",
        max_length=20,
        choices=choices(SECTOR_LABELS),
        default="",
        blank=True,
    )
    name = models.CharField("全称", max_length=120)
    short_name = models.CharField("简称", max_length=60, default="", blank=True)
    status = models.CharField("状态", max_length=15, choices=choices(STATUS_LABELS), default=Status.ACTIVE)
    uscc = models.CharField("工会法人统一社会信用代码", max_length=18, default="", blank=True)
    legal_person_no = models.CharField("工会法人资格证号", max_length=60, default="", blank=True)
    approval_doc_no = models.CharField("批复文号", max_length=80, default="", blank=True)
    established_on = models.DateField("建会日期")
    closed_on = models.DateField("撤销或并入日", null=True)
    term_years = models.PositiveSmallIntegerField("届期（年）", null=True)
    term_ends_on = models.DateField("届满日", null=True)
    industry_code = models.CharField("行业", max_length=5, default="", blank=True)
    address = models.CharField("地址", max_length=200, default="", blank=True)
    phone = models.CharField("办公电话", max_length=30, default="", blank=True)
    latitude = models.FloatField("纬度", null=True)
    longitude = models.FloatField("经度", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "工会组织"
        constraints = (
            one_of("organisation_kind", "kind", KIND_LABELS),
            one_of("organisation_status", "status", STATUS_LABELS),
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="organisation_uscc_once"),
        )
        indexes = (
            models.Index(fields=["path"], name="organisation_path"),
            models.Index(fields=["kind", "mode", "path"], name="organisation_kind_path"),
            models.Index(fields=["name", "unit"], name="organisation_name"),
            models.Index(fields=["established_on", "unit"], name="organisation_established"),
        )

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """A name an organisation bore in a period; old names stay findable (D9, Appendix D case 17)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField("名称", max_length=120)
    paper = models.CharField("依据文件", max_length=200, default="", blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta:
        verbose_name = "曾用名"
        constraints = (
            one_a_day("organisation_name_one_a_day", "organisation"),
            ends_after_it_begins("name_days"),
        )

    def __str__(self) -> str:
        return self.name


class OrganisationWas(models.Model):
    """What an organisation was counted as before it was edited: past days keep their counts."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="was")
    kind = models.CharField("类别", max_length=30)
    mode = models.CharField("统筹模式", max_length=20, default="", blank=True)
    since = models.DateField("起")
    until = models.DateField("止")

    class Meta:
        verbose_name = "组织原情况"
        constraints = (
            one_a_day("organisation_was_one_a_day", "organisation"),
            ends_after_it_begins("organisation_was_days"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.mode}"


class Composition(models.Model):
    """A primary union is N or X of a federation in a period (S-NB-10)."""

    class Part(models.TextChoices):
        N = "N", "N（单建会）"
        X = "X", "X（联合基层工会）"

    federation = models.ForeignKey(Organisation, models.PROTECT, related_name="parts")
    child = models.ForeignKey(Organisation, models.PROTECT, related_name="federations")
    part = models.CharField("角色", max_length=1, choices=Part.choices)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta:
        verbose_name = "1+N+X 构成"
        constraints = (
            one_a_day("composition_once", "federation", "child"),
            one_a_day("composition_child_once", "child"),
            ends_after_it_begins("composition_days"),
            models.CheckConstraint(name="composition_part", condition=Q(part__in=["N", "X"])),
        )

    def __str__(self) -> str:
        return f"{self.federation_id} {self.part} {self.child_id}"
