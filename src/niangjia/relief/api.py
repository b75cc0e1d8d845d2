"""`/api/aid`: applications for aid as their officers, or their families, read them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field, WithJsonSchema

from niangjia.aid import queries as aid
from niangjia.aid.permissions import Word
from niangjia.aid.rules import AidKind, State
from niangjia.kernel.asked import Number, Whole
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.listing import MOST, part_of

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication

router = Router(tags=["aid"])
Step = Annotated[State, WithJsonSchema({"type": "string", "enum": [*State]})]
Kind = Annotated[AidKind, WithJsonSchema({"type": "string", "enum": [*AidKind]})]
"""Written out where they are used: of two enums of one name the document would keep one."""


def _clean(text: str) -> str:
    if "\x00" in text:
        raise ValueError("no NUL")
    return text


class Asked(Schema):
    """What the list is narrowed to, and which part of it: `after` is the key that the part before gave."""

    state: Step | None = None
    kind: Kind | None = None
    year: Whole | None = None
    campaign: Number | None = None
    round: Number | None = None
    after: Annotated[str, Field(max_length=600), AfterValidator(_clean)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


class ApplicationOut(Schema):
    """An application, by numbers and without words: no name, no illness, no account. Amounts are in fen."""

    id: int
    kind: Kind
    state: Step
    unit_id: int
    household_id: int
    payee_id: int
    student_id: int | None
    campaign_id: int | None
    round_id: int | None
    year: int
    asked_fen: int | None
    amount_fen: int | None
    fund_id: int | None
    on_behalf: bool
    created_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    paid_on: date | None
    confirmed_at: datetime | None
    closed_at: datetime | None
    linked_to_id: int | None
    version: int


class ApplicationsOut(Schema):
    """Part of a list; without `after` it is the last."""

    items: list[ApplicationOut]
    after: str


def _told(row: "AidApplication") -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in ApplicationOut.model_fields}


@router.get("/applications", response=ApplicationsOut, url_name="aid-applications")
@requires(Word.READ)
def applications(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """The applications of the acting post's scope, newest first; a family reads its own."""
    filters = aid.Filters(
        state=asked.state or "",
        kind=asked.kind or "",
        campaign=asked.campaign,
        year=asked.year,
        round=asked.round,
    )
    rows = aid.narrowed(rows=aid.applications_for(actor=actor_of(request)), filters=filters)
    part = part_of(rows=rows, sort="-id", after=asked.after, size=asked.limit)
    return {"items": [_told(row) for row in part.rows], "after": part.after}


@router.get("/applications/{aid_id}", response=ApplicationOut, url_name="aid-application")
@requires(Word.READ)
def application(request: HttpRequest, aid_id: Number) -> Mapping[str, Any]:
    """One application."""
    return _told(aid.application_for(application_id=aid_id, actor=actor_of(request)))
