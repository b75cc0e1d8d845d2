"""The page of one household: who lives there, what stands from what source, what is missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.hearth.queries.around import of_household
from niangjia.hearth.queries.history import events_of
from niangjia.hearth.queries.homes import standing_of
from niangjia.hearth.queries.reached import campaigns_table
from niangjia.hearth.queries.values import Tellers, shown, tellers_of
from niangjia.households import queries as households
from niangjia.households import rules
from niangjia.households.permissions import Word
from niangjia.households.queries import Inmate, Sight, Telling
from niangjia.households.rules import Finding, Section
from niangjia.kernel.access import Actor
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.periods import age_on
from niangjia.kernel.shapes import Act, Cell, Column, Event, Fact, Panel, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.people import queries as people
from niangjia.people.rules.consenting import purpose_of

if TYPE_CHECKING:
    from niangjia.households.models import Household

TOLD = (Column(say("项目")), Column(say("内容")), Column(say("来源与日期")))
LIVING = (
    Column(say("姓名")), Column(say("与户主关系")), Column(say("年龄"), right=True), Column(say("证件")),
    Column(say("身份")), Column(say("月收入"), right=True), Column(say("健康")),
)  # fmt: skip
OVERVIEW = ("identity", "income_month", "health")
HIDDEN = say("不显示")


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the completeness list, and the road to where it is put right."""

    words: Said
    href: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the file, and the road to tell it anew."""

    table: Table
    edit: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything that the page of a household shows."""

    row: "Household"
    name: str
    state: Cell
    keeps: bool
    acts: Sequence[Act]
    checks: Sequence[Check]
    advice: Sequence[Check]
    disputes: Table | None
    members: Table
    parts: Sequence[Part]
    left: Table | None
    consents: Sequence[Fact]
    reached: Table | None
    panel: Panel
    events: Sequence[Event]


def home_page(*, household_id: int, actor: Actor, today: date) -> HomePage:
    """The household as the acting post may know it (App. C, SC-11, SC-12)."""
    row = households.household_for(household_id=household_id, actor=actor)
    sight = households.sight_of(household=row, actor=actor, today=today)
    members = households.members_of(household=row)
    tellings = households.tellings_of(household=row)
    tellers = tellers_of(tellings=tellings)
    found = rules.findings(households.dwelling_of(household=row))
    told = {(one.member, one.key): one for one in tellings}
    return HomePage(
        row=row,
        name=households.name_of(household=row),
        state=standing_of(row=row),
        keeps=sight.keeps,
        acts=_acts(row) if sight.keeps else (),
        checks=[_check(row, one, sight) for one in found if not one.warning],
        advice=[_check(row, one, sight) for one in found if one.warning] if sight.keeps else (),
        disputes=_disputes(row, sight),
        members=_members(row, members, told, sight, today),
        parts=[_part(row, one, told, tellers, sight) for one in rules.SECTIONS],
        left=_left(row, sight),
        consents=consents_of(row=row, members=members, actor=actor, today=today) if sight.keeps else (),
        reached=campaigns_table(household_id=row.pk, actor=actor),
        panel=of_household(household=row, actor=actor, day=today),
        events=events_of(kind=rules.KIND, object_id=row.pk),
    )


def _acts(row: "Household") -> list[Act]:
    return [
        Act(say("添加家庭成员"), reverse("add-household-member", args=[row.pk]), "user-plus"),
        Act(say("更换户主"), reverse("replace-household-head", args=[row.pk]), "users"),
        Act(say("出具家庭情况表"), reverse("household-form", args=[row.pk]), "printer"),
    ]


def _check(row: "Household", one: Finding, sight: Sight) -> Check:
    return Check(one.words, _road(row, one) if sight.keeps else "")


def _road(row: "Household", one: Finding) -> str:
    """Where a missing thing is told."""
    if one.code == "proposals":
        return "#disagreements"
    if one.code in {"nobody", "head"}:
        return reverse("replace-household-head", args=[row.pk])
    if one.code == "identity" and not _is_fact(one):
        return reverse("prove-household-member", args=[row.pk, one.member])
    if one.member is not None:
        return f"{reverse('edit-household-member', args=[row.pk, one.member])}#id_{one.code}"
    section = "income" if one.code == "sums" else rules.section_of(one.code)
    field = "income_year" if one.code == "sums" else one.code
    return f"{reverse('edit-household', args=[row.pk, section])}#id_{field}"


def _is_fact(one: Finding) -> bool:
    """`identity` names both what is missing of the card and what somebody does for a living."""
    return "label" in one.words.values


def name_for(*, one: Inmate, sight: Sight) -> str:
    """A member's name as the reader may read it."""
    return one.name if sight.names(one.number) else mask_name(one.name)


def _members(
    row: "Household",
    members: Sequence[Inmate],
    told: Mapping[tuple[int | None, str], Telling],
    sight: Sight,
    today: date,
) -> Table:
    rows = [
        Row(
            [
                name_for(one=one, sight=sight),
                say(rules.RELATIONS[one.relation]),
                age_on(one.born, today) if one.born else "—",
                proof_of(one=one, sight=sight),
                *(_overview(one, key, told, sight) for key in OVERVIEW),
            ],
            reverse("household-member", args=[row.pk, one.number]),
        )
        for one in members
    ]
    return Table(say("共同生活的人"), LIVING, rows, empty=say("还没有登记共同生活的人。"))


