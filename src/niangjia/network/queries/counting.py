"""Counts of the network, exact at any day and the same for every reader (R-ORG-01, R-G-04).

They come from the roll-up plus the deltas not yet folded: the sum of all changes until that day. They
are numbers only and stand above row-level security, so one figure shows on every screen and in the API.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from niangjia.kernel.errors import NotVisible
from niangjia.network.rules import EmployerKind, Mode, OrgKind, Sector
from niangjia.tree import queries as tree


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands at or under a unit on a day; each figure opens its rows in the register."""

    day: date
    amounts: Mapping[str, int] = field(default_factory=dict)

    def organisations(self, *kinds: OrgKind) -> int:
        """Organisations of these kinds; of all kinds where none is named."""
        return sum(self.amounts.get(f"org:{kind}", 0) for kind in (kinds or OrgKind))

    def federations(self, mode: Mode | None = None) -> int:
        """Second-tier federations, of one coverage mode or of all (S-NB-01, S-NB-07)."""
        return self.amounts.get(f"fed:{mode}" if mode else f"org:{OrgKind.FEDERATION}", 0)

    def employers(self, *kinds: EmployerKind) -> int:
        """Distinct employers covered: each once, however many unions reach it (10 + 14 = 24, not 27)."""
        return sum(self.amounts.get(f"employer:{kind}", 0) for kind in (kinds or EmployerKind))

    def employers_in(self, sector: Sector) -> int:
        """Distinct employers covered in one sector (S-NB-04)."""
        return self.amounts.get(f"sector:{sector}", 0)

    def listed_organisations(self, *, kind: str, mode: str) -> int:
        """How many rows the list of living organisations has; only federations have a mode."""
        if mode:
            return self.federations(Mode(mode)) if kind in {"", OrgKind.FEDERATION} else 0
        return self.organisations(*([OrgKind(kind)] if kind else []))

    def listed_employers(self, *, kind: str, sector: str) -> int:
        """How many rows the list of covered employers has, narrowed by kind or sector or both."""
        if kind and sector:
            return self.amounts.get(f"both:{kind}:{sector}", 0)
        if sector:
            return self.employers_in(Sector(sector))
        return self.employers(*([EmployerKind(kind)] if kind else []))

    @property
    def enterprises_and_institutions(self) -> int:
        """企事业单位: enterprises and public institutions together (S-NB-01)."""
        return self.employers(EmployerKind.ENTERPRISE, EmployerKind.INSTITUTION)

    @property
    def workers(self) -> int:
        """Workers on the covered employers' books: persons as employers report them, not members."""
        return self.amounts.get("workers", 0)


def path_on(*, unit_id: int, day: date) -> str:
    """The path at which a unit stood on a day; a unit that did not exist then is not visible."""
    place = tree.placement_on(unit_id=unit_id, day=day)
    if place is None:
        raise NotVisible
    return place.path


def counts(*, unit_id: int, day: date) -> Counts:
    """The counts at or under one unit on a day."""
    return _counted([path_on(unit_id=unit_id, day=day)], day)[0]


def counts_at(*, paths: Sequence[str], day: date) -> list[Counts]:
    """The counts at or under each of today's paths, in the given order."""
    return _counted(list(paths), day)


def counts_with_sum(
    *, paths: Sequence[str], tops: Sequence[str], day: date
) -> tuple[list[Counts], Counts | None]:
    """The counts at each path, and of several places that do not overlap as one: all in one query."""
    found = counts_at(paths=[*paths, *tops], day=day) if paths or tops else []
    amounts: dict[str, int] = {}
    for one in found[len(paths) :]:
        for measure, amount in one.amounts.items():
            amounts[measure] = amounts.get(measure, 0) + amount
    return found[: len(paths)], Counts(day=day, amounts=amounts) if tops else None


def _counted(paths: list[str], day: date) -> list[Counts]:
    found: dict[str, dict[str, int]] = {path: {} for path in paths}
    with connection.cursor() as cursor:
        cursor.execute("SELECT top, measure, amount FROM network_count(%s, %s)", [paths, day])
        for top, measure, amount in cursor.fetchall():
            found[top][measure] = amount
    return [Counts(day=day, amounts=found[path]) for path in paths]
