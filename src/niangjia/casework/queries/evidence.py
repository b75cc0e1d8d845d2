"""The evidence of an application: the household's file, the visit, other aid lately, payment and notice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.aid import rules
from niangjia.aid.rules import KINDS, State
from niangjia.casework.queries.money import fund_name
from niangjia.casework.queries.shown import amount_of, knows_names
from niangjia.households import queries as households
from niangjia.households.permissions import Word as HomeWord
from niangjia.households.queries import FileFact, Sight
from niangjia.households.rules import BY_KEY, MEMBER_BY_KEY, RELATIONS, STAGES, Shape, Value, fact_of
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.money import Yuan
from niangjia.kernel.periods import add_months, age_on
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Cell, Column, Fact, Row, Table
from niangjia.kernel.words import Said, listed, say
from niangjia.payments import queries as payments
from niangjia.payments.rules import LABELS as PAYMENT_LABELS
from niangjia.visits import queries as visits

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication
    from niangjia.visits.models import HomeVisit

LATELY_MONTHS = 12
ORDER, MEMBER_ORDER = list(BY_KEY), list(MEMBER_BY_KEY)


def value_words(*, key: str, value: Value, member: bool) -> object:
    """A fact as people read it."""
    fact = fact_of(key, member=member)
    if fact.shape is Shape.MONEY and isinstance(value, int):
        return Yuan(value)
    if fact.shape is Shape.YES_NO:
        return say("是") if value else say("否")
    if fact.shape is Shape.CHOICE:
        return say((fact.choices or {}).get(str(value), "—"))
    if isinstance(value, list):
        return listed([say(one) for one in value]) if value else say("没有")
    return value


def _source(source: str, day: date) -> Said:
    how = say("上门核实") if source.startswith("visit:") else say("登记")
    return say("{how}，{day}", how=how, day=day)


@dataclass(frozen=True, slots=True)
class Home:
    """The household's file as the reader may see it, with where each thing comes from; what was told anew."""

    facts: Sequence[Table]
    changes: Table | None
    href: str


def home_of(*, row: "AidApplication", actor: Actor, day: date, whole: bool = False) -> Home | None:
    """The file, for who may read household files; `whole` with illness and children (SC-12)."""
    if not whole and not actor.may(HomeWord.READ, at=row.path):
        return None
    with beyond():
        home = row.household
        members = households.members_of(household=home)
        sight = Sight(keeps=True) if whole else households.sight_of(household=home, actor=actor, today=day)
        facts = sorted(households.file_of(household=home, sight=sight), key=_order)
    names = {one.number: one.name if sight.names(one.number) else mask_name(one.name) for one in members}
    people = [
        Row([names[one.number], say(RELATIONS[one.relation]), _age(one.born, day), _proof(one.real)])
        for one in members
    ]
    columns = (Column(say("姓名")), Column(say("关系")), Column(say("年龄"), right=True), Column(say("证件")))
    tables = [
        Table(say("家庭成员"), columns, people, empty=say("还没有登记家庭成员。")),
        _fact_table(facts, names),
    ]
    again = [one for one in facts if one.was is not None and one.was != one.value]
    href = reverse("household", args=[home.pk])
    return Home(tables, _changes(again, names) if again else None, href)


def _order(one: FileFact) -> tuple[int, int]:
    """The household first, then each member, in the order of the form."""
    return one.member or 0, (ORDER if one.member is None else MEMBER_ORDER).index(one.key)


def _age(born: date | None, day: date) -> int | str:
    return age_on(born, day) if born else "—"


def _proof(real: bool) -> Cell:  # noqa: FBT001 - one sign of two
    return Cell(say("已核对"), status="done") if real else Cell(say("未核对"), status="warn")


def _label(one: FileFact, names: dict[int, str]) -> Said:
    words = say(fact_of(one.key, member=one.member is not None).label)
    return say("{name}：{label}", name=names.get(one.member, ""), label=words) if one.member else words


def _fact_table(facts: Sequence[FileFact], names: dict[int, str]) -> Table:
    rows = [
        Row([_label(one, names), value_words(key=one.key, value=one.value, member=one.member is not None),
             _source(one.source, one.told_on)])
        for one in facts
    ]  # fmt: skip
    columns = (Column(say("事项")), Column(say("内容")), Column(say("来源")))
    return Table(say("家庭情况"), columns, rows, empty=say("还没有填写家庭情况。"))


def _changes(facts: Sequence[FileFact], names: dict[int, str]) -> Table:
    """What was told otherwise before: both stand side by side (ui.md B7)."""
    columns = (Column(say("事项")), Column(say("原来")), Column(say("现在")))
    rows = []
    for one in facts:
        member = one.member is not None
        was = value_words(key=one.key, value=one.was or "", member=member)
        now = value_words(key=one.key, value=one.value, member=member)
        cells = [
            _label(one, names),
            Cell(was, note=_source(one.was_source, one.was_on or one.told_on)),
            Cell(now, note=_source(one.source, one.told_on)),
        ]
        rows.append(Row(cells))
    return Table(say("家庭情况的改动"), columns, rows, note=say("{n} 处改动", n=len(rows)))


@dataclass(frozen=True, slots=True)
class Visited:
    """The visit on which the application rests: when, by whom, signed by whom; where it stands."""

    facts: Sequence[Fact] = field(default_factory=tuple)
    href: str = ""


