"""Workers become members, one by one as at the counter, or many at once where size asks (proven equal)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from niangjia.demo.actions.laying import Ground
from niangjia.demo.rules.crowds import WorkerSketch
from niangjia.kernel.errors import Refused
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.words import say
from niangjia.members import actions as members
from niangjia.members.actions.bulk import Admission, admit_all
from niangjia.people import actions as people
from niangjia.people.actions.bulk import Registration, register_all
from niangjia.people.rules import Paper

if TYPE_CHECKING:
    from niangjia.members.models import Membership

CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Joining:
    """A worker who joins a union on a day, with the employer he works for."""

    worker: WorkerSketch
    union_id: int
    since: date
    employer_id: int | None = None


def enrol(*, joining: Joining, on: Ground, beside: bool = False) -> "Membership":
    """The worker is a member as the officer at the counter enters him."""
    told, draft = joining.worker, _draft(joining)
    worker = members.Worker(people.PersonDraft(told.name), _paper(told), told.mobile)
    return members.enrol_worker(
        worker=worker, union_id=joining.union_id, since=joining.since, draft=draft, beside=beside,
        by=on.by, at=on.at,
    )  # fmt: skip


def enrol_or_attach(*, joining: Joining, on: Ground) -> bool:
    """The row is entered; whoever counts elsewhere already is attached. True if he counts here."""
    try:
        enrol(joining=joining, on=on)
    except Refused:
        enrol(joining=joining, on=on, beside=True)
        return False
    return True


def enrol_many(*, joinings: Iterable[Joining], on: Ground) -> int:
    """The same, many at once; returns how many became members. The first that is refused refuses all."""
    rows, done = iter(joinings), 0
    while chunk := list(islice(rows, CHUNK)):
        done += _enrol_chunk(chunk, on)
        on.tell("members", done, done)
    return done


def _enrol_chunk(chunk: Sequence[Joining], on: Ground) -> int:
    registrations = [
        Registration(people.PersonDraft(one.worker.name), one.union_id, _paper(one.worker), one.worker.mobile)
        for one in chunk
    ]
    known = register_all(registrations=registrations, today=on.today, by=on.by, at=on.at)
    admissions = [
        Admission(person.person_id, one.union_id, one.since, _draft(one))
        for person, one in zip(known, chunk, strict=True)
    ]
    told = admit_all(admissions=admissions, by=on.by, at=on.at)
    reasons = [*(one.refused for one in known), *(one.refused for one in told)]
    refused = next(filter(None, reasons), None)
    if refused is not None:
        raise Refused(say("有人没有登记上：{why}", why=refused))
    return len(told)


def _paper(worker: WorkerSketch) -> Paper:
    return Paper(IdKind.RESIDENT, worker.number)


def _draft(joining: Joining) -> members.MembershipDraft:
    return members.MembershipDraft(employer_id=joining.employer_id, migrant=joining.worker.is_migrant)