def _overview(one: Inmate, key: str, told: Mapping[tuple[int | None, str], Telling], sight: Sight) -> object:
    if not sight.shows(key, one.number):
        return HIDDEN
    found = told.get((one.number, key))
    return shown(fact=rules.MEMBER_BY_KEY[key], value=found.value if found else None)


def proof_of(*, one: Inmate, sight: Sight) -> Cell:
    """Whether the card was seen; the tail only for whoever keeps the file."""
    if not one.real:
        return Cell(say("未核对"), status="todo")
    tail = say("尾号 {tail}", tail=one.tail) if sight.keeps else ""
    return Cell(say("已核对"), status="done", note=tail)


def _part(
    row: "Household",
    section: Section,
    told: Mapping[tuple[int | None, str], Telling],
    tellers: Tellers,
    sight: Sight,
) -> Part:
    table = told_table(row=row, section=section, member=None, told=told, tellers=tellers, shows=sight.shows)
    edit = reverse("edit-household", args=[row.pk, section.code]) if sight.keeps else ""
    return Part(table, edit)


def told_table(
    *,
    row: "Household",
    section: Section,
    member: int | None,
    told: Mapping[tuple[int | None, str], Telling],
    tellers: Tellers,
    shows: Callable[[str, int | None], bool],
) -> Table:
    """A section with what stands, from what source; each line opens what was told before."""
    rows = []
    for fact in section.facts:
        found = told.get((member, fact.key))
        if not shows(fact.key, member):
            rows.append(Row([say(fact.label), HIDDEN, "—"]))
            continue
        past = [row.pk, fact.key] if member is None else [row.pk, member, fact.key]
        road = "household-history" if member is None else "member-history"
        rows.append(
            Row(
                [
                    say(fact.label),
                    shown(fact=fact, value=found.value if found else None),
                    tellers.said(found) if found else say("还没有填"),
                ],
                reverse(road, args=past) if found else "",
            )
        )
    return Table(section.label, TOLD, rows)


def _disputes(row: "Household", sight: Sight) -> Table | None:
    """Where two tellings differ: both values, and the road to decide."""
    found = households.proposals_of(household=row)
    if not found:
        return None
    rows = [
        Row(
            [
                say("{name}：{label}", name=one.name, label=say(one.label)) if one.name else say(one.label),
                shown(fact=rules.fact_of(one.key, member=one.member is not None), value=one.stands),
                shown(fact=rules.fact_of(one.key, member=one.member is not None), value=one.told),
            ],
            reverse("settle-proposal", args=[row.pk, one.number]) if sight.keeps else "",
        )
        for one in found
        if sight.shows(one.key, one.member)
    ]
    columns = (Column(say("项目")), Column(say("原来的")), Column(say("新填的")))
    note = say("两次填写都留着，请核对后选定；点项目去核定。") if sight.keeps else ""
    return Table(
        say("待核定的不同填写"), columns, rows, note=note, empty=say("有待核定的内容，由登记工会核定。")
    )


def both_told(*, household: "Household", found: households.Disagreement) -> Table:
    """Both values of a fact side by side, each with who told it, when, and from what source."""
    fact = rules.fact_of(found.key, member=found.member is not None)
    stands = next(
        (
            one
            for one in households.tellings_of(household=household)
            if (one.member, one.key) == (found.member, found.key)
        ),
        None,
    )
    told = Telling(
        member=found.member,
        key=found.key,
        value=found.told,
        version=0,
        holds=False,
        at=found.at or household.opened_at,
        by=found.by,
        source=found.source,
    )
    tellers = tellers_of(tellings=[one for one in (stands, told) if one is not None])
    rows = [
        Row([say("内容"), shown(fact=fact, value=found.stands), shown(fact=fact, value=found.told)]),
        Row([say("来源与日期"), tellers.said(stands) if stands else "—", tellers.said(told)]),
    ]
    columns = (Column(say("两次填写")), Column(say("原来的")), Column(say("新填的")))
    return Table(say("两次填写"), columns, rows)


def _left(row: "Household", sight: Sight) -> Table | None:
    found = households.left_of(household=row)
    if not found or not sight.keeps:
        return None
    rows = [
        Row([one.person.name, say(rules.RELATIONS[one.relation]), one.since, one.until, one.left_why])
        for one in found
    ]
    columns = (
        Column(say("姓名")), Column(say("与户主关系")), Column(say("起")), Column(say("止")),
        Column(say("原因")),
    )  # fmt: skip
    return Table(say("不再共同生活的人"), columns, rows)


def consents_of(*, row: "Household", members: Sequence[Inmate], actor: Actor, today: date) -> list[Fact]:
    """Whether the worker has consented to each use of sensitive data (PIPL 29, 31)."""
    purposes = ["finance", "health"]
    small = [one for one in members if one.born and age_on(one.born, today) < rules.CHILD_UNDER]
    purposes += ["child"] if small else []
    href = ""
    if actor.may("people.correct"):
        href = reverse("register-consent", args=[row.head_id])
    return [
        Fact(
            purpose_of(purpose).label,
            say("已单独同意")
            if people.has_consent(person_id=row.head_id, purpose=purpose, day=today)
            else say("还没有同意，可登记书面同意"),
            href,
        )
        for purpose in purposes
    ]


def may_keep(*, row: "Household", actor: Actor) -> bool:
    """Whether the acting post keeps the file."""
    return actor.may(Word.KEEP, at=row.path)
