"""Who reviews and who approves an application, and who steps aside (R-G-06, R-AID-15)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from niangjia.aid.models import AidApplication
from niangjia.aid.permissions import Word
from niangjia.aid.rules import Place, approver_of
from niangjia.households import queries as households
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.money import Yuan
from niangjia.kernel.paths import chain_of
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.workflow import Step
from niangjia.network.rules import OrgKind
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.tree.models import Unit


@dataclass(frozen=True, slots=True)
class Desks:
    """The town reviews, the level whose limit holds the sum approves; `recused` never decide it."""

    review: "Unit"
    approve: "Unit"
    recused: frozenset[int]


def limits_at(*, unit_id: int, day: date) -> dict[str, Yuan]:
    """The limit of approval of each level, as the policy in force there says."""
    with beyond():
        rows = value_of(key="aid.approval_limits", unit_id=unit_id, day=day).of(tuple)
    return {one["level"]: one["amount"] for one in rows}


def desks_of(*, row: AidApplication, day: date) -> Desks:
    """The desks of an application, by where its union stands and by its sum."""
    with beyond():
        line = list(tree.units_in_scope(scope=EVERYWHERE).in_bulk(chain_of(row.path)).values())
        recused = households.relatives_of(person_id=row.payee_id)
        if row.student_id is not None:
            recused |= households.relatives_of(person_id=row.student_id)
    by_kind = {OrgKind(unit.kind): unit for unit in sorted(line, key=lambda unit: unit.path)}
    places = [Place(unit.pk, OrgKind(unit.kind)) for unit in line]
    amount = Yuan(row.amount_fen or row.asked_fen or 0)
    chosen = approver_of(places, amount, limits_at(unit_id=row.unit_id, day=day))
    approve = next(unit for unit in line if unit.pk == chosen.number)
    return Desks(by_kind.get(OrgKind.TOWN, approve), approve, recused)


def may_take(*, row: AidApplication, step: Step, actor: Actor, desks: Desks) -> bool:
    """Whether the acting post may take a step: the family its own, a desk the decision that is its."""
    if actor.everywhere:
        return True
    if step.by == Word.ASK:
        mine = actor.person_id is not None and actor.person_id == row.payee_id
        return mine or actor.may(Word.ASK, at=row.path)
    if actor.person_id is not None and actor.person_id in desks.recused:
        return False
    if step.by == Word.PAY:
        return actor.may(Word.PAY, at=row.path)
    desk = desks.review if step.by == Word.REVIEW else desks.approve
    return actor.may(step.by, at=row.path) and actor.unit_id == desk.pk
