"""Committees are elected for a term; persons take their posts and leave them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from niangjia.bodies import rules
from niangjia.bodies.models import Committee, CommitteePost
from niangjia.bodies.permissions import Word
from niangjia.kernel import journal, policy
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.periods import add_years
from niangjia.kernel.words import say
from niangjia.network import actions as network
from niangjia.network.rules import OrgKind
from niangjia.people import actions as people
from niangjia.people import queries as people_queries
from niangjia.people.permissions import Word as PeopleWord

if TYPE_CHECKING:
    from niangjia.network.models import Organisation

ORGANISATION = "network.organisation"
"""A committee is told of in the journal of its organisation."""


@transaction.atomic
def open_term(  # noqa: PLR0913 - a term has these parts
    *,
    organisation: "Organisation",
    number: int,
    since: date,
    term_years: int,
    elected_on: date | None,
    approval_doc_no: str,
    by: Actor,
    at: datetime,
) -> Committee:
    """A committee's term begins, for the years the policy allows (R-ORG-09); the one before ends with it."""
    by.require(Word.COMMITTEE, at=organisation.path)
    network.hold_organisation(unit_id=organisation.pk)
    allowed = policy.on("org.term_years_allowed", since).of(tuple)
    rules.require_term(term_years, allowed=allowed, kind=OrgKind(organisation.kind))
    terms = Committee.objects.filter(organisation=organisation)
    if terms.filter(Q(number=number) | Q(since__gte=since)).exists():
        words = say("这一届或者更晚的一届已经登记。请核对届次和日期。")
        raise Refused(words, field="number")
    for rows in (terms, CommitteePost.objects.filter(organisation=organisation)):
        rows.filter(since__lt=since).filter(Q(until=None) | Q(until__gt=since)).update(until=since)
    until = add_years(since, term_years)
    committee = Committee.objects.create(
        organisation=organisation,
        number=number,
        elected_on=elected_on,
        approval_doc_no=approval_doc_no,
        since=since,
        until=until,
    )
    network.bear_term(unit_id=organisation.pk, years=term_years, ends_on=until)
    after = {"number": number, "since": since.isoformat(), "until": until.isoformat()}
    journal.record("open_term", by=by, at=at, kind=ORGANISATION, object_id=organisation.pk, after=after)
    return committee


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who takes which post: `person_id` says which of several of the same name is meant."""

    kind: rules.PostKind
    name: str
    since: date
    person_id: int | None = None
    full_time: bool = False
    relative: str = ""


@transaction.atomic
def appoint(
    *, committee: Committee, appointment: Appointment, today: date, by: Actor, at: datetime
) -> CommitteePost:
    """A person holds a committee post from a day on; a near relative of the head may not (R-ORG-08).

    Somebody not yet in the register enters it by name, provisional until his papers are seen (R-G-01).
    """
    organisation = committee.organisation
    by.require(Word.COMMITTEE, at=organisation.path)
    network.hold_organisation(unit_id=organisation.pk)
    rules.require_no_relative(appointment.relative, kind=OrgKind(organisation.kind))
    if not committee.since <= appointment.since < committee.until:
        words = say("任职须在本届之内：{since} 至 {until}。", since=committee.since, until=committee.until)
        raise Refused(words, field="since")
    person_id = _person(appointment, keeper_id=organisation.pk, today=today, by=by, at=at)
    posts = CommitteePost.objects.filter(organisation=organisation)
    ahead = posts.filter(Q(until=None) | Q(until__gt=appointment.since), kind=appointment.kind)
    if ahead.filter(person=person_id).exists():
        raise Refused(say("{name} 已在任这个职务，不用重复登记。", name=appointment.name), field="name")
    if appointment.kind == rules.PostKind.CHAIR and ahead.exists():
        raise Refused(say("现任主席还没有离任。请先登记离任。"), field="kind")
    post = CommitteePost.objects.create(
        committee=committee,
        organisation=organisation,
        person_id=person_id,
        kind=appointment.kind,
        full_time=appointment.full_time,
        relative_declared=appointment.relative == "no",
        since=appointment.since,
    )
    after = {"post": appointment.kind, "person": person_id, "since": appointment.since.isoformat()}
    journal.record("appoint", by=by, at=at, kind=ORGANISATION, object_id=organisation.pk, after=after)
    return post


def _person(appointment: Appointment, *, keeper_id: int, today: date, by: Actor, at: datetime) -> int:
    known = people_queries.people_in_scope(scope=by.scope_for(PeopleWord.READ))
    named = list(known.filter(name=appointment.name).values_list("pk", flat=True)[:50])
    if appointment.person_id is not None and appointment.person_id in named:
        return appointment.person_id
    if len(named) > 1:
        raise Refused(say("名册里有 {n} 位同名的人。请选是哪一位。", n=len(named)), field="person")
    if named:
        return int(named[0])
    draft = people.PersonDraft(name=appointment.name)
    return int(people.register_person(draft=draft, keeper_id=keeper_id, today=today, by=by, at=at).pk)


@transaction.atomic
def end_post(*, post: CommitteePost, until: date, by: Actor, at: datetime, reason: str) -> None:
    """The person leaves the post on a day after it began."""
    by.require(Word.COMMITTEE, at=post.organisation.path)
    if until <= post.since or (post.until is not None and post.until <= until):
        raise Refused(say("离任日须晚于任职日 {since}，已离任的不用再办。", since=post.since), field="until")
    CommitteePost.objects.filter(pk=post.pk).update(until=until)
    after = {"post": post.kind, "person": post.person_id, "until": until.isoformat()}
    journal.record(
        "end_post",
        by=by,
        at=at,
        kind=ORGANISATION,
        object_id=post.organisation_id,
        after=after,
        reason=reason,
    )
