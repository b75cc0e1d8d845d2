"""Find my union: by employer, place and form of work; nobody is sent away (domain.md §2.4, R-MEM-10)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, When
from django.db.models.functions import Length

from niangjia.bodies import queries as bodies
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.reaching import beyond
from niangjia.members.rules import Form
from niangjia.network import queries as network
from niangjia.network.rules import EmployerKind, Mode, OrgKind, Sector
from niangjia.tree import queries as tree
from niangjia.welcome.rules import Candidate, Why, ranked

if TYPE_CHECKING:
    from niangjia.joining.models import JoinQr
    from niangjia.network.models import Employer, Organisation

SHOWN = 12
ON_WHEELS = (Form.DRIVER, Form.COURIER, Form.RIDER, Form.HAILING)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody tells who does not know his union; any of it may be missing."""

    employer: str = ""
    place: str = ""
    form: str = ""

    @property
    def anything(self) -> bool:
        """Whether he told anything."""
        return bool(self.employer or self.place or self.form)


def unions_for(*, asked: Asked, today: date) -> Sequence[Candidate]:
    """The unions that may take the worker, the nearest first; without a union: federation, else town."""
    if not asked.anything:
        return ()
    with beyond():  # names and kinds of unions and employers are open to whoever asks
        found = [*_by_employer(asked.employer, today), *_by_place(asked, today)]
    return ranked(found)[:SHOWN]


def _by_employer(name: str, today: date) -> Iterator[Candidate]:
    """The union that covers an employer of that name; of a blind spot the federation or town above it."""
    if not name:
        return
    rows: list[Employer] = []
    for covered in (None, False):
        filters = network.Filters(name=name, covered=covered)
        found = network.employers_in_scope(scope=EVERYWHERE, filters=filters, today=today)
        rows += found.exclude(kind=EmployerKind.MERCHANT).order_by(Length("name"), "pk")[:SHOWN]
    covering = network.unions_covering(employers=[row.pk for row in rows], day=today)
    for row in rows:
        held = covering.get(row.pk)
        if held is not None:
            yield _candidate(held.union, Why.EMPLOYER, row)
        for zone in bodies.zones_in_scope(scope=EVERYWHERE, employer=row)[:2]:
            yield from _above(zone.keeper_id, Why.WORKPLACE, row, today)
        if held is None:
            yield from _above(row.keeper_id, Why.PLACE, row, today)


def _above(unit_id: int, why: Why, employer: "Employer", today: date) -> Iterator[Candidate]:
    """The unit itself, or the first above it that has members of its own."""
    unit = tree.public_unit(unit_id=unit_id)
    ids = [unit.pk, *(one.pk for one in reversed(list(tree.chain_above(path=unit.path))))]
    rows = network.public_organisations(filters=network.Filters(), today=today).filter(pk__in=ids)
    by_id = {row.pk: row for row in rows}
    first = next((by_id[one] for one in ids if one in by_id and _takes(by_id[one])), None)
    if first is not None:
        yield _candidate(first, Why.TOWN if first.kind == OrgKind.TOWN else why, employer)


def _takes(row: "Organisation") -> bool:
    return row.kind in {OrgKind.FEDERATION, OrgKind.TOWN, OrgKind.JOINT, OrgKind.SINGLE}


def _by_place(asked: Asked, today: date) -> Iterator[Candidate]:
    """The trade's federation where he works or stays, the place's own, its town (R-MEM-10)."""
    under = _county_of(asked.place, today)
    if asked.form:
        yield from _trades(asked.form, under, today)
    if not asked.place:
        return
    for division in tree.find_divisions(text=asked.place, day=today, limit=5):
        chain = [one.pk for one in tree.division_chain(division_id=division.pk)]
        filters = network.Filters(kinds=(OrgKind.FEDERATION, OrgKind.TOWN))
        rows = network.public_organisations(filters=filters, today=today)
        for row in rows.filter(unit__division_id__in=chain[-2:]).exclude(mode=Mode.TRADE)[:SHOWN]:
            yield _candidate(row, Why.TOWN if row.kind == OrgKind.TOWN else Why.PLACE)


def _trades(form: str, under: str, today: date) -> Iterator[Candidate]:
    """Federations of the trade, those of the place first; drivers, couriers, riders belong to logistics."""
    filters = network.Filters(kinds=(OrgKind.FEDERATION,), modes=(Mode.TRADE,), under=under)
    rows = network.public_organisations(filters=filters, today=today)
    near = Case(When(sector=Sector.LOGISTICS, then=0), default=1) if form in ON_WHEELS else "name"
    for row in rows.order_by(near, "path")[:SHOWN]:
        yield _candidate(row, Why.TRADE)


def _county_of(place: str, today: date) -> str:
    """The path of the county union of a place, so that a driver is offered the federation of his county."""
    if not place:
        return ""
    for division in tree.find_divisions(text=place, day=today, limit=1):
        chain = {one.pk: level for level, one in enumerate(tree.division_chain(division_id=division.pk))}
        rows = network.public_organisations(filters=network.Filters(kinds=(OrgKind.COUNTY,)), today=today)
        found = rows.filter(unit__division_id__in=chain).first()
        return found.path if found else ""
    return ""


def _candidate(union: "Organisation", why: Why, employer: "Employer | None" = None) -> Candidate:
    told = (employer.pk, employer.name) if employer else (None, "")
    return Candidate(union.pk, union.name, OrgKind(union.kind), why, *told)


def workplaces_of(*, zone_id: int, today: date) -> "list[Employer]":
    """The employers of a zone, for whoever scans its code to say where he works."""
    with beyond():
        here = bodies.lying_in(zone_id=zone_id, day=today)
        rows = network.employers_among(scope=EVERYWHERE, ids=here).order_by("name")
        return list(rows.exclude(kind=EmployerKind.MERCHANT)[:500])


def union_at(*, unit: "Organisation", workplace_id: int | None, today: date) -> "Organisation":
    """Where somebody joins who works there: his workplace's union if it lies under the code's, else that.

    Not the union of whoever pays him: a counter assistant of a brand elsewhere joins the mall's (R-ORG-04).
    """
    if workplace_id is None:
        return unit
    with beyond():
        held = network.unions_covering(employers=[workplace_id], day=today).get(workplace_id)
    inside = held is not None and held.union.path.startswith(unit.path)
    return held.union if held is not None and inside and _takes(held.union) else unit


def employer_of(*, code: "JoinQr | None", unit: "Organisation", today: date) -> tuple[int, str] | None:
    """The employer that need not be asked for: the code's, or the one that a single union stands for."""
    if code is not None and code.employer_id is not None and code.employer is not None:
        return code.employer_id, code.employer.name
    if unit.kind != OrgKind.SINGLE:
        return None
    with beyond():
        filters = network.Filters(under=unit.path)
        rows = network.employers_in_scope(scope=EVERYWHERE, filters=filters, today=today)
        found = list(rows.values_list("pk", "name")[:2])
    return found[0] if len(found) == 1 else None
