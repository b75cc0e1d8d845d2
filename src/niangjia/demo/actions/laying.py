"""A sketch becomes rows through the public actions: one verb a thing, or many at once where size asks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from niangjia.demo.rules.sketch import EmployerSketch, OrganisationSketch, Sketch
from niangjia.kernel.access import Actor
from niangjia.network import actions as network
from niangjia.network import queries as register
from niangjia.network.actions import bulk
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.network.models import Organisation

Progress = Callable[[str, int, int], None]


def _silent(_what: str, _done: int, _of: int) -> None:
    """Nobody is told."""


@dataclass(slots=True)
class Ground:
    """Where things are laid down, and what lies there already: numbers by the sketch's keys."""

    today: date
    at: datetime
    by: Actor
    tell: Progress = _silent
    units: dict[str, int] = field(default_factory=dict)
    employers: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    zones: dict[str, int] = field(default_factory=dict)
    _divisions: dict[str, int | None] = field(default_factory=dict)

    def division(self, code: str) -> int | None:
        """The number of the division with an official code; None where the divisions are not loaded."""
        if code not in self._divisions:
            found = tree.division_by_code(code=code, day=self.today) if code else None
            self._divisions[code] = found.pk if found else None
        return self._divisions[code]


def lay(*, sketch: Sketch, on: Ground) -> None:
    """Organisations and employers stand, one action for each."""
    for done, row in enumerate(sketch.organisations):
        on.tell("organisations", done, len(sketch.organisations))
        _found(row, on)
    for done, employer in enumerate(sketch.employers):
        on.tell("employers", done, len(sketch.employers))
        _register(employer, on)
    lay_the_rest(sketch=sketch, on=on)


def lay_in_bulk(*, sketch: Sketch, on: Ground) -> None:
    """The same rows as `lay`, in a few statements (a test holds both equal)."""
    on.tell("organisations", 0, len(sketch.organisations))
    foundings = [
        bulk.Founding(row.key, _organisation_draft(row, on), _parent(row, on), row.composed_on)
        for row in sketch.organisations
    ]
    on.units |= bulk.found_organisations(foundings=foundings, today=on.today, by=on.by, at=on.at)
    on.tell("employers", 0, len(sketch.employers))
    registrations = [
        bulk.Registration(
            row.key,
            _employer_draft(row, on),
            on.units[row.keeper],
            tuple((on.units[union], since) for union, since in row.unions),
        )
        for row in sketch.employers
    ]
    on.employers |= bulk.register_employers(registrations=registrations, by=on.by, at=on.at)
    take_statistics()
    lay_the_rest(sketch=sketch, on=on)


def take_statistics() -> None:
    """The planner knows of rows not yet committed; else it may take the tables for empty: minutes, not ms."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT demo_take_statistics()")


def lay_the_rest(*, sketch: Sketch, on: Ground) -> None:
    """Compositions, new names: what is never many."""
    acting: dict[str, Any] = {"by": on.by, "at": on.at}
    for part in sketch.compositions:
        network.compose(
            federation=organisation(unit_id=on.units[part.federation]),
            child=organisation(unit_id=on.units[part.child]),
            since=part.since,
            today=on.today,
            **acting,
        )
    for row in sketch.renamings:
        network.rename_organisation(
            organisation=organisation(unit_id=on.units[row.organisation]),
            name=row.name,
            since=row.since,
            paper=row.paper,
            **acting,
        )


def organisation(*, unit_id: int) -> "Organisation":
    """The organisation of that number."""
    return register.public_organisation(unit_id=unit_id)


def _parent(row: OrganisationSketch, on: Ground) -> str | int | None:
    return on.units.get(row.parent, row.parent) if row.parent else None


def _found(row: OrganisationSketch, on: Ground) -> None:
    parent_id = on.units[row.parent] if row.parent else None
    founded = network.found_organisation(
        draft=_organisation_draft(row, on),
        parent_id=parent_id,
        today=on.today,
        by=on.by,
        at=on.at,
        composed_on=row.composed_on,
    )
    on.units[row.key] = founded.pk


def _register(row: EmployerSketch, on: Ground) -> None:
    employer = network.register_employer(
        draft=_employer_draft(row, on), keeper_id=on.units[row.keeper], by=on.by, at=on.at
    )
    on.employers[row.key] = employer.pk
    for union, since in row.unions:
        network.cover_employer(
            union=organisation(unit_id=on.units[union]), employer=employer, since=since, by=on.by, at=on.at
        )


def _organisation_draft(row: OrganisationSketch, on: Ground) -> network.OrganisationDraft:
    return network.OrganisationDraft(
        **_same(row, network.OrganisationDraft.__dataclass_fields__), division_id=on.division(row.division)
    )


def _employer_draft(row: EmployerSketch, on: Ground) -> network.EmployerDraft:
    return network.EmployerDraft(
        **_same(row, network.EmployerDraft.__dataclass_fields__), division_id=on.division(row.division)
    )


def _same(row: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names if hasattr(row, name)}
