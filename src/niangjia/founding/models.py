"""Tables of founding: the establishment, its employers, founding group, candidates and tellers."""

from django.db import models
from django.db.models import F, Q

from niangjia.bodies.rules import POST_LABELS
from niangjia.founding.rules import FOUNDED, MEETING_LABELS, PLANNED, Meeting, State
from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.network.rules import EMPLOYER_LABELS, KIND_LABELS, MODE_LABELS, SECTOR_LABELS

WHY = say("办理建会申请、选举和批复。")
READ = "founding.read"


class UnionEstablishment(models.Model):
    """An establishment 建会: a union to be, under its parent, from request to approval (domain.md §3)."""

    parent = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="上级工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    kind = models.CharField(
        "拟建类别", max_length=30, choices=choices({one: KIND_LABELS[one] for one in PLANNED})
    )
    name = models.CharField("工会全称", max_length=120)
    short_name = models.CharField("简称", max_length=60, default="", blank=True)
    mode = models.CharField("统筹模式", max_length=20, choices=choices(MODE_LABELS), default="", blank=True)
    sector = models.CharField("领域", max_length=20, choices=choices(SECTOR_LABELS), default="", blank=True)
    workers = models.PositiveIntegerField("职工数")
    members = models.PositiveIntegerField("会员数")
    term_years = models.PositiveSmallIntegerField("届期（年）")
    phone = models.CharField("单位联系电话", max_length=30, default="", blank=True)
    address = models.CharField("地址", max_length=200, default="", blank=True)
    words = models.TextField("建会理由", max_length=1000, default="", blank=True)
    asked_by = models.BigIntegerField("申请账号", null=True)
    asked_unit = models.ForeignKey(
        "tree.Unit", models.PROTECT, null=True, related_name="+", verbose_name="代为申请的工会"
    )
    state = models.CharField("状态", max_length=20, default=State.DRAFTED)
    meeting = models.CharField(
        "大会形式", max_length=10, choices=choices(MEETING_LABELS), default="", blank=True
    )
    seats = models.PositiveSmallIntegerField("委员名额", null=True)
    congress_on = models.DateField("大会日期", null=True)
    entitled = models.PositiveIntegerField("应到人数", null=True)
    present = models.PositiveIntegerField("实到人数", null=True)
    prepared_on = models.DateField("批准筹备日", null=True)
    approved_on = models.DateField("批复日", null=True)
    reply_no = models.CharField("批复文号", max_length=80, default="", blank=True)
    organisation = models.OneToOneField(
        "network.Organisation", models.PROTECT, null=True, related_name="+", verbose_name="成立的工会"
    )
    legal_person_no = models.CharField("工会法人资格证号", max_length=60, default="", blank=True)
    uscc = models.CharField("工会法人统一社会信用代码", max_length=18, default="", blank=True)
    registered_on = models.DateField("登记法人日", null=True)
    reason = models.TextField("退回或不予批准的理由", max_length=500, default="", blank=True)
    created_at = models.DateTimeField("申请时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "建会申请"
        constraints = (
            one_of("establishment_state", "state", State),
            one_of("establishment_kind", "kind", PLANNED),
            one_of("establishment_meeting", "meeting", ["", *Meeting]),
            models.CheckConstraint(
                name="establishment_members_among_workers", condition=Q(members__lte=F("workers"))
            ),
            models.CheckConstraint(
                name="establishment_present_among_entitled",
                condition=Q(present__isnull=True) | Q(present__lte=F("entitled")),
            ),
            models.CheckConstraint(
                name="establishment_approved_is_founded",
                condition=(
                    Q(state__in=[str(one) for one in FOUNDED])
                    & Q(organisation__isnull=False, approved_on__isnull=False)
                    & ~Q(reply_no="")
                )
                | (~Q(state__in=[str(one) for one in FOUNDED]) & Q(organisation__isnull=True)),
            ),
        )
        indexes = (
            models.Index(fields=["path", "-created_at", "id"], name="establishment_path"),
            models.Index(fields=["asked_by"], name="establishment_asked_by"),
        )

    def __str__(self) -> str:
        return self.name


class EstablishmentEmployer(models.Model):
    """An employer that the union is to cover: one of the register, or one that enters it at the approval."""

    establishment = models.ForeignKey(UnionEstablishment, models.CASCADE, related_name="employers")
    employer = models.ForeignKey("network.Employer", models.PROTECT, null=True, related_name="+")
    name = models.CharField("名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18, default="", blank=True)
    kind = models.CharField("性质", max_length=25, choices=choices(EMPLOYER_LABELS))
    sector = models.CharField("领域", max_length=20, choices=choices(SECTOR_LABELS), default="other")
    headcount = models.PositiveIntegerField("职工数", default=0)
    address = models.CharField("地址", max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "建会单位"
        constraints = (
            one_of("establishment_employer_kind", "kind", EMPLOYER_LABELS),
            models.UniqueConstraint(fields=["establishment", "name"], name="establishment_employer_once"),
        )

    def __str__(self) -> str:
        return self.name


class FoundingMember(models.Model):
    """Somebody of the founding group 筹备组."""

    establishment = models.ForeignKey(UnionEstablishment, models.CASCADE, related_name="group")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField("姓名", max_length=50)
    duty = models.CharField("工作岗位", max_length=60, default="", blank=True)
    leads = models.BooleanField("组长", default=False)

    personal = Personal(
        "person_id",
        WHY,
        "membership",
        {"name": Held(Kind.NAME, after="已删除-{pk}"), "duty": Held(Kind.WORK)},
        seen_by=READ,
    )

    class Meta:
        verbose_name = "筹备组成员"
        constraints = (
            models.UniqueConstraint(fields=["establishment", "name"], name="founding_member_once"),
            models.UniqueConstraint(
                fields=["establishment"], condition=Q(leads=True), name="founding_group_one_lead"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Candidate(models.Model):
    """Somebody who stands for a post of the first committee, with his votes and whether he is elected."""

    establishment = models.ForeignKey(UnionEstablishment, models.CASCADE, related_name="candidates")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField("姓名", max_length=50)
    post = models.CharField("职务", max_length=20, choices=choices(POST_LABELS))
    full_time = models.BooleanField("专职", default=False)
    relative_declared = models.BooleanField("已声明非企业主要负责人近亲属", default=False)
    votes = models.PositiveIntegerField("得票", null=True)
    elected = models.BooleanField("当选", default=False)

    personal = Personal(
        "person_id",
        WHY,
        "membership",
        {
            "name": Held(Kind.NAME, after="已删除-{pk}"),
            "post": Held(Kind.WORK, stays=say("任职是组织的历史，删除后只留职务、不留人")),
        },
        seen_by=READ,
    )

    class Meta:
        verbose_name = "候选人"
        constraints = (
            models.UniqueConstraint(fields=["establishment", "name"], name="candidate_once"),
            models.CheckConstraint(
                name="candidate_elected_has_votes", condition=Q(elected=False) | Q(votes__gt=0)
            ),
        )

    def __str__(self) -> str:
        return self.name


class Teller(models.Model):
    """A teller 监票人 who signed the result of the election."""

    establishment = models.ForeignKey(UnionEstablishment, models.CASCADE, related_name="tellers")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField("姓名", max_length=50)
    signed_at = models.DateTimeField("签字时间")

    personal = Personal(
        "person_id",
        WHY,
        "membership",
        {"name": Held(Kind.NAME, after="已删除-{pk}")},
        frozenset({"signed_at"}),
        seen_by=READ,
    )

    class Meta:
        verbose_name = "监票人"
        constraints = (models.UniqueConstraint(fields=["establishment", "name"], name="teller_once"),)

    def __str__(self) -> str:
        return self.name
