"""Divisions for pickers and other systems: step by step, by name, one with both codes."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from niangjia.kernel import clock
from niangjia.kernel.asked import Day, Flag, Whole
from niangjia.kernel.doors import open_to_all
from niangjia.tree import queries
from niangjia.tree.models import Division

router = Router(tags=["divisions"])
_HIGHEST = 2**63 - 1


class DivisionOut(Schema):
    """A division: our own number never changes, codes and names do."""

    id: int
    level: int
    name: str
    full_name: str
    since: date
    until: date | None
    successor_id: int | None


class CodeOut(Schema):
    """A code of one of the two official systems and when it held."""

    system: str
    code: str
    since: date
    until: date | None


class StepOut(Schema):
    """One select of the picker."""

    level: int
    label: str
    chosen: int | None
    options: list[DivisionOut]


class DivisionPageOut(Schema):
    """A division with the way to it, its codes and its past."""

    chain: list[DivisionOut]
    codes: list[CodeOut]
    before: list[DivisionOut]
    counts: dict[int, int]


@router.get("/steps", response=list[StepOut])
@open_to_all("the list of divisions is public")
def division_steps(
    request: HttpRequest,
    chosen: Whole | None = None,
    day: Day | None = None,
    everywhere: Flag = False,  # noqa: FBT002 - a parameter of the address
) -> list[queries.PickerStep]:
    """The selects down to the chosen division and one step further; without one the first."""
    return queries.division_steps(
        division_id=_number(chosen), day=day or clock.today(), everywhere=everywhere
    )


@router.get("/find", response=list[DivisionOut])
@open_to_all("the list of divisions is public")
def find_divisions(
    request: HttpRequest, q: str = "", level: Whole | None = None, day: Day | None = None
) -> list[Division]:
    """Divisions by name, by name with those above, or by the beginning of a code; at most 20."""
    level = level if level in Division.Level.values else None
    return queries.find_divisions(text=q, day=day or clock.today(), level=level)


@router.get("/{division_id}", response=DivisionPageOut)
@open_to_all("the list of divisions is public")
def division(request: HttpRequest, division_id: Whole, day: Day | None = None) -> queries.DivisionPage:
    """One division."""
    return queries.division_page(division_id=_number(division_id) or 0, day=day or clock.today())


def _number(number: int | None) -> int | None:
    return number if number is None or 0 < number <= _HIGHEST else 0
