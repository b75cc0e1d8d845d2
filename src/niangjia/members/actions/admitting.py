"""A worker becomes a member, or is attached to a second union beside the one that counts him (R-MEM-02)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import Refused
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import seal
from niangjia.kernel.words import say
from niangjia.members import queries, rules
from niangjia.members.actions.folding import fold_soon
from niangjia.members.models import Membership
from niangjia.members.permissions import Word
from niangjia.members.rules import KIND, Begun, Form
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.people import actions as people
from niangjia.tree.actions import hold_the_tree

if TYPE_CHECKING:
    from niangjia.network.models import Organisation
    from niangjia.people.models import Person


@dataclass(frozen=True, slots=True)
class MembershipDraft:
    """What is told of a membership beside who and where; all of it may be unknown at first."""

    employer_id: int | None = None
    workplace_id: int | None = None
    group_id: int | None = None
    form: str = Form.NONE
    platform: str = ""
    migrant: bool = False
    fee_base_fen: int | None = None
    basis: str = ""


@transaction.atomic
def admit(  # noqa: PLR0913 - one act
    *,
    person_id: int,
    union_id: int,
    since: date,
    draft: MembershipDraft,
    by: Actor,
    at: datetime,
    begun: Begun = Begun.JOINED,
) -> Membership:
    """The person is a member of the union from a day on, and counts there; his record is kept there too.

    Raises Refused while he counts elsewhere on any day from then on, saying where and what to do (R-MEM-03).
    """
    union, person = _both(union_id=union_id, person_id=person_id, since=since, by=by, at=at)
    with beyond():
        standing = queries.counting_from(person_id=person.pk, day=since)
    visible = all(by.may(Word.READ, at=one.path) for one in standing)
    rules.require_none_counting(
        [one.standing for one in standing], union_id=union.pk, since=since, visible=visible
    )
    if begun is Begun.JOINED and queries.was_member(person_id=person.pk, day=since):
        begun = Begun.REJOINED
    row = _entered(person, union, since=since, draft=draft, counts=True, begun=begun)
    people.keep_at(person_id=person.pk, keeper_id=union.pk)
    _record("admit_member", row, by=by, at=at)
    return row


@transaction.atomic
def affiliate(
    *, person_id: int, union_id: int, since: date, draft: MembershipDraft, by: Actor, at: datetime
) -> Membership:
    """The person uses this union's services from a day on; he is counted elsewhere (R-MEM-03)."""
    union, person = _both(union_id=union_id, person_id=person_id, since=since, by=by, at=at)
    with beyond():
        if not queries.counting_from(person_id=person.pk, day=since):
            raise Refused(say("这个人还没有计数的会籍。请直接登记为会员。"), field="person")
    row = _entered(person, union, since=since, draft=draft, counts=False, begun=Begun.AFFILIATED)
    _record("affiliate_member", row, by=by, at=at)
    return row


def _both(
    *, union_id: int, person_id: int, since: date, by: Actor, at: datetime
) -> "tuple[Organisation, Person]":
    """The union that stands on the day, and the person, held: one joining at a time."""
    hold_the_tree(shared=True)
    union = network.organisation_in_scope(unit_id=union_id, scope=by.scope_for(Word.ENROL))
    by.require(Word.ENROL, at=union.path)
    rules.require_joinable(OrgKind(union.kind))
    rules.require_day(since, today=day_of(at), founded=union.established_on, closed=union.closed_on)
    person = people.hold_person(person_id=person_id)
    if person.deceased_on is not None and person.deceased_on <= since:
        raise Refused(say("这个人已登记去世，不能再登记会籍。"), field="person")
    least = value_of(key="member.min_age", unit_id=union.pk, day=since).of(int)
    rules.require_age(person.birth_date, since=since, least=least)
    return union, person


def _entered(
    person: "Person",
    union: "Organisation",
    *,
    since: date,
    draft: MembershipDraft,
    counts: bool,
    begun: Begun,
) -> Membership:
    """The stretch stands; where somebody else was faster the database says so, and the reader gently."""
    columns = {name: getattr(draft, name) for name in draft.__dataclass_fields__ if name != "fee_base_fen"}
    if draft.fee_base_fen is not None:
        columns["fee_base"] = sealed_base(fen=draft.fee_base_fen, person_id=person.pk)
    row = Membership(
        person=person, union=union, since=since, joined_on=since, counts=counts, begun=begun, **columns
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "membership_once" in str(error):
            raise Refused(say("这个人已在这家工会登记过，不用重复登记。"), field="person") from error
        if "membership_counts_once_a_day" in str(error):
            raise Refused(
                say("刚刚有人把他登记在了别处。请查询后办理转会或挂靠。"), field="person"
            ) from error
        raise
    row.refresh_from_db()
    fold_soon()
    return row


def sealed_base(*, fen: int, person_id: int) -> bytes:
    """The wage base of a member's dues, sealed under his own key."""
    return seal(str(fen), table="members_membership", person_id=person_id, field="fee_base")


def _record(verb: str, row: Membership, *, by: Actor, at: datetime) -> None:
    after = {
        "union": row.union_id,
        "counts": row.counts,
        "since": row.since.isoformat(),
        "begun": str(row.begun),
        "employer": row.employer_id,
    }
    journal.record(verb, by=by, at=at, kind=KIND, object_id=row.pk, person_id=row.person_id, after=after)
