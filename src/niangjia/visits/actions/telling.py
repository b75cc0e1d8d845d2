"""What was told at the door goes to the household: members, papers, facts with their versions (R-G-09).

Nothing that was told is lost: an identity number that does not pass is kept as it was typed, a fact that
somebody else told meanwhile is put beside, and whoever lives in another household is named with the pointer.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.households import actions as households
from niangjia.households import queries as homes
from niangjia.households.actions import MemberDraft
from niangjia.households.rules import SELF, Change, Merge
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.words import say
from niangjia.people.rules import Paper
from niangjia.visits.actions.placing import Place
from niangjia.visits.rules import Dweller, VisitDraft

if TYPE_CHECKING:
    from niangjia.households.models import Household
    from niangjia.households.queries import Inmate

TYPED = "id_typed"


def tell(*, draft: VisitDraft, place: Place, source: str, by: Actor, at: datetime) -> dict[str, int]:
    """Everything told stands, or stands beside; returns the version of each fact as told (`member:key`)."""
    home = place.home
    if home is None:
        return {}
    typed = _dwellers(draft, place, home, by=by, at=at)
    changes, wrong = households.changes_of(told=draft.told.values, bases=draft.told.bases)
    for one in filter(None, (draft.head, *draft.members)):
        member = place.members.get(one.ref)
        if member is not None:
            more = {**one.told.values, **typed.get(one.ref, {})}
            found, bad = households.changes_of(told=more, bases=one.told.bases, member=member)
            changes, wrong = changes + found, wrong + bad
    if wrong:
        raise BadInput(fields={str(one.field): one.reasons for one in wrong})
    merge = households.amend(household_id=home.pk, changes=changes, by=by, at=at, source=source)
    return _versions(merge, home)


def _versions(merge: Merge, home: "Household") -> dict[str, int]:
    now = homes.versions_of(household=home)
    return {name: now[name] for name in map(_name, (*merge.entered, *merge.same))}


def _name(change: Change) -> str:
    return f"{change.member}:{change.key}" if change.member else change.key


def _dwellers(
    draft: VisitDraft, place: Place, home: "Household", *, by: Actor, at: datetime
) -> Mapping[str, dict[str, str]]:
    """Everybody told has his number on file; returns identity numbers that did not pass, as facts."""
    there, typed = homes.members_of(household=home), {}
    numbers = {one.number for one in there}
    if draft.head is not None:
        _head(draft.head, place, there)
    for one in draft.members:
        if one.member_id is None:
            _enter(one, place, there, by=by, at=at)
        elif one.member_id in numbers:
            place.members[one.ref] = one.member_id
        else:
            _bar(place, one, say("填写期间已不在这一户的成员里，没有改动。请核对家庭成员。"))
    for one in filter(None, (draft.head, *draft.members)):
        found = next((m for m in there if m.number == place.members.get(one.ref)), None)
        if (
            found is not None
            and one.number
            and not found.real
            and not _proved(one, found, home, by=by, at=at)
        ):
            typed[one.ref] = {TYPED: one.number[:30]}
    return typed


def _head(head: Dweller, place: Place, there: "list[Inmate]") -> None:
    """Who was told as the worker is the head on file; another name is not entered, but said."""
    found = next(one for one in there if one.relation == SELF)
    place.members[head.ref] = found.number
    if found.name != head.name:
        words = "所填户主“{told}”与在册的“{name}”不一致，已登记在册的这一户。请核对是不是同一家。"
        place.notes.append(say(words, told=head.name, name=found.name))


def _enter(one: Dweller, place: Place, there: "list[Inmate]", *, by: Actor, at: datetime) -> None:
    """Somebody met at the door: whoever another phone entered meanwhile is the same by name and relation."""
    taken = set(place.members.values())
    known = [m for m in there if (m.name, m.relation) == (one.name, one.relation) and m.number not in taken]
    if known:
        place.members[one.ref] = known[0].number
        return
    assert place.home is not None  # noqa: S101 - asked by the caller
    draft = MemberDraft(one.relation, one.name, one.number, one.id_kind)
    try:
        row = households.add_member(household_id=place.home.pk, draft=draft, by=by, at=at)
    except BadInput:
        raise
    except Refused as error:
        _bar(place, one, error.reasons[0])
    else:
        place.members[one.ref] = row.pk


def _bar(place: Place, one: Dweller, reason: object) -> None:
    words = say("{name}没有登记进这一户：{reason}", name=one.name or say("有一位成员"), reason=reason)
    place.bars[one.ref] = words
    place.notes.append(words)


def _proved(one: Dweller, found: "Inmate", home: "Household", *, by: Actor, at: datetime) -> bool:
    """Whether the number passes and stands now; else it is kept as typed, to be put right (S-LA-11)."""
    try:
        with transaction.atomic():
            paper = Paper(one.id_kind, one.number)
            households.prove_member(household_id=home.pk, member_id=found.number, paper=paper, by=by, at=at)
    except Refused:
        return False
    return True
