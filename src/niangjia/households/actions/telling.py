"""Something is told of a household: entered, or put beside what others told meanwhile (R-G-09)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from niangjia.households import queries, rules
from niangjia.households.actions.holding import enter, kept, owner_of, sealed, touched
from niangjia.households.models import Household, Proposal
from niangjia.households.queries.told import PROPOSALS
from niangjia.households.rules import Change, Merge
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotVisible
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say

Told = Mapping[str, object]


def changes_of(
    *, told: Told, bases: Mapping[str, int], member: int | None = None
) -> tuple[list[Change], list[BadInput]]:
    """What a form or a phone told, in normal form; and what could not be read, each naming its field."""
    changes, wrong = [], []
    for key, value in told.items():
        if value in (None, ""):
            continue
        try:
            fact = rules.fact_of(key, member=member is not None)
            read = rules.told(fact, value)
        except BadInput as error:
            wrong.append(error)
            continue
        if read not in ("", []):
            changes.append(Change(key, read, bases.get(key, 0), member))
    return changes, wrong


@transaction.atomic
def amend(
    *, household_id: int, changes: Sequence[Change], by: Actor, at: datetime, source: str = ""
) -> Merge:
    """The facts are told; whatever somebody else told meanwhile is kept beside it for a person to decide."""
    row = kept(household_id=household_id, by=by)
    rules.require_told(changes)
    with beyond():
        found = merge_in(row=row, changes=changes, by=by, at=at, source=source)
        if found.entered or found.conflicts:
            note(verb="amend_household", row=row, by=by, at=at, after=told_by(found=found, source=source))
    return found


def merge_in(*, row: Household, changes: Sequence[Change], by: Actor, at: datetime, source: str) -> Merge:
    """What can be entered is entered, the rest stands as a proposal; inside `beyond`, the household held."""
    found = rules.merged(queries.standing_of(household=row), changes)
    for one in found.entered:
        enter(
            row=row,
            change=one,
            by=by,
            at=at,
            source=source,
        )
    for one in found.conflicts:
        _propose(row, one, by=by, at=at, source=source)
    if found.entered or found.conflicts:
        touched(row=row)
    return found


def told_by(*, found: Merge, source: str) -> dict[str, object]:
    """What the journal keeps of a telling: which facts, never their values."""
    return {"changed": _keys(found.entered), "conflicts": _keys(found.conflicts), "source": source}


def _keys(changes: Sequence[Change]) -> list[str]:
    return sorted(f"{one.member}:{one.key}" if one.member else one.key for one in changes)


def note(
    *, verb: str, row: Household, by: Actor, at: datetime, after: Mapping[str, object], reason: str = ""
) -> None:
    """The line of the journal about a household."""
    journal.record(
        verb, by=by, at=at, kind=rules.KIND, object_id=row.pk, person_id=row.head_id, after=after,
        reason=reason,
    )  # fmt: skip


def _propose(row: Household, change: Change, *, by: Actor, at: datetime, source: str) -> None:
    person_id = owner_of(row=row, member_id=change.member)
    Proposal.objects.create(
        household=row,
        member_id=change.member,
        person_id=person_id,
        key=change.key,
        value=sealed(value=change.value, table=PROPOSALS, person_id=person_id),
        base=change.base,
        proposed_at=at,
        proposed_by=by.user_id,
        source=source,
    )


@transaction.atomic
def settle_proposal(
    *, household_id: int, proposal_id: int, take: bool, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Somebody has compared the two tellings: the new one holds, or what stood stays, and why."""
    row = kept(household_id=household_id, by=by)
    with beyond():
        found = next((one for one in queries.proposals_of(household=row) if one.number == proposal_id), None)
        if found is None:
            raise NotVisible(say("这一处已经核定过了，或者不在这一户。请打开家庭档案看现在的情况。"))
        if take:
            change = Change(found.key, found.told, member=found.member)
            enter(
                row=row,
                change=change,
                by=by,
                at=at,
                source=found.source,
            )
        settled = "taken" if take else "left"
        Proposal.objects.filter(pk=found.number).update(settled=settled, settled_by=by.user_id, settled_at=at)
        touched(row=row)
        note(
            verb="settle_proposal",
            row=row,
            by=by,
            at=at,
            after={"key": found.key, "settled": settled},
            reason=reason,
        )
