"""An officer enters somebody as a member: the known person by number, or a new one (R-G-01)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.reaching import beyond
from niangjia.members.actions.admitting import MembershipDraft, admit, affiliate
from niangjia.members.models import Membership
from niangjia.people import actions as people
from niangjia.people import queries as registered
from niangjia.people.permissions import Word as PeopleWord
from niangjia.people.rules import Paper, read_paper


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody as he is told at the counter: a paper if there is one, a mobile, what no number tells."""

    draft: people.PersonDraft
    paper: Paper | None = None
    mobile: str = ""


@transaction.atomic
def enrol_worker(  # noqa: PLR0913 - one act
    *,
    worker: Worker,
    union_id: int,
    since: date,
    draft: MembershipDraft,
    by: Actor,
    at: datetime,
    beside: bool = False,
) -> Membership:
    """The worker is a member of the union, or with `beside` attached to it; nobody is registered twice.

    Whoever bears the number already is that person, whoever keeps him; otherwise he enters the register.
    """
    person_id = _known(worker, by=by, at=at)
    if person_id is None:
        row = people.register_person(
            draft=worker.draft, keeper_id=union_id, paper=worker.paper, mobile=worker.mobile,
            today=day_of(at), by=by, at=at,
        )  # fmt: skip
        person_id = row.pk
    enter = affiliate if beside else admit
    return enter(person_id=person_id, union_id=union_id, since=since, draft=draft, by=by, at=at)


def _known(worker: Worker, *, by: Actor, at: datetime) -> int | None:
    if worker.paper is None:
        return None
    told = worker.draft
    value = read_paper(worker.paper, today=day_of(at), sex=told.sex, born=told.born)
    with beyond():
        holder = registered.holder_of(value=value, scope=by.scope_for(PeopleWord.READ))
    return holder.person_id if holder else None
