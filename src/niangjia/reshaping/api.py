"""Restructures for other systems: the list and one, as the reader's scope shows them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import WithJsonSchema

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.listing import MOST, part_of
from niangjia.restructuring import queries
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import Kind, State

if TYPE_CHECKING:
    from niangjia.restructuring.models import Restructure

router = Router(tags=["restructures"])
Number = Annotated[int, Field(ge=1, le=10**15 - 1)]
Step = Annotated[State, WithJsonSchema({"type": "string", "enum": [*State]})]
"""Written out where it is used: of two enums of one name the document would keep one."""


class AskedRestructures(Schema):
    """What the list is narrowed to; `after` is the key that the part before gave."""

    kind: Kind | None = None
    state: Step | None = None
    after: Annotated[str, Field(max_length=600, pattern=r"^[^\x00]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class SideOut(Schema):
    """A union that it touches."""

    unit_id: int
    name: str
    part: str


class RestructureOut(Schema):
    """A restructure: what, for whom, from which day, how far."""

    id: int
    kind: Kind
    state: Step
    effective_on: date
    desk_id: int
    title: str
    decision_no: str
    audit_no: str
    sides: list[SideOut]


class RestructuresOut(Schema):
    """Part of a list; without `after` it is the last."""

    items: list[RestructureOut]
    after: str


@router.get("", response=RestructuresOut, summary="Restructures of the reader's scope")
@requires(Word.READ)
def restructures(request: HttpRequest, asked: Query[AskedRestructures]) -> dict[str, Any]:
    """The latest effective day first."""
    rows = queries.restructures_in_scope(scope=actor_of(request).scope_for(Word.READ))
    rows = rows.filter(kind=asked.kind) if asked.kind else rows
    rows = rows.filter(state=asked.state) if asked.state else rows
    found = part_of(rows=rows, sort="-effective_on", after=asked.after, size=asked.limit)
    queries.tell_whole(rows=found.rows)
    return {"items": [_out(row) for row in found.rows], "after": found.after}


@router.get("/{restructure_id}", response=RestructureOut, summary="One restructure")
@requires(Word.READ)
def restructure_api(request: HttpRequest, restructure_id: Number) -> dict[str, Any]:
    """One of them, or 404."""
    scope = actor_of(request).scope_for(Word.READ)
    return _out(queries.restructure_in_scope(restructure_id=restructure_id, scope=scope))


def _out(row: "Restructure") -> dict[str, Any]:
    names = ("kind", "state", "effective_on", "desk_id", "decision_no", "audit_no")
    sides = [{"unit_id": s.unit_id, "name": s.unit.name, "part": s.part} for s in row.sides.all()]
    told = {name: getattr(row, name) for name in names}
    return {"id": row.pk, "title": str(queries.title_of(row=row)), "sides": sides, **told}
