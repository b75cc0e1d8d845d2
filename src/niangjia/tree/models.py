from django.db import models
from django.db.models import F, Q

from niangjia.kernel.dated import ends_after_it_begins, one_a_day


class Division(models.Model):
    """An administrative division with an id of our own; official codes hang on it (two systems disagree)."""

    class Level(models.IntegerChoices):
        PROVINCE = 1, "省"
        CITY = 2, "市"
        COUNTY = 3, "县（市、区）"
        TOWN = 4, "镇街"
        VILLAGE = 5, "村社"

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="上级区划"
    )
    level = models.PositiveSmallIntegerField("级别", choices=Level.choices)
    name = models.CharField("名称", max_length=80)
    full_name = models.CharField("全称", max_length=200, default="")
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        verbose_name = "行政区划"
        constraints = (ends_after_it_begins("division_days"),)
        indexes = (models.Index(fields=["parent", "level"], name="division_parent"),)

    def __str__(self) -> str:
        return self.full_name or self.name


class DivisionCode(models.Model):
    """A code that an official system gives to a division, dated.

    统计用 (nbs) and 民政 (mca) disagree below county.
    """

    class System(models.TextChoices):
        NBS = "nbs", "统计用区划代码"
        MCA = "mca", "民政区划代码"

    division = models.ForeignKey(Division, models.CASCADE, related_name="codes")
    system = models.CharField("体系", max_length=3, choices=System.choices)
    code = models.CharField("代码", max_length=12)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta:
        verbose_name = "区划代码"
        constraints = (
            one_a_day("division_code_once", "system", "code"),
            ends_after_it_begins("division_code_days"),
        )

    def __str__(self) -> str:
        return f"{self.system}:{self.code}"


class Unit(models.Model):
    """A node of the tree. `path`, `parent` and `name` are today's; the dated truth is in `Placement`.

    An ended or future unit hangs under its last or first parent: `path` is always the parent's and its own.
    """

    kind = models.CharField("类别", max_length=30)
    name = models.CharField("名称", max_length=120)
    path = models.CharField("路径", max_length=96, db_collation="C", default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="今日上级"
    )
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, related_name="units", verbose_name="所在区划"
    )
    since = models.DateField("设立日")
    until = models.DateField("撤销日", null=True)

    class Meta:
        verbose_name = "组织节点"
        constraints = (ends_after_it_begins("unit_days"),)
        indexes = (
            models.Index(fields=["path"], name="unit_path"),
            models.Index(fields=["kind", "path"], name="unit_kind_path"),
        )

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where a unit stands in a period: exactly one primary parent a day (domain.md §2.2, `OrgRelation`)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    path = models.CharField("路径", max_length=96, db_collation="C")
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta:
        verbose_name = "隶属"
        constraints = (
            one_a_day("placement_one_parent_a_day", "unit"),
            ends_after_it_begins("placement_days"),
        )
        indexes = (models.Index(fields=["path", "since"], name="placement_path"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.path} {self.since}"


class Relation(models.Model):
    """A guidance or line relation beside the primary tree: read and advise, never counted (SC-2)."""

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", "业务指导"
        LINE = "line", "产业条线"

    child = models.ForeignKey(Unit, models.CASCADE, related_name="guides")
    guide = models.ForeignKey(Unit, models.CASCADE, related_name="guided")
    kind = models.CharField("关系", max_length=10, choices=Kind.choices)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta:
        verbose_name = "指导与条线关系"
        constraints = (
            one_a_day("relation_once", "child", "guide", "kind"),
            ends_after_it_begins("relation_days"),
            models.CheckConstraint(name="relation_not_self", condition=~Q(child=F("guide"))),
        )

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind} {self.guide_id}"
