"""Who may see which person: by the keeper's place in the tree, everybody himself; the public sees none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from niangjia.kernel.access import Scope
from niangjia.kernel.dated import holds_on
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.identifiers import Mobile, PersonalId, mask_name, normal_name
from niangjia.kernel.paths import SEGMENT, unit_id_of
from niangjia.kernel.scoping import within
from niangjia.kernel.sealing import blind_index, unseal
from niangjia.people import rules
from niangjia.people.models import Contact, IdentityDocument, OutsidePost, Person
from niangjia.people.queries.merged import of_person

COUNTY = 3
"""Province, city, county: the level whose unions have keys of their own."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of persons is narrowed to."""

    name: str = ""


def people_in_scope(*, scope: Scope, filters: Filters | None = None) -> QuerySet[Person]:
    """The persons of the scope, each once, and the reader himself; by name, full pinyin or initials."""
    rows = within(Person.objects.all(), scope=scope)
    if scope.own is not None:
        rows = rows | Person.objects.filter(pk=scope.own)
    rows = rows.filter(merged_into=None)
    if filters and filters.name:
        rows = rows.filter(_named(filters.name))
    return rows.order_by("path", "id")


def _named(text: str) -> Q:
    key = normal_name(text).replace("·", "").replace(" ", "").casefold()
    return Q(name_key__startswith=key) | Q(pinyin__startswith=key) | Q(initials__startswith=key)


def person_in_scope(*, person_id: int, scope: Scope) -> Person:
    """The person, if the scope covers it; otherwise he does not exist for the reader (404).

    A number that was merged leads to the record that goes on.
    """
    wanted = Q(pk=person_id) | Q(merged__pk=person_id)
    person = people_in_scope(scope=scope).filter(wanted).first()
    if person is None:
        raise NotVisible
    return person


def documents_of(*, person: Person) -> QuerySet[IdentityDocument]:
    """A person's papers, newest first; tails only."""
    return IdentityDocument.objects.filter(of_person(person=person)).order_by("-since", "-id")


def contacts_of(*, person: Person, day: date) -> QuerySet[Contact]:
    """A person's mobile numbers on a day; tails only."""
    return numbers_of(person=person).filter(holds_on(day)).order_by("id")


def numbers_of(*, person: Person) -> QuerySet[Contact]:
    """Every mobile number that a person has or had."""
    return Contact.objects.filter(of_person(person=person))


def outside_posts_of(*, person: Person, day: date) -> QuerySet[OutsidePost]:
    """A person's posts outside the union on a day (R-PG-15)."""
    return OutsidePost.objects.filter(of_person(person=person), holds_on(day)).order_by("since", "id")


def is_real_name(*, person: Person, day: date) -> bool:
    """Whether a paper stands behind the person on a day; without one he is provisional (R-G-01)."""
    return IdentityDocument.objects.filter(of_person(person=person), holds_on(day)).exists()


def person_by_number(*, value: PersonalId, scope: Scope) -> Person | None:
    """The person of the scope who bears or bore the number, in whatever writing it came (R-G-01, D-20)."""
    blind = number_index(value=value)
    borne = Q(documents__blind=blind) | Q(merged__documents__blind=blind)
    return people_in_scope(scope=scope).filter(borne).distinct().first()


def holder_of(*, value: PersonalId, scope: Scope) -> rules.Holder | None:
    """Where a number stands already, in the whole installation; of others' persons only the keeper's name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, keeper FROM people_holder_of(%s)", [number_index(value=value)])
        row = cursor.fetchone()
    if row is None:
        return None
    visible = people_in_scope(scope=scope).filter(pk=row[0]).exists()
    return rules.Holder(person_id=row[0], keeper=row[1], visible=visible)


def ids_with_mobile(*, mobile: Mobile, day: date) -> list[int]:
    """The living persons who use a mobile number on a day, for log-in by code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_with_mobile(%s, %s)", [mobile_index(mobile=mobile), day])
        return [row[0] for row in cursor.fetchall()]


def names_of(*, people: QuerySet[Person]) -> dict[int, str]:
    """Masked names by number, for lists outside the office (R-G-02)."""
    return {pk: mask_name(name) for pk, name in people.values_list("pk", "name")}


def number_of(*, document: IdentityDocument) -> str:
    """The full number; the caller has asked the purpose and journals the reveal (SC-6)."""
    return unseal(
        document.sealed, table="people_identitydocument", person_id=document.person_id, field="sealed"
    )


def mobile_of(*, contact: Contact) -> str:
    """The full mobile number in international form; to be journalled as a reveal by the caller (SC-6)."""
    return unseal(contact.sealed, table="people_contact", person_id=contact.person_id, field="sealed")


def number_index(*, value: PersonalId) -> bytes:
    """The blind index of a paper's number."""
    purpose, number = rules.index_of(value)
    return blind_index(number, purpose=purpose)


def mobile_index(*, mobile: Mobile) -> bytes:
    """The blind index of a mobile number."""
    return blind_index(mobile.e164, purpose="mobile")


def counties_of(*, person_ids: Sequence[int]) -> dict[int, int]:
    """The county of each person, by the keeper's place: its number, or that of the highest place below three.

    It names the key that wraps the person's data key; the scope does not matter, for nothing is shown.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_paths_of(%s)", [list(person_ids)])
        return {row[0]: unit_id_of(row[1][: COUNTY * SEGMENT]) for row in cursor.fetchall() if row[1]}
