"""One visit as the office sees it: what was told, what differs, who signed, what was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.households import queries as homes
from niangjia.households.queries import ToldThere
from niangjia.households.rules import About
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import SHANGHAI
from niangjia.kernel.reaching import beyond
from niangjia.kernel.saying import said_from_json
from niangjia.kernel.shapes import Act, Cell, Fact
from niangjia.kernel.words import Said, say
from niangjia.visiting.queries.listing import standing
from niangjia.visiting.queries.values import said_value
from niangjia.visits import queries as visits
from niangjia.visits.permissions import Word

if TYPE_CHECKING:
    from niangjia.papers.models import Paper
    from niangjia.visits.models import HomeVisit

SETTLED = {"taken": say("采用了新填的"), "left": say("保留了原来的")}


@dataclass(frozen=True, slots=True)
class Difference:
    """Two tellings of one fact, both shown; `href` is where a person decides (App. D 15)."""

    name: str
    label: Said
    stands: Said | str
    told: Said | str
    settled: Said | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody who signed: the path of his pen, or that he typed his name."""

    name: str
    role: Said | str
    strokes: str


@dataclass(frozen=True, slots=True)
class VisitPage:
    """Everything that the page of a visit shows."""

    row: "HomeVisit"
    title: str
    state: Cell
    facts: Sequence[Fact]
    statement: str
    told: Sequence[tuple[Said | str, Sequence[Fact]]]
    differences: Sequence[Difference]
    notes: Sequence[Said]
    asks: Sequence[visits.AskedThere]
    signed: Sequence[Signed]
    acts: Sequence[Act]
    record: "Paper | None"
    photos: tuple[int, int] = field(default=(0, 0))

    @property
    def open_differences(self) -> int:
        """How many a person must still decide."""
        return sum(one.settled is None for one in self.differences)


def visit_page(*, visit_id: int, actor: Actor) -> VisitPage:
    """The visit; whoever reads without keeping the file does not read of illness (R-G-03, SC-11)."""
    row = visits.visit_for(visit_id=visit_id, actor=actor)
    keeps = actor.may("households.keep", at=row.path)
    tellings = [
        one
        for one in visits.tellings_of(visit=row)
        if keeps or one.fact.about not in {About.HEALTH, About.FINANCE}
    ]
    with beyond():
        record = visits.record_of(visit=row)
        asks = visits.asked_at(visit=row)
        title = homes.name_of(household=row.household) if row.household else row.target and row.target.name
        arrived = [one.arrived_at is not None for one in row.photos.all()]
        signed, facts = _signed(row), _facts(row)
    return VisitPage(
        row=row,
        title=str(title or "—"),
        state=standing(row=row),
        facts=facts,
        statement=visits.statement_of(visit=row) if keeps else "",
        told=_told(tellings),
        differences=[_difference(row, one, keeps=keeps) for one in tellings if one.conflicts],
        notes=[said_from_json(one) for one in row.notes],
        asks=asks,
        signed=signed,
        acts=_acts(row, actor, has_record=record is not None),
        record=record,
        photos=(sum(arrived), len(arrived)),
    )


def _facts(row: "HomeVisit") -> list[Fact]:
    told: list[Fact] = [
        Fact(say("走访工会"), row.unit.name),
        Fact(say("专项行动"), row.campaign.name if row.campaign else "—"),
        Fact(say("走访时间（手机）"), _moment(row.visited_at)),
        Fact(say("收到时间（平台）"), _moment(row.received_at)),
    ]
    if row.household_id:
        told.insert(0, Fact(say("家庭编号"), str(row.household_id)))
    if row.voided_at is not None:
        told += [Fact(say("作废时间"), _moment(row.voided_at)), Fact(say("作废事由"), row.void_why)]
    return told


def _moment(at: datetime) -> str:
    """A moment short enough for the rail."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _signed(row: "HomeVisit") -> list[Signed]:
    found = [
        Signed(one.name, say("走访干部"), visits.strokes_of(visitor=one))
        for one in row.visitors.order_by("pk")
    ]
    if row.family_signed_at is not None:
        role = say("家人，{relation}", relation=row.family_relation) if row.family_relation else say("家人")
        found.append(Signed(row.family_name, role, visits.family_strokes(visit=row)))
    return found


def _told(tellings: Sequence[ToldThere]) -> list[tuple[Said | str, list[Fact]]]:
    """What was told, of the household first, then of each member."""
    groups: dict[str, list[Fact]] = {}
    for one in tellings:
        value = said_value(fact=one.fact, value=one.told)
        groups.setdefault(one.name, []).append(Fact(Said(one.fact.label), value))
    return [(name or say("家庭情况"), facts) for name, facts in groups.items()]


def _difference(row: "HomeVisit", one: ToldThere, *, keeps: bool) -> Difference:
    href = reverse("settle-difference", args=[row.pk, one.proposal]) if keeps and not one.settled else ""
    return Difference(
        one.name,
        Said(one.fact.label),
        said_value(fact=one.fact, value=one.stands),
        said_value(fact=one.fact, value=one.told),
        SETTLED.get(one.settled),
        href,
    )


def _acts(row: "HomeVisit", actor: Actor, *, has_record: bool) -> list[Act]:
    found: list[Act] = []
    if row.voided_at is not None:
        return found
    if not has_record and row.household_id and actor.may(Word.MAKE, at=row.path):
        href = reverse("issue-visit-record", args=[row.pk])
        found.append(Act(say("补出走访记录"), href, icon="printer", post=True))
    if actor.may(Word.VOID, at=row.path):
        found.append(Act(say("作废这次走访"), reverse("void-visit", args=[row.pk]), kind="stop"))
    return found
