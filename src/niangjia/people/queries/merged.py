"""One person in several records: what was merged follows the record that goes on (R-G-01)."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet

from niangjia.kernel.access import Scope
from niangjia.kernel.scoping import within
from niangjia.people.models import Person


def of_person(*, person: Person) -> Q:
    """The rows that hang on a person or on a record that was merged into him."""
    return Q(person=person) | Q(person__merged_into=person)


def records_of(*, person_id: int) -> list[int]:
    """The person's own record first, then those merged into it, whoever may see them."""
    return _asked("SELECT * FROM people_records_of(%s)", person_id)


def survivors_of(*, person_ids: Iterable[int]) -> dict[int, int]:
    """The record that goes on, for each record; one that was never merged goes on itself."""
    asked = list(person_ids)
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, survivor FROM people_survivors_of(%s)", [asked])
        found: dict[int, int] = dict(cursor.fetchall())
    return {one: found.get(one, one) for one in asked}


def _asked(sql: str, person_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [person_id])
        return [row[0] for row in cursor.fetchall()]


def records(*, person_ids: Iterable[int]) -> QuerySet[Person]:
    """Records by their numbers, merged ones too, as the running scope shows them."""
    return Person.objects.filter(pk__in=list(person_ids)).order_by("pk")


def records_in_scope(*, scope: Scope) -> QuerySet[Person]:
    """Every record kept in the scope, merged ones too."""
    return within(Person.objects.all(), scope=scope)
