"""Tables of needy-worker files: the file, what was decided on what, who declared to be related."""

from django.db import models
from django.db.models import Q

from niangjia.hardship.rules import CATEGORY_WORDS, ELIGIBLE, ENDS, FILE, LEVELS, OPEN, Level, State
from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say

WHY = say("核实家庭困难情况，建立困难职工档案，办理帮扶。")
READ = "hardship.read"
CATEGORIES = {str(one): CATEGORY_WORDS[one].msgid for one in ELIGIBLE}
WAYS_TO_END = {"lift": "脱困", "cancel": "注销"}
STAGES = {
    "town": "镇街审核",
    "approve": "批准建档",
    "renew": "继续在档",
    "change": "变更类别",
}


class NeedyWorkerFile(models.Model):
    """A needy-worker file 困难职工档案, from lead to lifting: one household has one (domain.md §5, R-AID-08).

    What is known of the household lies with the household; here stand the way of the file, what it rests on
    (`visit`, `check_made`, `notice`), and what is asked of the worker alone. `worker` is the head of the
    household today; another head keeps the number (App. D 11).
    """

    number = models.CharField("档案编号", max_length=16, default="", blank=True)
    household = models.ForeignKey("households.Household", models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", verbose_name="职工"
    )
    keeper = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="所在工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    state = models.CharField("状态", max_length=20, default=FILE.start)
    level = models.CharField("建档标准", max_length=10, choices=choices(LEVELS), default=Level.COUNTY)
    category = models.CharField(
        "困难类别", max_length=12, choices=list(CATEGORIES.items()), default="", blank=True
    )
    told_name = models.CharField("线索姓名", max_length=50, default="", blank=True)
    told_place = models.CharField("单位或住处", max_length=120, default="", blank=True)
    told_words = models.CharField("线索情况", max_length=300, default="", blank=True)
    reported_by = models.BigIntegerField("上报账号", null=True)
    reported_at = models.DateTimeField("上报时间")
    asked_by = models.BigIntegerField("申请账号", null=True)
    asked_unit = models.ForeignKey(
        "tree.Unit", models.PROTECT, null=True, related_name="+", verbose_name="代为申请的工会"
    )
    applied_at = models.DateTimeField("申请时间", null=True)
    applied_on = models.DateField("申请日期", null=True)
    visit_since = models.DateTimeField("走访起算时间", null=True)
    labour_since = models.DateField("劳动关系起始日", null=True)
    lives_here = models.BooleanField("在本市居住", null=True)
    temporary = models.BooleanField("曾建临时档案", default=False)
    visit = models.ForeignKey("visits.HomeVisit", models.PROTECT, null=True, related_name="+")
    check_made = models.ForeignKey("means.Check", models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey("notices.PublicNotice", models.PROTECT, null=True, related_name="+")
    first_words = models.CharField("基层工会意见", max_length=500, default="", blank=True)
    town_words = models.CharField("镇街工会意见", max_length=500, default="", blank=True)
    county_words = models.CharField("县级总工会意见", max_length=500, default="", blank=True)
    exception = models.CharField("例外审批理由", max_length=500, default="", blank=True)
    reason = models.CharField("退回、不予建档或撤回的理由", max_length=500, default="", blank=True)
    refused_unit = models.ForeignKey("tree.Unit", models.PROTECT, null=True, related_name="+")
    refused_by = models.BigIntegerField("不予建档经办人", null=True)
    refused_on = models.DateField("不予建档日", null=True)
    appeal_words = models.CharField("申诉理由", max_length=500, default="", blank=True)
    appeals = models.PositiveSmallIntegerField("申诉次数", default=0)
    approved_on = models.DateField("批准日", null=True)
    review_due_on = models.DateField("复核日", null=True)
    proposed = models.CharField(
        "提出的事项", max_length=8, choices=list(WAYS_TO_END.items()), default="", blank=True
    )
    proposed_cause = models.CharField(
        "提出的原因", max_length=10, choices=choices(ENDS), default="", blank=True
    )
    proposed_why = models.CharField("提出的说明", max_length=500, default="", blank=True)
    proposed_by = models.BigIntegerField("提出账号", null=True)
    proposed_unit = models.ForeignKey("tree.Unit", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("结束时间", null=True)
    changed_on = models.DateField("最近变动日")
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        "worker_id",
        WHY,
        "aid_file",
        {
            "told_name": Held(Kind.NAME),
            "told_place": Held(Kind.WORK),
            "told_words": Held(Kind.WORDS),
            "labour_since": Held(Kind.WORK),
            "lives_here": Held(Kind.FAMILY),
            "first_words": Held(Kind.WORDS),
            "town_words": Held(Kind.WORDS),
            "county_words": Held(Kind.WORDS),
            "exception": Held(Kind.WORDS),
            "reason": Held(Kind.WORDS),
            "appeal_words": Held(Kind.WORDS),
            "proposed_why": Held(Kind.WORDS),
        },
        ends="closed_at",
        seen_by=READ,
        plain=frozenset(
            {
                "number",
                "state",
                "level",
                "category",
                "reported_at",
                "applied_at",
                "applied_on",
                "visit_since",
                "refused_on",
                "approved_on",
                "review_due_on",
                "proposed",
                "proposed_cause",
                "closed_at",
                "changed_on",
            }
        ),
    )

    class Meta:
        verbose_name = "困难职工档案"
        constraints = (
            one_of("hardship_file_state", "state", FILE.ordered_states),
            one_of("hardship_file_level", "level", Level),
            one_of("hardship_file_category", "category", ["", *CATEGORIES]),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(state__in=[str(one) for one in OPEN]),
                name="hardship_one_household_one_file",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="hardship_file_number"),
            models.CheckConstraint(
                name="hardship_file_of_a_household",
                condition=Q(state__in=[State.LEAD.value, State.CANCELLED.value, State.WITHDRAWN.value])
                | (Q(household__isnull=False, worker__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="hardship_file_proposed_whole",
                condition=Q(proposed="", proposed_cause="") | (~Q(proposed="") & ~Q(proposed_cause="")),
            ),
        )
        indexes = (
            models.Index(fields=["path", "-id"], name="hardship_file_path"),
            models.Index(fields=["worker"], name="hardship_file_worker"),
            models.Index(fields=["asked_by"], name="hardship_file_asked_by"),
            models.Index(fields=["review_due_on"], name="hardship_file_due", condition=Q(state="active")),
        )

    def __str__(self) -> str:
        return self.number or f"线索 {self.pk}"


class Decision(models.Model):
    """What was decided of a file and on what: category, figures, rules, policies, papers; all of it sealed.

    `home_version` is the version of the household then: whatever was told since is a change of facts.
    """

    file = models.ForeignKey(NeedyWorkerFile, models.CASCADE, related_name="decisions")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="职工")
    stage = models.CharField("环节", max_length=8, choices=list(STAGES.items()))
    category = models.CharField("困难类别", max_length=12, choices=list(CATEGORIES.items()))
    told = models.BinaryField("认定依据（密封）")
    home_version = models.PositiveIntegerField("家庭资料版本")
    decided_at = models.DateTimeField("认定时间")
    decided_by = models.BigIntegerField("认定账号", null=True)
    unit = models.ForeignKey(
        "tree.Unit", models.PROTECT, null=True, related_name="+", verbose_name="认定工会"
    )

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        {"told": Held(Kind.FINANCE, sealed=True)},
        seen_by=READ,
        plain=frozenset({"stage", "category", "decided_at"}),
        row_goes=True,
    )

    class Meta:
        verbose_name = "困难认定"
        constraints = (
            one_of("hardship_decision_stage", "stage", STAGES),
            one_of("hardship_decision_category", "category", CATEGORIES),
        )
        indexes = (models.Index(fields=["file", "-id"], name="hardship_decision_file"),)

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.get_category_display()}"


class Relative(models.Model):
    """An officer has declared to be related to the worker: he never decides this file (R-G-06, App. D 14)."""

    file = models.ForeignKey(NeedyWorkerFile, models.CASCADE, related_name="relatives")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="干部")
    declared_at = models.DateTimeField("声明时间")

    personal = Personal(
        "person_id",
        say("说明谁因为是亲属而回避。"),
        "aid_file",
        seen_by=READ,
        plain=frozenset({"declared_at"}),
    )

    class Meta:
        verbose_name = "回避声明"
        constraints = (models.UniqueConstraint(fields=["file", "person"], name="hardship_relative_once"),)

    def __str__(self) -> str:
        return str(self.person_id)
