"""What the family asked for goes on at once, in the same transaction (S-LA-03).

An app above opens the case (port `NIANGJIA_VISIT_FOLLOWERS`); where it refuses, the visit stands and the
family is told the reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from niangjia.households import queries as homes
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.saying import said_as_json
from niangjia.kernel.sealing import seal
from niangjia.kernel.words import Said, say
from niangjia.visits.actions.placing import Place
from niangjia.visits.models import HomeVisit, VisitAsk
from niangjia.visits.queries import ASK_TABLE
from niangjia.visits.rules import Ask, AskKind

if TYPE_CHECKING:
    from niangjia.households.queries import Inmate

KEPT = say("已记下，由工会接着办理。")


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What is asked for, for which member of the household, in the family's words."""

    kind: AskKind
    member_id: int
    person_id: int
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Filed:
    """The case that an app above has opened: its kind and number, and how it stands, for the family."""

    about_kind: str
    about_id: int
    standing: Said


class Follower(Protocol):
    """An app above that takes up what was asked for at the door."""

    def __call__(self, *, visit: HomeVisit, asked: AskedFor, by: Actor, at: datetime) -> Filed | None:
        """Open the case, or None for a kind that is not its own; raises Refused with the reason."""


class Hearer(Protocol):
    """An app above that goes on with what waited for a visit."""

    def __call__(self, *, visit: HomeVisit, by: Actor, at: datetime) -> None:
        """A visit stands; called in its transaction, after what was asked for was followed."""


@cache
def _port(path: str) -> Follower:
    return cast("Follower", import_string(path))


def let_hear(*, visit: HomeVisit, by: Actor, at: datetime) -> None:
    """Whoever waited for the visit goes on (port `NIANGJIA_VISIT_HEARERS`)."""
    for path in settings.NIANGJIA_VISIT_HEARERS:
        cast("Hearer", import_string(path))(visit=visit, by=by, at=at)


def follow(*, visit: HomeVisit, asks: Sequence[Ask], place: Place, by: Actor, at: datetime) -> None:
    """Every ask is kept with the visit, with the case that was opened for it or why none was."""
    if not asks or place.home is None:
        return
    there = {one.number: one for one in homes.members_of(household=place.home)}
    for ask, one in _each(asks, place, there):
        row = VisitAsk(visit=visit, person_id=one.person_id, kind=ask.kind)
        if ask.words:
            row.words = seal(ask.words, table=ASK_TABLE, person_id=one.person_id, field="words")
        asked = AskedFor(ask.kind, one.number, one.person_id, one.name, ask.words)
        filed, standing = (
            (None, place.bars[ask.ref]) if ask.ref in place.bars else _filed(visit, asked, by, at)
        )
        if filed is not None:
            row.about_kind, row.about_id = filed.about_kind, filed.about_id
        row.standing = said_as_json(standing)
        row.save(force_insert=True)


def _each(asks: Sequence[Ask], place: Place, there: "dict[int, Inmate]") -> "Iterator[tuple[Ask, Inmate]]":
    """Each ask once, with the member it is for; without one it is for the worker."""
    head = next(iter(there.values()))
    for ask in dict.fromkeys(asks):
        yield ask, there.get(place.members.get(ask.ref, 0), head)


def _filed(visit: HomeVisit, asked: AskedFor, by: Actor, at: datetime) -> tuple[Filed | None, Said]:
    for path in settings.NIANGJIA_VISIT_FOLLOWERS:
        try:
            with transaction.atomic():
                found = _port(path)(visit=visit, asked=asked, by=by, at=at)
        except NiangjiaError as error:
            return None, error.reasons[0]
        if found is not None:
            return found, found.standing
    return None, KEPT