def visit_of(*, row: "AidApplication") -> Visited | None:
    """The newest confirmed visit that counts for it; nothing while nobody was there."""
    with beyond():
        found = confirmed_visit(row=row)
        if found is None:
            return None
        officers = [one.name for one in found.visitors.order_by("pk")]
        facts = [
            Fact(say("走访日期"), day_of(found.visited_at)),
            Fact(say("走访干部"), listed(officers)),
            Fact(say("家庭签名"), found.family_name or say("已签名")),
        ]
    return Visited(facts, reverse("visit", args=[found.pk]))


def confirmed_visit(*, row: "AidApplication") -> "HomeVisit | None":
    """The same as a row; inside `beyond`."""
    since = None
    if row.campaign_id is None:
        since = visits.valid_since(path=row.path, day=day_of(row.created_at))
    return visits.confirmed_visit_of(household_id=row.household_id, campaign_id=row.campaign_id, since=since)


def lately(*, row: "AidApplication", actor: Actor, day: date) -> Table:
    """Other aid to the same household or payee within a year, wherever it was granted (D-21)."""
    columns = (
        Column(say("类别")),
        Column(say("发放工会")),
        Column(say("到账日")),
        Column(say("金额（元）"), right=True),
    )
    with beyond():
        found = list(aid.helped_lately(application=row, since=add_months(day, -LATELY_MONTHS))[:12])
    rows = [
        Row([KINDS[one.kind], one.unit.name, one.paid_on or "—", str(amount_of(row=one) or "—")])
        for one in found
    ]
    return Table(say("近一年的其他帮扶"), columns, rows, empty=say("近一年没有得到其他帮扶。"))


def facts_of(*, row: "AidApplication", actor: Actor, own: bool = False, whole: bool = False) -> list[Fact]:
    """What is asked, by whom and for whom; the decision and the money, once they stand."""
    payee = row.payee.name if own or knows_names(actor=actor, path=row.path) else mask_name(row.payee.name)
    student = (row.student.name if own or whole else mask_name(row.student.name)) if row.student else ""
    unit = row.unit.name
    who: Said | str = say("{unit}代为申请", unit=unit) if row.on_behalf else say("本人申请")
    told = [
        Fact(say("类别"), KINDS[row.kind]),
        Fact(say("收款人"), payee),
        Fact(say("申报工会"), unit),
        Fact(say("申请方"), who),
        Fact(say("年度"), str(row.year)),
    ]
    if row.campaign:
        href = "" if own else reverse("campaign", args=[row.campaign.pk])
        told.append(Fact(say("专项行动"), row.campaign.name, href))
    told += _study(row, student)
    told.append(Fact(say("申请金额"), _yuan(row.asked_fen)))
    if row.other_aid:
        told.append(Fact(say("已获其他资助"), row.other_aid))
    if own or whole:
        told.append(Fact(say("困难情况"), aid.words_of(row=row) or "—"))
    return [*told, *_decided(row, own=own)]


def _yuan(fen: int | None) -> Said | str:
    return "—" if fen is None else say("{n} 元", n=Yuan(fen))


def _study(row: "AidApplication", student: str) -> list[Fact]:
    if row.kind != rules.AidKind.STUDY:
        return []
    stage: Said | str = say(STAGES[row.stage]) if row.stage in STAGES else "—"
    told = [
        Fact(say("学生"), student or "—"),
        Fact(say("学校"), row.school or "—"),
        Fact(say("学段"), stage),
        Fact(say("录取通知书编号"), row.admission_no or "—"),
        Fact(say("一学年学费"), _yuan(row.tuition_fen)),
    ]
    return [*told, Fact(say("就读类别"), say(row.school_kind))] if row.school_kind else told


def _decided(row: "AidApplication", *, own: bool) -> list[Fact]:
    """The round with its notice, the decision, the confirmation, the other application."""
    told: list[Fact] = []
    if row.round is not None:
        href = "" if own else reverse("aid-round", args=[row.round_id])
        told.append(Fact(say("公示批次"), row.round.name, href))
    if row.decided_at is not None and row.amount_fen is not None:
        told.append(Fact(say("批准金额"), _yuan(row.amount_fen)))
        told.append(Fact(say("审批日期"), day_of(row.decided_at)))
    told += _paid(row, own=own)
    if row.confirmed_at:
        words = say("{day}，{how}", day=day_of(row.confirmed_at), how=row.confirmed_how)
        told.append(Fact(say("家庭确认"), words))
    if row.linked_to_id:
        told.append(Fact(say("关联的申请"), say("第 {n} 号", n=row.linked_to_id)))
    return told


def _paid(row: "AidApplication", *, own: bool) -> list[Fact]:
    """The fund, the order, the account, the day."""
    told: list[Fact] = []
    if row.fund_id is not None and not own:
        told.append(Fact(say("资金来源"), fund_name(fund_id=row.fund_id)))
    with beyond():
        order = payments.order_of(about=(rules.KIND, row.pk), scope=EVERYWHERE)
        account = order.account if order else None
    if order is not None:
        href = "" if own else reverse("payment", args=[order.pk])
        told.append(Fact(say("支付单"), PAYMENT_LABELS[order.state], href))
    if account is not None:
        told.append(Fact(say("收款账户"), say("尾号 {tail}", tail=account.tail)))
    if row.paid_on and row.state in {*rules.GRANTED, State.REFUNDED}:
        told.append(Fact(say("到账日"), row.paid_on))
    return told
