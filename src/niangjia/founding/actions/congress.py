"""The founding group proposes candidates, holds the congress, reports the result signed by two tellers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from niangjia.bodies.rules import PostKind, require_no_relative
from niangjia.founding import queries, rules
from niangjia.founding.actions import desk, papers
from niangjia.founding.actions.asking import editable, own_person
from niangjia.founding.actions.deciding import require_day
from niangjia.founding.actions.stepping import locked, record, require_may, require_version, stepped
from niangjia.founding.models import Candidate, Teller, UnionEstablishment
from niangjia.founding.rules import State
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotVisible, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.network.rules import OrgKind

MAY_PROPOSE = (State.PREPARING,)


@transaction.atomic
def propose_candidate(  # noqa: PLR0913 - a candidate has these parts
    *,
    establishment_id: int,
    name: str,
    post: PostKind,
    relative: str,
    full_time: bool = False,
    by: Actor,
    at: datetime,
) -> Candidate:
    """Somebody stands for a post; a near relative of the employer's head may not (R-ORG-08)."""
    with beyond():
        row = editable(establishment_id=establishment_id, by=by, states=MAY_PROPOSE)
        require_no_relative(relative, kind=OrgKind(row.kind))
        if row.candidates.filter(name=name).exists():
            raise Refused(say("{name} 已是候选人，不用重复提名。", name=name), field="name")
        found = Candidate.objects.create(
            establishment=row,
            person_id=own_person(name=name, by=by, row=row),
            name=name,
            post=post,
            full_time=full_time,
            relative_declared=relative == "no",
        )
        _changed(row, "propose_candidate", by=by, at=at, post=str(post))
    return found


@transaction.atomic
def drop_candidate(*, establishment_id: int, candidate_id: int, by: Actor, at: datetime) -> None:
    """Somebody stands no longer."""
    with beyond():
        row = editable(establishment_id=establishment_id, by=by, states=MAY_PROPOSE)
        found = row.candidates.filter(pk=candidate_id).first()
        if found is None:
            raise NotVisible
        found.delete()
        _changed(row, "drop_candidate", by=by, at=at)


def _changed(row: UnionEstablishment, verb: str, *, by: Actor, at: datetime, **after: Any) -> None:
    row.version += 1
    row.save()
    record(verb=verb, row=row, by=by, at=at, **after)


@dataclass(frozen=True, slots=True)
class Congress:
    """What is said of the congress: who met, when, how many were entitled and came, for how many seats."""

    meeting: rules.Meeting
    congress_on: date
    entitled: int
    present: int
    seats: int


@transaction.atomic
def hold_congress(
    *, establishment_id: int, version: int, congress: Congress, by: Actor, at: datetime
) -> UnionEstablishment:
    """The congress has met as the rules ask: form, quorum, difference, no near relatives (R-ORG-08, 11, 12).

    Raises StepRefused with each thing that does not fit, and its next step.
    """
    with beyond():
        row = _about(establishment_id, "hold_congress", version, by=by)
        require_day(congress.congress_on, at=at, field="congress_on", not_before=row.prepared_on)
        if congress.present > congress.entitled:
            raise Refused(say("实到人数不能多于应到人数。请核对。"), field="present")
        told = {
            "meeting": str(congress.meeting),
            "congress_on": congress.congress_on,
            "entitled": congress.entitled,
            "present": congress.present,
            "seats": congress.seats,
        }
        UnionEstablishment.objects.filter(pk=row.pk).update(**told)
        row, _ = stepped(
            establishment_id=establishment_id, step="hold_congress", version=version, by=by, at=at
        )
        row.save()
        record(verb="hold_congress", row=row, by=by, at=at, congress_on=congress.congress_on.isoformat())
        desk.pass_on(row=row, by=by, at=at)
    return row


def _about(establishment_id: int, step: str, version: int, *, by: Actor) -> UnionEstablishment:
    """The row, locked, at a state from which the step may be taken by the actor."""
    row = locked(establishment_id=establishment_id, actor=by)
    require_may(row=row, step=rules.ESTABLISHMENT.step(row.state, step), by=by)
    require_version(row=row, version=version, step=step)
    return row


@transaction.atomic
def hold_again(
    *, establishment_id: int, version: int, reason: str, by: Actor, at: datetime
) -> UnionEstablishment:
    """The congress is to be held anew: votes and signatures of this one count no more."""
    with beyond():
        row, _ = stepped(establishment_id=establishment_id, step="hold_again", version=version, by=by, at=at)
        row.candidates.update(votes=None, elected=False)
        row.tellers.all().delete()
        row.save()
        record(verb="hold_again", row=row, by=by, at=at, reason=reason)
        desk.pass_on(row=row, by=by, at=at)
    return row


@transaction.atomic
def submit_result(
    *,
    establishment_id: int,
    version: int,
    votes: Mapping[int, int],
    tellers: Sequence[str],
    by: Actor,
    at: datetime,
) -> UnionEstablishment:
    """The votes are counted, two tellers have signed, the report lies with the county.

    Who is elected follows from the votes: more than half of all entitled, the most votes first (R-ORG-11).
    """
    with beyond():
        row = _about(establishment_id, "submit_result", version, by=by)
        _count(row, votes, at=at)
        _sign(row, tellers, by=by, at=at)
        row, _ = stepped(
            establishment_id=establishment_id, step="submit_result", version=version, by=by, at=at
        )
        row.save()
        paper = papers.issue_result(row=row, by=by, at=at)
        record(verb="submit_result", row=row, by=by, at=at, paper=paper.number)
        desk.pass_on(row=row, by=by, at=at)
    return row


def _count(row: UnionEstablishment, votes: Mapping[int, int], *, at: datetime) -> None:
    standing = {one.pk: one for one in row.candidates.all()}
    if set(votes) != set(standing):
        raise StepRefused(
            say("候选人名单刚刚变了。请打开页面看现在的名单，再登记得票。"), step="submit_result"
        )
    over = [one.name for one in standing.values() if votes[one.pk] > (row.present or 0)]
    if over:
        raise BadInput(
            say("{name}的得票多于到会人数 {n}。请核对得票。", name=over[0], n=row.present), field="votes"
        )
    for one in standing.values():
        one.votes, one.elected = votes[one.pk], False
        one.save(update_fields=["votes", "elected"])
    bounds = queries.bounds_for(path=row.path, day=clock.day_of(at))
    chosen = rules.elected_of(
        queries.candidates_of(row=row),
        seats=row.seats or 0,
        entitled=row.entitled or 0,
        majority=bounds.majority,
    )
    row.candidates.filter(name__in=chosen).update(elected=True)


def _sign(row: UnionEstablishment, names: Sequence[str], *, by: Actor, at: datetime) -> None:
    row.tellers.all().delete()
    Teller.objects.bulk_create(
        Teller(establishment=row, name=name, person_id=own_person(name=name, by=by, row=row), signed_at=at)
        for name in dict.fromkeys(names)
    )
