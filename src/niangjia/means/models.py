"""Tables of the economic check: who agreed, what was asked together, what was answered about each."""

from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import choices, one_of
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import say
from niangjia.means.rules import CHECKING, WAYS, State

WHY = say("经本人授权，核对家庭收入和财产。")
READ = "means.read"


class Authorisation(models.Model):
    """An adult of a household has agreed to the check 授权; he may take it back (PIPL 15)."""

    household = models.ForeignKey("households.Household", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="授权人")
    way = models.CharField("授权方式", max_length=8, choices=choices(WAYS))
    signed_on = models.DateField("签字日期")
    kept_at = models.DateTimeField("登记时间")
    kept_by = models.BigIntegerField("登记账号", null=True)
    taken_back_on = models.DateField("撤回日期", null=True)

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        seen_by=READ,
        plain=frozenset({"way", "signed_on", "kept_at", "taken_back_on"}),
    )

    class Meta:
        verbose_name = "核对授权"
        constraints = (
            one_of("means_authorisation_way", "way", WAYS),
            models.UniqueConstraint(
                fields=["household", "person"],
                condition=Q(taken_back_on=None),
                name="means_authorised_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.signed_on}"


class Batch(models.Model):
    """What a county sends to civil affairs together 送核批次, as one file with its purpose."""

    unit = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="送核工会")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    purpose = models.CharField("用途", max_length=200)
    made_at = models.DateTimeField("送核时间")
    made_by = models.BigIntegerField("送核账号", null=True)
    due_on = models.DateField("应反馈日")
    households = models.PositiveIntegerField("户数")
    persons = models.PositiveIntegerField("人数")

    class Meta:
        verbose_name = "送核批次"
        indexes = (models.Index(fields=["path", "-id"], name="means_batch_path"),)

    def __str__(self) -> str:
        return f"送核批次 {self.pk}"


class Check(models.Model):
    """The check of one household 核对; at most one is under way."""

    household = models.ForeignKey("households.Household", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="职工")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="checks")
    state = models.CharField("状态", max_length=8, default=State.ASKED)
    asked_at = models.DateTimeField("提请时间")
    asked_by = models.BigIntegerField("提请账号", null=True)
    answered_at = models.DateTimeField("反馈时间", null=True)
    void_why = models.CharField("作废原因", max_length=200, default="", blank=True)

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        {"void_why": Held(Kind.TRACE)},
        seen_by=READ,
        plain=frozenset({"state", "asked_at", "answered_at"}),
    )

    class Meta:
        verbose_name = "家庭经济状况核对"
        constraints = (
            one_of("means_check_state", "state", CHECKING.ordered_states),
            models.UniqueConstraint(
                fields=["household"], condition=Q(state__in=["asked", "sent"]), name="means_check_one_open"
            ),
            models.CheckConstraint(
                name="means_check_answered_whole",
                condition=Q(state="answered", answered_at__isnull=False)
                | (~Q(state="answered") & Q(answered_at=None)),
            ),
            models.CheckConstraint(
                name="means_check_sent_in_a_batch",
                condition=~Q(state__in=["sent", "answered"]) | Q(batch__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["household", "-id"], name="means_check_household"),)

    def __str__(self) -> str:
        return f"核对 {self.pk}"


class Checked(models.Model):
    """One person of a check, found again by the index of his number; what was answered lies sealed."""

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="persons")
    household = models.ForeignKey("households.Household", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="被核对人")
    blind = models.BinaryField("证件号码索引", max_length=32)
    answer = models.BinaryField("核对结果（密封）", null=True)
    answered_at = models.DateTimeField("反馈时间", null=True)
    answered_by = models.BigIntegerField("反馈账号", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        "person_id",
        WHY,
        "aid_file",
        {
            "answer": Held(Kind.FINANCE, sealed=True),
            "blind": Held(Kind.IDENTITY, shown=False),
        },
        seen_by=READ,
        plain=frozenset({"answered_at"}),
        row_goes=True,
    )

    class Meta:
        verbose_name = "被核对人"
        constraints = (
            models.UniqueConstraint(fields=["check_of", "person"], name="means_checked_once"),
            models.CheckConstraint(
                name="means_checked_whole",
                condition=Q(answer=None, answered_at=None)
                | Q(answer__isnull=False, answered_at__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["blind"], name="means_checked_blind"),)

    def __str__(self) -> str:
        return str(self.person_id)
