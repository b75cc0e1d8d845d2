"""On whose desk a step of a file lies: the nearest union with somebody whom the matter does not concern."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from niangjia.accounts import queries as accounts
from niangjia.hardship.models import NeedyWorkerFile
from niangjia.hardship.permissions import Word
from niangjia.hardship.rules import Level, State
from niangjia.households import queries as homes
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.paths import chain_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.workflow import Step
from niangjia.network.rules import OrgKind
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.tree.models import Unit

_COUNTY_UP = (OrgKind.COUNTY, OrgKind.CITY, OrgKind.PROVINCE)
APPROVERS: Mapping[str, Sequence[OrgKind]] = {
    Level.PRIMARY: _COUNTY_UP,
    Level.COUNTY: _COUNTY_UP,
    Level.CITY: _COUNTY_UP[1:],
    Level.PROVINCE: _COUNTY_UP[2:],
    Level.NATIONAL: _COUNTY_UP[2:],
}
"""Which general union approves, by the level of the file (domain.md §2.4)."""


@dataclass(frozen=True, slots=True)
class Desks:
    """The desk of each word, and the natural persons whom the matter concerns (R-G-06)."""

    first: "Unit"
    review: "Unit"
    check: "Unit"
    approve: "Unit"
    recused: frozenset[int]

    def of(self, word: str) -> "Unit":
        """The desk where a step with this word is taken."""
        return {Word.FIRST: self.first, Word.REVIEW: self.review, Word.CHECK: self.check}.get(
            Word(word), self.approve
        )


def recused_of(*, row: NeedyWorkerFile) -> frozenset[int]:
    """Whoever lives with the worker, and officers who declared to be relatives (R-G-06, App. D 14)."""
    with beyond():
        declared = frozenset(row.relatives.values_list("person_id", flat=True))
    family = homes.relatives_of(person_id=row.worker_id) if row.worker_id else frozenset()
    return declared | family


def desks_of(*, row: NeedyWorkerFile, day: date) -> Desks:
    """Where each step is taken today; a desk whose officers are all recused gives way to the next."""
    recused = recused_of(row=row)
    with beyond():
        units = tree.units_in_scope(scope=EVERYWHERE).in_bulk(chain_of(row.path))
    line = sorted(units.values(), key=lambda unit: -len(unit.path))
    county = _from(line, _COUNTY_UP)
    return Desks(
        first=_able(line, Word.FIRST, recused, day),
        review=_able(_from(line, (OrgKind.TOWN, *_COUNTY_UP)), Word.REVIEW, recused, day),
        check=_able(county, Word.CHECK, recused, day),
        approve=_able(_deciding(row, line), Word.APPROVE, recused, day),
        recused=recused,
    )


def _from(line: "Sequence[Unit]", kinds: Sequence[OrgKind]) -> "Sequence[Unit]":
    """The line from the first of these kinds upwards; all of it where none stands."""
    nearest = next((place for kind in kinds for place, unit in enumerate(line) if unit.kind == kind), 0)
    return line[nearest:]


def _deciding(row: NeedyWorkerFile, line: "Sequence[Unit]") -> "Sequence[Unit]":
    """The approving line; an appeal is decided above whoever refused."""
    found = _from(line, APPROVERS[row.level])
    refused = row.refused_unit
    if row.state != State.APPEALED or refused is None:
        return found
    above = [unit for unit in found if len(unit.path) < len(refused.path)]
    return above or found


def _able(line: "Sequence[Unit]", word: Word, recused: frozenset[int], day: date) -> "Unit":
    holders = accounts.holders_at(unit_ids=[unit.pk for unit in line], day=day)
    for unit in line:
        here = [one for one in holders if one.unit_id == unit.pk]
        if any(one.carries(word) and one.person_id not in recused for one in here):
            return unit
    return line[0]


def may_take(*, row: NeedyWorkerFile, step: Step, actor: Actor, desks: Desks) -> bool:
    """Whether the acting post may take a step: the applicant his own, a desk what lies with it."""
    if actor.everywhere:
        return True
    if step.by == Word.APPLY:
        mine = actor.person_id is not None and actor.person_id == row.worker_id
        return mine or actor.may(Word.APPLY, at=row.path)
    here = actor.may(step.by, at=row.path) and actor.unit_id == desks.of(step.by).pk
    return here and actor.person_id not in desks.recused
