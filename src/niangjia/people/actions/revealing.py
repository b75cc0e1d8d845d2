"""The one door to a full number: its purpose is asked, one line is journalled, too many raise an alarm."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.policing import value_of
from niangjia.people import queries
from niangjia.people.models import Person, RevealAlarm
from niangjia.people.permissions import Word
from niangjia.people.rules import rights

KIND, ALARM = "people.person", "people.revealalarm"
HOUR = timedelta(hours=1)


class What(StrEnum):
    """What can be opened."""

    DOCUMENT = "document"
    CONTACT = "contact"


@transaction.atomic
def reveal(  # noqa: PLR0913 - one act
    *, person_id: int, what: What, row_id: int, purpose: str, words: str, by: Actor, at: datetime
) -> str:
    """The full number of one paper or mobile, to be shown once; its person reads who looked and why (SC-6).

    Raises BadInput for a purpose that says nothing, NotVisible for a row that is not the person's.
    """
    person = queries.person_in_scope(person_id=person_id, scope=by.scope_for(Word.REVEAL))
    if person.pk != by.person_id:
        by.require(Word.REVEAL, at=person.path)
    rights.require_purpose(purpose=purpose, words=words)
    number = _number(person, what=what, row_id=row_id)
    after = {"row": row_id, "purpose": purpose}
    verb = queries.REVEALS[what]
    journal.record(
        verb, by=by, at=at, kind=KIND, object_id=person.pk, person_id=person.pk, after=after,
        reason=words.strip(),
    )  # fmt: skip
    if person.pk != by.person_id:
        alarm_above_bound(by=by, at=at)
    return number


@transaction.atomic
def review_alarm(*, alarm_id: int, finding: str, by: Actor, at: datetime) -> RevealAlarm:
    """The security officer has looked into an alarm and says what it was."""
    alarm = queries.alarm_in_scope(alarm_id=alarm_id, scope=by.scope_for(Word.WATCH))
    by.require(Word.WATCH, at=alarm.path)
    rights.require_finding(finding)
    RevealAlarm.objects.filter(pk=alarm.pk).update(seen_at=at, seen_by=by.user_id, finding=finding.strip())
    journal.record("review_alarm", by=by, at=at, kind=ALARM, object_id=alarm.pk, reason=finding)
    alarm.refresh_from_db()
    return alarm


def _number(person: Person, *, what: What, row_id: int) -> str:
    if what is What.DOCUMENT:
        document = queries.documents_of(person=person).filter(pk=row_id).first()
        if document is None:
            raise NotVisible
        return queries.number_of(document=document)
    contact = queries.numbers_of(person=person).filter(pk=row_id).first()
    if contact is None:
        raise NotVisible
    return queries.mobile_of(contact=contact)


def alarm_above_bound(*, by: Actor, at: datetime) -> None:
    """One alarm an hour and account, once the hour's reveals outnumber the policy's bound."""
    count = queries.reveals_by(user_id=by.user_id, since=at - HOUR, until=at)
    value = value_of(key="privacy.reveals_an_hour", unit_id=by.unit_id, day=clock.day_of(at))
    bound = value.of(int)
    recent = RevealAlarm.objects.filter(user_id=by.user_id or 0, at__gt=at - HOUR)
    if count > bound and not recent.exists():
        alarm = RevealAlarm.objects.create(
            user_id=by.user_id or 0, path=by.unit_path, at=at, count=count, bound=bound
        )
        journal.record(
            "alarm_reveals", by=by, at=at, kind=ALARM, object_id=alarm.pk,
            after={"count": count, "bound": bound},
        )  # fmt: skip
