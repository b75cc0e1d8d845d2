"""A person asks that his own record be corrected or erased; the keeper's officer decides (PIPL 46, 47)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible, Refused, Stale
from niangjia.kernel.sealing import seal
from niangjia.kernel.words import say
from niangjia.people import queries
from niangjia.people.models import PersonRequest
from niangjia.people.permissions import Word
from niangjia.people.rules import rights

KIND = "people.personrequest"
TABLE = "people_personrequest"
OPEN_AT_MOST = 5


@transaction.atomic
def make_request(*, kind: str, about: str, wish: str, by: Actor, at: datetime) -> PersonRequest:
    """The person's wish lies with the union that keeps him; what he wrote lies sealed."""
    person = queries.own_person(person_id=by.person_id)
    rights.require_words(wish, field="wish")
    if kind not in rights.KINDS or about not in {"", *rights.ABOUT}:
        raise Refused(say("请选择要更正还是删除，以及涉及哪一项。"), field="kind")
    if queries.requests_of(person=person).filter(state="open").count() >= OPEN_AT_MOST:
        raise Refused(say("已有 {n} 件申请在办理。请等其中一件办结后再提。", n=OPEN_AT_MOST))
    row = PersonRequest.objects.create(
        person=person, kind=kind, about=about, made_at=at, made_by=by.user_id,
        wish=seal(wish.strip(), table=TABLE, person_id=person.pk, field="wish"),
    )  # fmt: skip
    after = {"kind": kind, "about": about, "person": person.pk}
    journal.record(
        "make_request", by=by, at=at, kind=KIND, object_id=row.pk, person_id=person.pk, after=after
    )
    return row


@transaction.atomic
def take_back_request(*, request_id: int, by: Actor, at: datetime) -> PersonRequest:
    """The person has thought otherwise."""
    person = queries.own_person(person_id=by.person_id)
    row = queries.requests_of(person=person).select_for_update(of=("self",)).filter(pk=request_id).first()
    if row is None:
        raise NotVisible
    return _moved(row, step="take_back", answer="", by=by, at=at)


@transaction.atomic
def decide_request(
    *, request_id: int, version: int, grant: bool, answer: str, by: Actor, at: datetime
) -> PersonRequest:
    """The officer says yes or no, in words the person reads; a yes is carried out by its own action.

    An erasure that is granted erases at once, if no duty to keep stands against it.
    """
    found = queries.request_in_scope(request_id=request_id, scope=by.scope_for(Word.DECIDE))
    by.require(Word.DECIDE, at=found.person.path)
    row = PersonRequest.objects.select_for_update().get(pk=found.pk)
    if row.version != version:
        raise Stale
    if row.person_id == by.person_id:
        raise Refused(say("不能办理本人的申请。请由同一工会的其他同志办理。"))
    rights.require_words(answer, field="answer")
    return _moved(row, step="grant" if grant else "refuse", answer=answer.strip(), by=by, at=at)


def _moved(row: PersonRequest, *, step: str, answer: str, by: Actor, at: datetime) -> PersonRequest:
    state = rights.REQUESTS.advance(row.state, step)
    PersonRequest.objects.filter(pk=row.pk).update(
        state=state, answer=answer, decided_at=at, decided_by=by.user_id, version=F("version") + 1
    )
    after = {"state": state}
    journal.record(
        f"{step}_request", by=by, at=at, kind=KIND, object_id=row.pk, person_id=row.person_id, after=after,
        reason=answer,
    )  # fmt: skip
    row.refresh_from_db()
    return row
