"""What lies sealed of a visit, opened for whoever was admitted to it."""

import json
from typing import TYPE_CHECKING, Any

from niangjia.kernel.sealing import INSTALLATION, SealBroken, unseal

if TYPE_CHECKING:
    from niangjia.visits.models import HomeVisit, VisitAsk, Visitor, VisitPlace

TABLE, VISITOR_TABLE = "visits_homevisit", "visits_visitor"
ASK_TABLE, PLACE_TABLE = "visits_visitask", "visits_visitplace"


def _opened(value: Any, *, table: str, person_id: int | None, field: str) -> str:
    if not value:
        return ""
    try:
        return unseal(value, table=table, person_id=person_id or INSTALLATION, field=field)
    except SealBroken:
        return ""


def statement_of(*, visit: "HomeVisit") -> str:
    """The officers' words; empty after an erasure."""
    return _opened(visit.statement, table=TABLE, person_id=visit.person_id, field="statement")


def family_strokes(*, visit: "HomeVisit") -> str:
    """The family's signature as the pen drew it."""
    return _opened(visit.family_signature, table=TABLE, person_id=visit.person_id, field="family_signature")


def strokes_of(*, visitor: "Visitor") -> str:
    """An officer's signature as the pen drew it."""
    return _opened(visitor.signature, table=VISITOR_TABLE, person_id=visitor.person_id, field="signature")


def words_of(*, ask: "VisitAsk") -> str:
    """What the family said of what it asks for."""
    return _opened(ask.words, table=ASK_TABLE, person_id=ask.person_id, field="words")


def point_of(*, place: "VisitPlace") -> dict[str, Any]:
    """Where it was, or nothing any more."""
    told = _opened(place.point, table=PLACE_TABLE, person_id=place.person_id, field="point")
    found: dict[str, Any] = json.loads(told) if told else {}
    return found
