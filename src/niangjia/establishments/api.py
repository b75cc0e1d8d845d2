"""`/api/founding`: establishments as their officers, or their founders, read them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field, WithJsonSchema

from niangjia.founding import queries
from niangjia.founding.permissions import Word
from niangjia.founding.rules import State
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.listing import MOST, part_of

if TYPE_CHECKING:
    from niangjia.founding.models import UnionEstablishment

router = Router(tags=["founding"])
Number = Annotated[int, Field(ge=1, le=10**15 - 1)]
Step = Annotated[State, WithJsonSchema({"type": "string", "enum": [*State]})]
"""Written out where it is used: of two enums of one name the document would keep one."""
Kind = Literal["single_primary_union", "joint_primary_union", "union_federation"]


def _clean(text: str) -> str:
    if "\x00" in text:
        raise ValueError("no NUL")
    return text


class Asked(Schema):
    """What the list is narrowed to, and which part of it: `after` is the key that the part before gave."""

    state: Step | None = None
    kind: Kind | None = None
    name: Annotated[str, Field(max_length=60), AfterValidator(_clean)] = ""
    after: Annotated[str, Field(max_length=600), AfterValidator(_clean)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class EstablishmentOut(Schema):
    """An establishment; `organisation_id` is the union once it stands."""

    id: int
    name: str
    kind: Kind
    state: Step
    parent_id: int
    workers: int
    members: int
    term_years: int
    submitted_at: datetime | None
    prepared_on: date | None
    congress_on: date | None
    entitled: int | None
    present: int | None
    seats: int | None
    approved_on: date | None
    reply_no: str
    organisation_id: int | None
    registered_on: date | None
    version: int


class EstablishmentsOut(Schema):
    """Part of a list; without `after` it is the last."""

    items: list[EstablishmentOut]
    after: str


def _told(row: "UnionEstablishment") -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in EstablishmentOut.model_fields}


@router.get("/establishments", response=EstablishmentsOut, url_name="founding-establishments")
@requires(Word.READ)
def establishments(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """The establishments of the acting post's scope, newest first; founders read their own."""
    filters = queries.Filters(state=asked.state or "", kind=asked.kind or "", name=asked.name)
    rows = queries.narrowed(rows=queries.establishments_for(actor=actor_of(request)), filters=filters)
    part = part_of(rows=rows, sort="-id", after=asked.after, size=asked.limit)
    return {"items": [_told(row) for row in part.rows], "after": part.after}


@router.get(
    "/establishments/{establishment_id}", response=EstablishmentOut, url_name="founding-establishment"
)
@requires(Word.READ)
def establishment(request: HttpRequest, establishment_id: Number) -> Mapping[str, Any]:
    """One establishment."""
    return _told(queries.establishment_for(establishment_id=establishment_id, actor=actor_of(request)))
