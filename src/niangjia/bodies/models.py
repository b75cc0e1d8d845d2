"""Tables of what hangs on organisations: committees and their posts, zones, facilities."""

from django.db import models
from django.db.models import Q

from niangjia.bodies.rules import FACILITY_LABELS, OBTAINED_LABELS, POST_LABELS, ZONE_LABELS
from niangjia.kernel.columns import choices
from niangjia.kernel.dated import ends_after_it_begins, one_a_day
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say


class Committee(models.Model):
    """A term 届 of an organisation's committee: elected, from a day, to the end of the term (R-ORG-09)."""

    organisation = models.ForeignKey("network.Organisation", models.CASCADE, related_name="committees")
    number = models.PositiveSmallIntegerField("届次")
    elected_on = models.DateField("选举日", null=True)
    approval_doc_no = models.CharField("批复文号", max_length=80, default="", blank=True)
    since = models.DateField("起")
    until = models.DateField("届满日")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "委员会届次"
        constraints = (
            models.UniqueConstraint(fields=["organisation", "number"], name="committee_number_once"),
            one_a_day("committee_one_a_day", "organisation"),
            ends_after_it_begins("committee_days"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} 第{self.number}届"


class CommitteePost(models.Model):
    """A person holds a post in a committee in a period: a fact, not a right (house.md §3.8)."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="posts")
    organisation = models.ForeignKey("network.Organisation", models.CASCADE, related_name="committee_posts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField("职务", max_length=20, choices=choices(POST_LABELS))
    full_time = models.BooleanField("专职", default=False)
    relative_declared = models.BooleanField("已声明非企业主要负责人近亲属", default=False)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    personal = Personal(
        "person_id",
        say("公开工会班子，任期届满提醒换届。"),
        "membership",
        {"kind": Held(Kind.WORK, stays=say("任职是组织的历史，删除后只留职务、不留人"))},
        frozenset({"since", "until"}),
        seen_by="network.read",
    )

    class Meta:
        verbose_name = "委员会职务"
        constraints = (
            one_a_day("chair_one_a_day", "organisation", condition=Q(kind="chair")),
            one_a_day("committee_person_once", "organisation", "person", "kind"),
            ends_after_it_begins("committee_post_days"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"


class Facility(models.Model):
    """A facility 阵地: place, how obtained, area, rooms, investment, hours, shared use (R-SRV-04)."""

    organisation = models.ForeignKey("network.Organisation", models.PROTECT, related_name="facilities")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    kind = models.CharField("类别", max_length=20, choices=choices(FACILITY_LABELS))
    name = models.CharField("名称", max_length=120)
    obtained_by = models.CharField("取得方式", max_length=10, choices=choices(OBTAINED_LABELS))
    area_m2 = models.PositiveIntegerField("面积（平方米）", null=True)
    area_mu = models.DecimalField("面积（亩）", max_digits=8, decimal_places=2, null=True)
    rooms = models.JSONField("功能", default=list)
    investment_fen = models.BigIntegerField("投入（分）", null=True)
    opening_hours = models.CharField("开放时间", max_length=120, default="", blank=True)
    is_shared = models.BooleanField("共享给联合会各单位", default=False)
    owner_employer = models.ForeignKey(
        "network.Employer", models.PROTECT, null=True, related_name="+", verbose_name="产权单位"
    )
    address = models.CharField("地址", max_length=200, default="", blank=True)
    latitude = models.FloatField("纬度", null=True)
    longitude = models.FloatField("经度", null=True)
    since = models.DateField("启用日")
    until = models.DateField("停用日", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "阵地"
        constraints = (ends_after_it_begins("facility_days"),)
        indexes = (models.Index(fields=["path"], name="facility_path"),)

    def __str__(self) -> str:
        return self.name


class Zone(models.Model):
    """A business district, park, building, area, featured town or village in which employers stand."""

    keeper = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="登记组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=20, choices=choices(ZONE_LABELS))
    division = models.ForeignKey(
        "tree.Division", models.PROTECT, null=True, related_name="+", verbose_name="所在区划"
    )
    address = models.CharField("地址", max_length=200, default="", blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    version = models.PositiveIntegerField("版本", default=1)
    employers = models.ManyToManyField("network.Employer", through="ZoneEmployer", related_name="zones")

    class Meta:
        verbose_name = "区域"
        constraints = (ends_after_it_begins("zone_days"),)
        indexes = (models.Index(fields=["path"], name="zone_path"),)

    def __str__(self) -> str:
        return self.name


class ZoneEmployer(models.Model):
    """An employer lies in a zone in a period; it may lie in several."""

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="+")
    employer = models.ForeignKey("network.Employer", models.CASCADE, related_name="+")
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    class Meta:
        verbose_name = "区域内单位"
        constraints = (
            one_a_day("zone_employer_once", "zone", "employer"),
            ends_after_it_begins("zone_employer_days"),
        )

    def __str__(self) -> str:
        return f"{self.zone_id} {self.employer_id}"
