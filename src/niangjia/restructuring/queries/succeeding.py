"""Who took over from a union that ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from niangjia.kernel.reaching import beyond
from niangjia.restructuring.models import HeirShare, Side
from niangjia.restructuring.queries.reading import HEIR, SOURCE
from niangjia.restructuring.rules import Kind, State

DONE = (State.EXECUTED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Successor:
    """Who took over from a union that ended, since when, by which restructure."""

    unit_id: int
    name: str
    since: date
    restructure_id: int


def ended_paths(*, heir_id: int, day: date) -> list[str]:
    """Where the unions stood that have ended and whose heir a union is, over several heirs too (SC-8).

    Asked before any scope is entered: PostgreSQL answers from the restructures themselves.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT restructuring_ended(%s, %s)", [heir_id, day])
        return [path for (path,) in cursor.fetchall()]


def successors_of(*, unit_ids: Iterable[int]) -> dict[int, list[Successor]]:
    """Who took over from each of the unions that ended: names and days, which everybody may know."""
    found: dict[int, list[Successor]] = {}
    with beyond():
        ended = Side.objects.filter(unit__in=list(unit_ids), part=SOURCE, restructure__state__in=DONE)
        ended = ended.exclude(restructure__kind=Kind.CONVERT).exclude(restructure__source_ends=False)
        for side in ended.select_related("restructure").order_by("-restructure__effective_on"):
            if side.unit_id not in found:
                found[side.unit_id] = list(_heirs(side))
    return found


def _heirs(side: Side) -> Iterable[Successor]:
    day, number = side.restructure.effective_on, side.restructure_id
    heirs = Side.objects.filter(restructure=number, part=HEIR).values_list("unit_id", "unit__name")
    shares = HeirShare.objects.filter(restructure=number).exclude(unit=None)
    names = dict([*heirs, *shares.values_list("unit_id", "unit__name")])
    return (Successor(unit_id or 0, name or "", day, number) for unit_id, name in names.items())
