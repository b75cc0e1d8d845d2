"""Where many numbers stand already, and which mobiles many persons use, each in one query.

To be asked inside `beyond`: one natural person is one row over the whole installation (R-G-01).
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from niangjia.kernel.among import among
from niangjia.people.models import Contact, IdentityDocument


@dataclass(frozen=True, slots=True)
class Bearer:
    """The person who bears or bore a number: who, and which unit keeps him."""

    person_id: int
    name: str
    name_key: str
    path: str
    keeper_id: int


def bearers_of(*, blinds: Collection[bytes]) -> dict[bytes, Bearer]:
    """The bearer of each number by its blind index, as `holder_of` finds one: the latest paper decides.

    The paper of a record that was merged leads to the record that goes on.
    """
    rows = IdentityDocument.objects.filter(blind__in=among(blinds, "bytea")).order_by("since")
    columns = (
        "blind",
        Coalesce("person__merged_into_id", "person_id"),
        Coalesce("person__merged_into__name", "person__name"),
        Coalesce("person__merged_into__name_key", "person__name_key"),
        "person__path",
        "person__keeper_id",
    )
    told = rows.values_list(*columns)
    return {bytes(row[0]): Bearer(*row[1:]) for row in told}


def latest_papers(*, person_ids: Collection[int]) -> dict[int, IdentityDocument]:
    """The newest paper of each person who has one, those of merged records too; tails only."""
    owner = Coalesce("person__merged_into_id", "person_id")
    rows = IdentityDocument.objects.annotate(owner=owner).filter(owner__in=list(person_ids))
    return {row.owner: row for row in rows.order_by("since", "id")}


def mobiles_of_many(*, person_ids: Collection[int]) -> dict[int, set[bytes]]:
    """The blind indexes of the mobiles that persons use now."""
    found: dict[int, set[bytes]] = {}
    rows = Contact.objects.filter(person_id__in=among(person_ids), until=None)
    for person_id, blind in rows.values_list("person_id", "blind"):
        found.setdefault(person_id, set()).add(bytes(blind))
    return found
