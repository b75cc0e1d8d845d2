from collections.abc import Mapping

from django.db import models
from django.db.models import Q

from niangjia.kernel.columns import choices
from niangjia.kernel.dated import ends_after_it_begins, one_a_day
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.personal import Held, Kind, Personal
from niangjia.kernel.words import Said, say
from niangjia.people.rules import ID_KINDS, SEXES
from niangjia.people.rules.consenting import HOW, PURPOSES
from niangjia.people.rules.rights import ABOUT, KINDS, REQUESTS

READ = "people.read"
_NAME, _IDENTITY = Held(Kind.NAME), Held(Kind.IDENTITY)
_HIDDEN = {kind: Held(kind, shown=False) for kind in (Kind.NAME, Kind.IDENTITY, Kind.CONTACT)}


LABELS = {code: purpose.label for code, purpose in PURPOSES.items()}


def _worded(labels: Mapping[str, Said]) -> list[tuple[str, str]]:
    return [(code, told.msgid) for code, told in labels.items()]


class Person(models.Model):
    """A natural person, once (R-G-01). Names stand as on the card; keys for matching stand beside them.

    A record found to be a second one of somebody points at the one that goes on (`merged_into`); papers,
    numbers and consents stay with the record under whose key they were sealed.
    """

    name = models.CharField("姓名", max_length=50)
    name_key = models.CharField("姓名匹配键", max_length=50)
    pinyin = models.CharField("拼音", max_length=200, default="")
    initials = models.CharField("拼音首字母", max_length=50, default="")
    sex = models.CharField("性别", max_length=6, choices=choices(SEXES), default="")
    birth_date = models.DateField("出生日期", null=True)
    ethnicity = models.CharField("民族代码", max_length=2, default="")
    deceased_on = models.DateField("去世日", null=True)
    keeper = models.ForeignKey("tree.Unit", models.PROTECT, related_name="+", verbose_name="登记组织")
    path = models.CharField("路径", max_length=96, db_collation="C", default="", editable=False)
    created_at = models.DateTimeField("登记时间")
    version = models.PositiveIntegerField("版本", default=1)
    erased_at = models.DateTimeField("删除时间", null=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", verbose_name="并入的资料"
    )

    personal = Personal(
        whose="id",
        why=say("确认本人身份，一人一份资料，不重复登记。"),
        keep="identity",
        ends="deceased_on",
        seen_by=READ,
        fields={
            "name": _NAME,
            "name_key": _HIDDEN[Kind.NAME],
            "pinyin": _HIDDEN[Kind.NAME],
            "initials": _HIDDEN[Kind.NAME],
            "sex": _IDENTITY,
            "birth_date": _IDENTITY,
            "ethnicity": _IDENTITY,
            "deceased_on": _IDENTITY,
        },
        plain=frozenset({"created_at", "erased_at"}),
    )

    class Meta:
        verbose_name = "自然人"
        indexes = (
            models.Index(fields=["path", "id"], name="person_path"),
            models.Index(fields=["name_key"], name="person_name_key"),
        )
        constraints = (
            models.CheckConstraint(name="person_not_into_himself", condition=~Q(merged_into=models.F("id"))),
        )

    def __str__(self) -> str:
        return mask_name(self.name) if self.name else "（已删除）"


