"""Consents are given and withdrawn, each purpose by itself, by the person or registered from paper."""

from datetime import datetime

from django.db import transaction

from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.words import say
from niangjia.people import queries
from niangjia.people.models import Consent, Person
from niangjia.people.permissions import Word
from niangjia.people.rules import consenting

KIND = "people.person"


@transaction.atomic
def give_consent(
    *, person_id: int, purpose: str, how: str = "self", guardian: str = "", by: Actor, at: datetime
) -> Consent:
    """The person's consent to one purpose stands from now on, by the text that is asked today (PIPL 14).

    He gives it himself, or the keeper's officer registers it from a signed paper; for a child under fourteen
    a guardian signs. Given again it stays as it is.
    """
    person = _reached(person_id, how=how, by=by)
    asked = consenting.purpose_of(purpose)
    consenting.require_guardian(born=person.birth_date, on=clock.day_of(at), how=how, guardian=guardian)
    standing = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).first()
    if standing is not None and standing.text_version == asked.version:
        return standing
    if standing is not None:
        _end(standing, by=by, at=at)
    consent = Consent.objects.create(
        person=person, purpose=purpose, text_version=asked.version, how=how, guardian=guardian.strip(),
        given_at=at, given_by=by.user_id,
    )  # fmt: skip
    after = {"purpose": purpose, "text_version": asked.version, "how": how}
    journal.record(
        "give_consent", by=by, at=at, kind=KIND, object_id=person.pk, person_id=person.pk, after=after
    )
    return consent


@transaction.atomic
def withdraw_consent(*, person_id: int, purpose: str, by: Actor, at: datetime) -> Consent:
    """The consent ends now, as easily as it was given (PIPL 15); what was done before stays lawful."""
    how = "self" if person_id == by.person_id else "paper"
    person = _reached(person_id, how=how, by=by)
    rows = queries.consents_of(person=person).select_for_update(of=("self",))
    standing = list(rows.filter(purpose=purpose, withdrawn_at=None))
    if not standing:
        raise Refused(say("没有正在生效的同意，不需要撤回。"))
    for consent in standing:
        _end(consent, by=by, at=at)
    after = {"purpose": purpose}
    journal.record(
        "withdraw_consent", by=by, at=at, kind=KIND, object_id=person.pk, person_id=person.pk, after=after
    )
    return standing[0]


def _end(consent: Consent, *, by: Actor, at: datetime) -> None:
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=at, withdrawn_by=by.user_id)
    consent.refresh_from_db()


def _reached(person_id: int, *, how: str, by: Actor) -> Person:
    """The person himself, or one whom the officer keeps; nobody else clicks "I consent" for him."""
    if how not in consenting.HOW:
        raise Refused(say("请选择同意的方式。"), field="how")
    if person_id == by.person_id:
        return queries.own_person(person_id=person_id)
    if how == "self":
        raise NotVisible
    person = queries.person_in_scope(person_id=person_id, scope=by.scope_for(Word.CORRECT))
    by.require(Word.CORRECT, at=person.path)
    return person
