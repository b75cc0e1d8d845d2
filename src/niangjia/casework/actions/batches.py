"""Many applications at once: exactly those that were shown, all of them or none (ui.md B4)."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.aid import actions as aid
from niangjia.casework import queries
from niangjia.casework.rules import Chosen, require_same
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.words import Said, say

if TYPE_CHECKING:
    from niangjia.aid.models import Round

SHOWN = 12


@transaction.atomic
def act_on_all(*, key: str, seen: Chosen, fund_id: int | None = None, by: Actor, at: datetime) -> int:
    """What a batch does to each application that was seen, in order; how many were done.

    Raises Refused naming each application that cannot go on, and why: then none has.
    """
    _require_standing(key, seen, by)
    steps: dict[str, Callable[[int], object]] = {
        "approve": lambda one: aid.approve_application(
            application_id=one, version=None, amount=None, fund_id=fund_id or 0, by=by, at=at
        ),
        "order": lambda one: aid.order_aid(application_ids=[one], by=by, at=at),
        "close": lambda one: aid.close_application(application_id=one, version=None, by=by, at=at),
    }
    reasons = [said for one in seen.numbers for said in _tried(steps[key], one)]
    if reasons:
        raise Refused(say("一件都没有办：下面这些还不能办，请先办好或挑出。"), *reasons[:SHOWN])
    return seen.count


def _tried(step: Callable[[int], object], number: int) -> list[Said]:
    try:
        with transaction.atomic():
            step(number)
    except (Refused, NotAllowed) as error:
        return [say("第 {number} 号：{reason}", number=number, reason=one) for one in error.reasons]
    return []


@transaction.atomic
def open_round_of(
    *, seen: Chosen, name: str, starts_on: date, board: str, by: Actor, at: datetime
) -> "Round":
    """Reviewed applications are posted together, exactly those that were seen."""
    _require_standing("round", seen, by)
    return aid.open_round(
        application_ids=list(seen.numbers), name=name, starts_on=starts_on, board=board, by=by, at=at
    )


def _require_standing(key: str, seen: Chosen, by: Actor) -> None:
    """What stands now of the numbers that were seen is what was seen: same numbers, count and sum."""
    rows = queries.rows_for(key=key, actor=by, told={}, but=frozenset())
    found: Sequence[object] = list(rows.filter(pk__in=seen.numbers))
    require_same(seen, queries.chosen_of(rows=found))  # type: ignore[arg-type]