class IdentityDocument(models.Model):
    """An identity document: the number sealed, a keyed blind index for equality, the tail for lists.

    One that is not `matchable` (genuine but invalid) names two witnesses and stays out of matching (D-6).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="documents")
    kind = models.CharField("证件类型", max_length=20, choices=choices(ID_KINDS))
    sealed = models.BinaryField("证件号码（密封）")
    alias_sealed = models.BinaryField("原 15 位号码（密封）", null=True)
    blind = models.BinaryField("盲索引", max_length=32)
    tail = models.CharField("尾号", max_length=4)
    findings = models.JSONField("核验提示", default=list)
    matchable = models.BooleanField("参加自动比对", default=True)
    scan_sha256 = models.CharField("证件扫描件指纹", max_length=64, default="", blank=True)
    seen_by = models.BigIntegerField("见证账号", null=True)
    confirmed_by = models.BigIntegerField("确认账号", null=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    personal = Personal(
        whose="person_id",
        why=say("核对身份、查重；旧号码留着，换证后仍认得出是同一人。"),
        keep="identity",
        seen_by="people.reveal",
        row_goes=True,
        fields={
            "kind": _IDENTITY,
            "sealed": Held(Kind.IDENTITY, sealed=True),
            "alias_sealed": Held(Kind.IDENTITY, sealed=True),
            "blind": _HIDDEN[Kind.IDENTITY],
            "tail": Held(Kind.IDENTITY),
            "findings": _IDENTITY,
            "scan_sha256": _HIDDEN[Kind.IDENTITY],
        },
        plain=frozenset({"since", "until"}),
    )

    class Meta:
        verbose_name = "身份证件"
        constraints = (
            one_a_day("document_number_once", "blind"),
            one_a_day("document_kind_once", "person", "kind"),
            ends_after_it_begins("document_days"),
            models.CheckConstraint(
                name="exception_has_two_witnesses",
                condition=Q(matchable=True)
                | (
                    Q(seen_by__isnull=False, confirmed_by__isnull=False)
                    & ~Q(seen_by=models.F("confirmed_by"))
                ),
            ),
        )
        indexes = (models.Index(fields=["blind"], name="document_blind"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} …{self.tail}"


class Contact(models.Model):
    """A mobile number of a person: sealed, with a blind index for log-in by code and a tail for lists."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    sealed = models.BinaryField("手机号（密封）")
    blind = models.BinaryField("盲索引", max_length=32)
    tail = models.CharField("尾号", max_length=4)
    verified_at = models.DateTimeField("验证时间", null=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    personal = Personal(
        whose="person_id",
        why=say("联系本人、凭验证码登录。"),
        keep="ended_contact",
        ends="until",
        seen_by="people.reveal",
        row_goes=True,
        fields={
            "sealed": Held(Kind.CONTACT, sealed=True),
            "blind": _HIDDEN[Kind.CONTACT],
            "tail": Held(Kind.CONTACT),
        },
        plain=frozenset({"verified_at", "since", "until"}),
    )

    class Meta:
        verbose_name = "联系方式"
        indexes = (models.Index(fields=["blind"], name="contact_blind"),)
        constraints = (
            models.UniqueConstraint(fields=["person", "blind"], condition=Q(until=None), name="contact_once"),
            ends_after_it_begins("contact_days"),
        )

    def __str__(self) -> str:
        return f"…{self.tail}"


class OutsidePost(models.Model):
    """A post outside the union, a dated fact of the person (R-PG-15), such as a party deputy secretary."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="outside_posts")
    title = models.CharField("职务", max_length=120)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    personal = Personal(
        whose="person_id",
        why=say("了解兼职，避免同一人一职多领、利害不分。"),
        keep="membership",
        ends="until",
        seen_by=READ,
        row_goes=True,
        fields={"title": Held(Kind.WORK)},
        plain=frozenset({"since", "until"}),
    )

    class Meta:
        verbose_name = "工会外职务"
        constraints = (ends_after_it_begins("outside_post_days"),)

    def __str__(self) -> str:
        return self.title


class Consent(models.Model):
    """One consent of a person: to what, by which text, when and how; withdrawn, it stays as a fact."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(
        "用途", max_length=30, choices=_worded({c: p.label for c, p in PURPOSES.items()})
    )
    text_version = models.PositiveSmallIntegerField("告知书版本")
    how = models.CharField("同意方式", max_length=10, choices=_worded(HOW))
    guardian = models.CharField("监护人", max_length=50, default="", blank=True)
    given_at = models.DateTimeField("同意时间")
    given_by = models.BigIntegerField("登记账号", null=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.BigIntegerField("撤回登记账号", null=True)

    personal = Personal(
        whose="person_id",
        why=say("证明处理和公开个人信息前征得了同意。"),
        keep="consent",
        ends="withdrawn_at",
        seen_by=READ,
        fields={"guardian": Held(Kind.FAMILY)},
        plain=frozenset({"purpose", "how", "given_at", "withdrawn_at"}),
    )

    class Meta:
        verbose_name = "个人信息同意"
        constraints = (
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="consent_once"
            ),
            models.CheckConstraint(
                name="consent_times",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at")),
            ),
        )

    def __str__(self) -> str:
        return self.purpose


class PersonRequest(models.Model):
    """A person asks that something kept of him be corrected or erased; the keeper's officer decides."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="requests")
    kind = models.CharField("申请事项", max_length=10, choices=_worded(KINDS))
    about = models.CharField("涉及内容", max_length=20, choices=_worded(ABOUT), default="", blank=True)
    wish = models.BinaryField("申请说明（密封）")
    state = models.CharField("办理状态", max_length=10, default=REQUESTS.start)
    answer = models.TextField("答复", default="", blank=True)
    made_at = models.DateTimeField("提出时间")
    made_by = models.BigIntegerField("提出账号", null=True)
    decided_at = models.DateTimeField("办结时间", null=True)
    decided_by = models.BigIntegerField("办理账号", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    personal = Personal(
        whose="person_id",
        why=say("办理本人的更正与删除申请，答复可查。"),
        keep="request",
        ends="decided_at",
        seen_by="people.decide",
        fields={"wish": Held(Kind.WORDS, sealed=True), "answer": Held(Kind.WORDS)},
        plain=frozenset({"kind", "about", "state", "made_at", "decided_at"}),
    )

    class Meta:
        verbose_name = "个人信息申请"
        indexes = (models.Index(fields=["state", "id"], name="person_request_open"),)
        constraints = (
            models.CheckConstraint(
                name="person_request_state", condition=Q(state__in=sorted(REQUESTS.states))
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class RevealAlarm(models.Model):
    """Somebody opened more full numbers within an hour than the policy bounds; the security officer looks."""

    user_id = models.BigIntegerField("账号")
    path = models.CharField("路径", max_length=96, db_collation="C", default="")
    at = models.DateTimeField("时间")
    count = models.PositiveIntegerField("一小时内次数")
    bound = models.PositiveIntegerField("上限")
    seen_at = models.DateTimeField("核查时间", null=True)
    seen_by = models.BigIntegerField("核查账号", null=True)
    finding = models.CharField("核查结论", max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "查看号码告警"
        indexes = (models.Index(fields=["path", "id"], name="reveal_alarm_path"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.count}"
