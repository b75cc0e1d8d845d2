"""One person by one exact number; there is no list of persons to leaf through (R-G-02)."""

from datetime import date

from niangjia.kernel.access import Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.identifiers import IdKind, parse_mobile
from niangjia.people import rules
from niangjia.people.models import Contact, IdentityDocument, Person
from niangjia.people.queries.merged import of_person
from niangjia.people.queries.register import ids_with_mobile, people_in_scope, person_by_number

FOUND_AT_MOST = 5


def find_person(*, kind: str, number: str, mobile: str, scope: Scope, day: date) -> list[Person]:
    """Whoever of the scope bears this number, or uses this mobile: two of a family may share one.

    Raises BadInput for a number that cannot be one.
    """
    if number:
        value = rules.read_paper(rules.Paper(IdKind(kind), number), today=day, field="number")
        found = person_by_number(value=value, scope=scope)
        return [found] if found else []
    ids = ids_with_mobile(mobile=parse_mobile(mobile), day=day)
    return list(people_in_scope(scope=scope).filter(pk__in=ids)[:FOUND_AT_MOST])


def require_number_of(*, person: Person, row_id: int, is_document: bool) -> None:
    """The paper or the mobile is this person's; otherwise it does not exist (404)."""
    model: type[IdentityDocument | Contact] = IdentityDocument if is_document else Contact
    if not model._default_manager.filter(of_person(person=person), pk=row_id).exists():  # noqa: SLF001 - Django's name for it
        raise NotVisible
