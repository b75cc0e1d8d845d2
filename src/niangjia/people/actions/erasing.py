"""A person is erased: key shredded, columns blanked, journal values gone, a stone laid (PIPL 47)."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import clock, journal, personal, tombstones
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import shred
from niangjia.people import queries
from niangjia.people.models import Person
from niangjia.people.permissions import Word
from niangjia.people.rules import rights

KIND = "people.person"


@transaction.atomic
def erase_person(*, person_id: int, reason: str, by: Actor, at: datetime) -> dict[str, int]:
    """Nothing personal is left of the person; the number stays, so that totals and references stand.

    What was merged into him is erased with him.
    Returns the rows touched, by table. Refused with the reason and the day while something must be kept. The
    tombstone is laid when the transaction has come through, so that a restored older backup erases again.
    """
    person = queries.person_to_erase(person_id=person_id, scope=by.scope_for(Word.ERASE))
    by.require(Word.ERASE, at=person.path)
    rights.require_words(reason, field="reason")
    rights.require_no_duty(queries.duties_of(person_id=person.pk, day=clock.day_of(at)))
    return _erase_whole(person, reason=reason, by=by, at=at)


@transaction.atomic
def replay_erasures(*, by: Actor, at: datetime) -> int:
    """In a restored older backup everybody who has a tombstone is erased again; returns how many were."""
    with beyond():
        again = 0
        for stone in tombstones.stones():
            person = Person.objects.select_for_update().filter(pk=stone.person_id, erased_at=None).first()
            if person is not None and _stone(person, at).mark == stone.mark:
                _erase(person, reason="tombstone replay", by=by, at=at)
                again += 1
    return again


@transaction.atomic
def reconcile_tombstones() -> int:
    """Everybody whom the database has erased has his stone; returns how many were missing."""
    with beyond():
        gone = Person.objects.exclude(erased_at=None).order_by("erased_at", "pk")
        return tombstones.lay([_stone(person, person.erased_at or person.created_at) for person in gone])


@transaction.atomic
def clear_what_has_run_out(*, today: date, by: Actor, at: datetime) -> dict[str, int]:
    """What was kept as long as the policy says is erased or blanked; returns rows, by table (PIPL 19)."""
    cleared: dict[str, int] = {}
    with beyond():
        for model, told, rows in queries.run_out(today=today):
            if model is Person:
                count = sum(_let_go(person, by=by, at=at, today=today) for person in rows)
            elif told.row_goes:
                count = rows.delete()[0]
            else:
                count = personal.blank_rows(model, told, rows)
            if count:
                cleared[model._meta.db_table] = count  # noqa: SLF001 - Django's name for it
    if cleared:
        journal.record("clear_run_out", by=by, at=at, kind=KIND, object_id=None, after=cleared)
    return cleared


def _let_go(person: Person, *, by: Actor, at: datetime, today: date) -> bool:
    """Somebody whose keeping has run out is erased, unless another duty still holds him."""
    if queries.duties_of(person_id=person.pk, day=today):
        return False
    _erase_whole(person, reason="retention", by=by, at=at)
    return True


def _erase_whole(person: Person, *, reason: str, by: Actor, at: datetime) -> dict[str, int]:
    """The person in every record of his; each has its stone when the transaction has come through."""
    with beyond():
        records = [person, *Person.objects.filter(merged_into=person, erased_at=None).order_by("pk")]
    touched: Counter[str] = Counter()
    for record in records:
        touched.update(_erase(record, reason=reason, by=by, at=at))
    stones = [_stone(record, at) for record in records]
    transaction.on_commit(lambda: tombstones.lay(stones))
    return dict(touched)


def _erase(person: Person, *, reason: str, by: Actor, at: datetime) -> dict[str, int]:
    with beyond():
        shred(person.pk, at=at)
        touched = personal.erase_rows(person_id=person.pk)
        Person.objects.filter(pk=person.pk).update(erased_at=at)
        journal.erase_values_of(person_id=person.pk, by=by, at=at, reason=reason)
        journal.record(
            "erase_person", by=by, at=at, kind=KIND, object_id=person.pk, after=touched, reason=reason
        )
    return touched


def _stone(person: Person, at: datetime) -> tombstones.Stone:
    mark = tombstones.mark_of(person_id=person.pk, created_at=person.created_at)
    return tombstones.Stone(person.pk, mark, at.isoformat())
