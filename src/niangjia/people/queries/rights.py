"""What a person may see of himself: consents, requests, who looked and why; and who watches the lookers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel.access import Scope
from niangjia.kernel.errors import NotAllowed, NotVisible
from niangjia.kernel.models import JournalLine
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.sealing import SealBroken, unseal
from niangjia.kernel.words import Said, say
from niangjia.people.models import Consent, Person, PersonRequest, RevealAlarm
from niangjia.people.queries.merged import of_person, records_of
from niangjia.people.queries.register import people_in_scope
from niangjia.people.rules.rights import REVEAL_PURPOSES, Duty
from niangjia.tree import queries as tree

KIND = "people.person"
REVEALS = {"document": "reveal_document", "contact": "reveal_contact"}
LOOKS = {
    "reveal_document": say("查看完整证件号码"),
    "reveal_contact": say("查看完整手机号"),
    "reveal_account": say("查看完整收款账号"),
    "export_person": say("导出全部资料"),
    "merge_person": say("合并了重复登记的资料"),
    "unmerge_person": say("拆分了合并的资料"),
}
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened something of a person: when, from which union, what, and what for."""

    at: datetime
    unit: str
    what: Said
    purpose: Said | str
    words: str


def own_person(*, person_id: int | None) -> Person:
    """The reader's own record; an account without one is told that there is nothing."""
    rows = Person.objects.filter(Q(pk=person_id) | Q(merged__pk=person_id), erased_at=None, merged_into=None)
    person = rows.first() if person_id else None
    if person is None:
        raise NotVisible(say("您的账号还没有对应的人员资料。如需登记，请联系所在工会。"))
    return person


def keeper_name(*, person: Person) -> str:
    """The union that keeps the person, which he may always know."""
    with beyond():
        return tree.names_of(unit_ids=[person.keeper_id]).get(person.keeper_id, "")


def consents_of(*, person: Person) -> QuerySet[Consent]:
    """A person's consents, the newest first."""
    return Consent.objects.filter(of_person(person=person)).order_by("-given_at", "-id")


def has_consent(*, person_id: int, purpose: str, day: date) -> bool:
    """Whether the person's consent to a purpose holds on a day, whoever asks (R-G-02)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_has_consent(%s, %s, %s)", [person_id, purpose, day])
        row = cursor.fetchone()
    return bool(row and row[0])


def requests_of(*, person: Person) -> QuerySet[PersonRequest]:
    """What a person asked for, the newest first."""
    return PersonRequest.objects.filter(of_person(person=person)).order_by("-id")


def requests_in_scope(*, scope: Scope, state: str = "") -> QuerySet[PersonRequest]:
    """The requests of the persons that the scope keeps."""
    rows = within(PersonRequest.objects.all(), scope=scope, field="person__path")
    rows = rows.filter(state=state) if state else rows
    return rows.select_related("person", "person__keeper").order_by("-id")


def request_in_scope(*, request_id: int, scope: Scope) -> PersonRequest:
    """One request; outside the scope it does not exist (404)."""
    return the_one(requests_in_scope(scope=scope).filter(pk=request_id))


def wish_of(*, row: PersonRequest) -> str:
    """What the person wrote; empty once it was erased."""
    if not row.wish:
        return ""
    try:
        return unseal(row.wish, table="people_personrequest", person_id=row.person_id, field="wish")
    except SealBroken:
        return ""


def looks_at(*, person_id: int, limit: int = SHOWN) -> list[Look]:
    """Who opened the full numbers of a person, the newest first: the union, what, what for."""
    records = records_of(person_id=person_id)
    rows = JournalLine.objects.filter(kind=KIND, object_id__in=records, verb__in=LOOKS).order_by("-id")
    with beyond():  # the person reads who looked, wherever that officer works
        lines = list(rows[:limit])
        names = tree.names_of(unit_ids={line.unit_id for line in lines if line.unit_id})
    return [
        Look(
            at=line.at,
            unit=names.get(line.unit_id or 0, ""),
            what=LOOKS[line.verb],
            purpose=REVEAL_PURPOSES.get(str(line.after.get("purpose")), ""),
            words=line.reason,
        )
        for line in lines
    ]


def reveals_by(*, user_id: int | None, since: datetime, until: datetime) -> int:
    """How many full numbers an account has opened in a span of time, in whatever app: verbs begin alike."""
    rows = JournalLine.objects.filter(user_id=user_id, at__gt=since, at__lte=until)
    with beyond():
        return rows.filter(verb__startswith="reveal_").count()


def alarms_in_scope(*, scope: Scope) -> QuerySet[RevealAlarm]:
    """The alarms about accounts that act in the scope."""
    return within(RevealAlarm.objects.all(), scope=scope).order_by("-id")


def alarm_in_scope(*, alarm_id: int, scope: Scope) -> RevealAlarm:
    """One alarm; outside the scope it does not exist (404)."""
    return the_one(alarms_in_scope(scope=scope).filter(pk=alarm_id))


def duties_of(*, person_id: int, day: date) -> list[Duty]:
    """Why something of a person must still be kept, told by every app that keeps such things (R-G-10)."""
    told: list[Duty] = []
    for path in settings.NIANGJIA_KEEPING_DUTIES:
        for record in records_of(person_id=person_id):
            told += import_string(path)(person_id=record, day=day)
    return told


def person_to_erase(*, person_id: int, scope: Scope) -> Person:
    """The person of the scope; somebody erased already is not erased again."""
    person = the_one(people_in_scope(scope=scope).filter(pk=person_id))
    if person.erased_at is not None:
        raise NotAllowed(say("这个人的资料已经删除。"))
    return person
