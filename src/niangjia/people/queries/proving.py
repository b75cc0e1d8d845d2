"""Whose identity was compared with a card, and full numbers of many for a file that was approved."""

from collections.abc import Collection

from django.db.models import Q

from niangjia.kernel.sealing import keys_for
from niangjia.people.models import IdentityDocument


def proven_of(*, person_ids: Collection[int]) -> set[int]:
    """Those who hold a paper whose number passes its check or was confirmed; to be asked inside `beyond`."""
    good = Q(matchable=True) | Q(confirmed_by__isnull=False)
    rows = IdentityDocument.objects.filter(good, person__in=list(person_ids), until=None)
    return set(rows.values_list("person_id", flat=True))


def full_numbers_of(*, person_ids: Collection[int]) -> dict[int, str]:
    """The newest number of each, in full: for a file that was asked for with a purpose and approved."""
    rows = list(
        IdentityDocument.objects.filter(person__in=list(person_ids), until=None).order_by("since", "pk")
    )
    keys = keys_for({row.person_id for row in rows}, make=False) if rows else None
    table = "people_identitydocument"
    return {
        row.person_id: keys.unseal(row.sealed, table=table, person_id=row.person_id, field="sealed")
        for row in rows
        if keys
    }
