"""A person takes away all that is kept of him, or the officer hands it over at his request (PIPL 45)."""

from datetime import datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.people import queries as people
from niangjia.people.permissions import Word
from niangjia.privacy import queries

KIND = "people.person"


@transaction.atomic
def export_person(*, person_id: int, by: Actor, at: datetime) -> bytes:
    """A ZIP with all personal data of one person; one journal line, which the person can read."""
    if person_id == by.person_id:
        person = people.own_person(person_id=person_id)
    else:
        person = people.person_in_scope(person_id=person_id, scope=by.scope_for(Word.ERASE))
        by.require(Word.ERASE, at=person.path)
    content = queries.zipped(bundle=queries.bundle_of(person=person))
    after = {"bytes": len(content)}
    journal.record(
        "export_person", by=by, at=at, kind=KIND, object_id=person.pk, person_id=person.pk, after=after
    )
    return content
