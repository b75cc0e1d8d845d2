"""The JSON of a phone becomes a draft, or bad input that names the field and what to do. Pure.

Facts are left as they were typed: the households app reads them by its own catalogue.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.words import say
from niangjia.visits.rules.draft import (
    Ask,
    Dweller,
    Family,
    Origin,
    Point,
    Told,
    VisitDraft,
    Visitor,
    Whom,
)
from niangjia.visits.rules.flow import AskKind, Result
from niangjia.visits.rules.signing import Signature, strokes_of

Json = Mapping[str, Any]
Thing = TypeVar("Thing")
Choice = TypeVar("Choice", bound=StrEnum)
LONG, MIDDLE, SHORT = 2_000, 300, 50
MOST_MEMBERS, MOST_ASKS, MOST_PHOTOS, MOST_VISITORS, MOST_FACTS = 30, 20, 12, 5, 100
HIGHEST = 2**63 - 1
_SHA = re.compile(r"[0-9a-f]{64}")
_REF = re.compile(r"\d{1,18}|n\d{1,3}")


def draft_from(body: bytes) -> VisitDraft:
    """The draft of a body as the phone wrote it."""
    try:
        told = json.loads(body)
        plain = json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise _unreadable("visit") from error
    if not isinstance(told, dict) or rb"\u0000" in plain:
        raise _unreadable("visit")
    return read_draft(told)


def read_draft(told: Json) -> VisitDraft:
    """The draft of what was told."""
    return VisitDraft(
        whom=_whom(_part(told, "whom")),
        visited_at=_moment(told, "visited_at"),
        result=_choice(told, "result", Result),
        statement=_text(told, "statement", LONG),
        visitors=_each(told, "visitors", _visitor, most=MOST_VISITORS),
        family=_family(told["family"]) if told.get("family") else None,
        head=_dweller(told["head"]) if told.get("head") else None,
        members=_each(told, "members", _dweller, most=MOST_MEMBERS),
        told=_told(told),
        asks=_each(told, "asks", _ask, most=MOST_ASKS),
        photos=_each(told, "photos", _sha, most=MOST_PHOTOS),
        point=_point(told["point"]) if told.get("point") else None,
        origin=_origin(told["origin"]) if told.get("origin") else None,
    )


def _unreadable(field: str) -> BadInput:
    words = say("“{field}”一项看不懂，什么都没有丢。请用最新的走访页面重新打开后再送。", field=field)
    return BadInput(words, field=field)


def _part(told: Json, name: str) -> Json:
    found = told.get(name) or {}
    if not isinstance(found, dict):
        raise _unreadable(name)
    return found


def _each(told: Json, name: str, read: Callable[[Any], Thing], *, most: int) -> tuple[Thing, ...]:
    found = told.get(name) or []
    if not isinstance(found, list) or len(found) > most:
        raise _unreadable(name)
    return tuple(read(one) for one in found)


def _text(told: Json, name: str, most: int = SHORT) -> str:
    found = told.get(name) or ""
    if not isinstance(found, str) or len(found) > most:
        raise _unreadable(name)
    return found.strip()


def _number(told: Json, name: str) -> int | None:
    found = told.get(name)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool) or not 0 < found <= HIGHEST:
        raise _unreadable(name)
    return found


def _choice(told: Json, name: str, choices: type[Choice]) -> Choice:
    try:
        return choices(told.get(name) or "")
    except ValueError:
        raise _unreadable(name) from None


def _moment(told: Json, name: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(told.get(name)))
    except ValueError:
        raise _unreadable(name) from None
    if found.tzinfo is None or not 1990 < found.year < 2200:  # noqa: PLR2004 - what a register can hold
        raise _unreadable(name)
    return found.astimezone(UTC)


def _whom(told: Json) -> Whom:
    return Whom(*(_number(told, name) for name in ("campaign", "target", "household", "unit")))


def _told(told: Json) -> Told:
    facts = _part(told, "facts")
    if len(facts) > MOST_FACTS:
        raise _unreadable("facts")
    values, bases = {}, {}
    for key, one in facts.items():
        if not isinstance(one, Mapping) or not isinstance(one.get("value"), str | int | bool | list):
            raise _unreadable(str(key))
        values[str(key)] = one["value"]
        bases[str(key)] = _number(one, "base") or 0 if one.get("base") else 0
    return Told(values, bases)


def _dweller(told: Any) -> Dweller:
    if not isinstance(told, dict) or not _REF.fullmatch(str(told.get("ref") or "")):
        raise _unreadable("members")
    kind = _choice(told, "id_kind", IdKind) if told.get("id_kind") else IdKind.RESIDENT
    return Dweller(
        ref=str(told["ref"]),
        told=_told(told),
        name=_text(told, "name"),
        relation=_text(told, "relation"),
        number=_text(told, "number"),
        id_kind=kind,
    )


def _ask(told: Any) -> Ask:
    if not isinstance(told, dict):
        raise _unreadable("asks")
    return Ask(_choice(told, "kind", AskKind), _text(told, "ref"), _text(told, "words", MIDDLE))


def _signature(told: Json, field: str) -> Signature:
    strokes = strokes_of(told.get("strokes"), field=field)
    return Signature(_text(told, "name"), strokes, ticked=told.get("ticked") is True)


def _visitor(told: Any) -> Visitor:
    user_id = _number(told, "user") if isinstance(told, dict) else None
    if user_id is None:
        raise _unreadable("visitors")
    return Visitor(user_id, _signature(told, "visitors"))


def _family(told: Any) -> Family:
    if not isinstance(told, dict):
        raise _unreadable("family")
    return Family(_signature(told, "family"), _text(told, "relation"))


def _sha(told: Any) -> str:
    if not isinstance(told, str) or not _SHA.fullmatch(told):
        raise _unreadable("photos")
    return told


def _point(told: Any) -> Point:
    numbers: Sequence[Any] = (
        [told.get(name) for name in ("latitude", "longitude", "accuracy")] if isinstance(told, dict) else []
    )
    if not numbers or not all(isinstance(one, int | float) for one in numbers):
        raise _unreadable("point")
    latitude, longitude, accuracy = numbers
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= accuracy <= 1e6):  # noqa: PLR2004
        raise _unreadable("point")
    return Point(round(float(latitude), 6), round(float(longitude), 6), int(accuracy))


def _origin(told: Any) -> Origin:
    try:
        device, seq = UUID(str(told["device"])), int(told["seq"])
    except (ValueError, TypeError, KeyError):
        raise _unreadable("origin") from None
    skew = told.get("skew")
    if not 0 < seq < 2**31 or not (skew is None or (isinstance(skew, int) and abs(skew) < 2**31)):
        raise _unreadable("origin")
    return Origin(device, seq, skew)
