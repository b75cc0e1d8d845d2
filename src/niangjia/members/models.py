"""Tables of membership: dated stretches, and the roll-up of today."""

from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.dated import ends_after_it_begins, one_a_day
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.members.rules import BEGINNINGS, ENDINGS, FORMS, State

READ = "members.read"
_NAME = Held(Kind.NAME, shown=False)
_WORK = Held(Kind.WORK)


class Membership(models.Model):
    """A stretch of a membership: one person in one union, active or retained, counting or affiliated.

    On any day at most one stretch of a person counts (R-MEM-03). What is known of the person (name, sex, year
    of birth, tail of the mobile, whether papers stand behind him) is copied here by triggers and kept equal.
    """

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="会员")
    union = models.ForeignKey("network.Organisation", models.PROTECT, related_name="+", verbose_name="工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    counts = models.BooleanField("计数会籍", default=True)
    state = models.CharField("状态", max_length=10, default=State.ACTIVE)
    since = models.DateField("起")
    until = models.DateField("止", null=True)
    joined_on = models.DateField("入会日期")
    begun = models.CharField(
        "缘由", max_length=12, choices=[(str(k), w.msgid) for k, w in BEGINNINGS.items()]
    )
    ended = models.CharField(
        "终止缘由",
        max_length=20,
        choices=[(str(k), w.msgid) for k, w in ENDINGS.items()],
        default="",
        blank=True,
    )
    basis = models.CharField("依据", max_length=120, default="", blank=True)
    employer = models.ForeignKey(
        "network.Employer", models.PROTECT, null=True, related_name="+", verbose_name="用人单位"
    )
    workplace = models.ForeignKey(
        "network.Employer", models.PROTECT, null=True, related_name="+", verbose_name="实际用工单位"
    )
    group = models.ForeignKey(
        "network.Organisation", models.PROTECT, null=True, related_name="+", verbose_name="工会小组"
    )
    form = models.CharField("新就业形态", max_length=15, choices=choices(FORMS), default="", blank=True)
    platform = models.CharField("平台或车辆", max_length=60, default="", blank=True)
    migrant = models.BooleanField("外来务工", default=False)
    industry = models.CharField("行业门类", max_length=1, default="", blank=True, editable=False)
    fee_base = models.BinaryField("会费基数（密封）", null=True)
    name = models.CharField("姓名", max_length=50, default="", editable=False)
    name_key = models.CharField("姓名匹配键", max_length=50, default="", editable=False)
    pinyin = models.CharField("拼音", max_length=200, default="", editable=False)
    initials = models.CharField("拼音首字母", max_length=50, default="", editable=False)
    sex = models.CharField("性别", max_length=6, default="", editable=False)
    born_year = models.PositiveSmallIntegerField("出生年", null=True, editable=False)
    tail = models.CharField("手机尾号", max_length=4, default="", editable=False)
    has_id = models.BooleanField("有有效证件", default=False, editable=False)
    has_mobile = models.BooleanField("有手机号", default=False, editable=False)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        whose="person_id",
        why=say("登记会籍：在哪家工会、自何时起，一人只计一次。"),
        keep="membership",
        ends="until",
        seen_by=READ,
        fields={
            "name": _NAME,
            "name_key": _NAME,
            "pinyin": _NAME,
            "initials": _NAME,
            "sex": Held(Kind.IDENTITY, shown=False),
            "born_year": Held(Kind.IDENTITY, shown=False),
            "tail": Held(Kind.CONTACT, shown=False),
            "basis": _WORK,
            "platform": _WORK,
            "form": _WORK,
            "fee_base": Held(Kind.FINANCE, sealed=True),
        },
        plain=frozenset({"state", "since", "until", "joined_on", "begun", "ended", "industry"}),
    )

    class Meta:
        verbose_name = "会籍"
        constraints = (
            one_of("membership_state", "state", State),
            one_a_day("membership_counts_once_a_day", "person", condition=Q(counts=True)),
            one_a_day("membership_once", "person", "union"),
            ends_after_it_begins("membership_days"),
            models.CheckConstraint(
                name="membership_affiliation_is_active", condition=Q(counts=True) | Q(state=State.ACTIVE)
            ),
            models.CheckConstraint(
                name="membership_joined_first", condition=Q(joined_on__lte=models.F("since"))
            ),
            models.CheckConstraint(
                name="membership_end_says_why", condition=Q(until=None, ended="") | Q(until__isnull=False)
            ),
        )
        indexes = (
            models.Index(fields=["path", "name_key", "id"], name="membership_path"),
            models.Index(fields=["union", "since"], name="membership_union"),
            models.Index(fields=["person", "since"], name="membership_person"),
            models.Index(fields=["employer"], name="membership_employer"),
            models.Index(fields=["tail", "path"], name="membership_tail"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.union_id}"


class MemberTally(models.Model):
    """The roll-up of today: how many of a measure stand at or under a unit. Folded from `MemberDelta`."""

    path = models.CharField("路径", max_length=96, db_collation="C")
    measure = models.CharField("口径", max_length=40)
    amount = models.BigIntegerField("数量", default=0)

    class Meta:
        verbose_name = "会员汇总"
        constraints = (models.UniqueConstraint(fields=["path", "measure"], name="member_tally_once"),)

    def __str__(self) -> str:
        return f"{self.path} {self.measure} {self.amount}"


class MemberDelta(models.Model):
    """A change of today's count at a unit, waiting to be folded; made by triggers."""

    path = models.CharField("路径", max_length=96, db_collation="C")
    measure = models.CharField("口径", max_length=40)
    amount = models.BigIntegerField("变化")

    class Meta:
        verbose_name = "待并入的会员变化"

    def __str__(self) -> str:
        return f"{self.path} {self.measure} {self.amount:+}"


class MemberDay(models.Model):
    """The day for which the roll-up stands; counts of any other day are computed live."""

    day = models.DateField("统计日", primary_key=True)
    counted_at = models.DateTimeField("复核时间")

    class Meta:
        verbose_name = "会员统计日"

    def __str__(self) -> str:
        return self.day.isoformat()
