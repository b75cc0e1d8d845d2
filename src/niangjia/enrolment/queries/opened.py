"""Full numbers of many members at once, for a file that was asked for with a purpose and approved."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.sealing import Keys, keys_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from niangjia.members.models import Membership
    from niangjia.people.models import Person


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a person shows and where he is reached, in full."""

    kind: IdKind
    number: str
    mobile: str


def numbers_of(*, rows: "Sequence[Membership]") -> dict[int, Numbers]:
    """The newest paper and mobile of each member's person, whose rows came with their papers and mobiles."""
    persons = {row.person_id: row.person for row in rows}
    keys = keys_for(persons)
    return {who: _opened(person, keys) for who, person in persons.items()}


def _opened(person: "Person", keys: Keys) -> Numbers:
    papers = [one for one in person.documents.all() if one.until is None]
    mobiles = [one for one in person.contacts.all() if one.until is None]
    paper = max(papers, key=lambda one: (one.since, one.pk))
    mobile = max(mobiles, key=lambda one: (one.since, one.pk))
    number = keys.unseal(paper.sealed, table="people_identitydocument", person_id=person.pk, field="sealed")
    told = keys.unseal(mobile.sealed, table="people_contact", person_id=person.pk, field="sealed")
    return Numbers(IdKind(paper.kind), number, told.removeprefix("+86"))
