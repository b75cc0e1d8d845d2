"""Doors for apps above that write what hangs on many persons: held in order, kept where each one counts."""

from collections.abc import Collection, Mapping

from django.db import connection

from niangjia.kernel.among import among
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing.tables import PersonKey
from niangjia.people.models import Contact, IdentityDocument, Person


def hold_all(*, person_ids: Collection[int]) -> dict[int, Person]:
    """The persons, whoever keeps them, held in the order of their numbers; the erased are absent."""
    with beyond():
        rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=among(person_ids), erased_at=None)
        return {row.pk: row for row in rows.order_by("pk")}


def keep_each_at(*, keepers: Mapping[int, int]) -> int:
    """Each person stands in the register of his unit from now on; returns how many moved."""
    if not keepers:
        return 0
    with beyond(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person AS p SET keeper_id = u.id, path = u.path, version = p.version + 1"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS w(person, keeper)"
            " JOIN tree_unit AS u ON u.id = w.keeper"
            " WHERE p.id = w.person AND p.keeper_id <> u.id",
            [list(keepers), list(keepers.values())],
        )
        return int(cursor.rowcount)


def take_out(*, person_ids: Collection[int]) -> None:
    """Persons who were registered by mistake are out as if they had never stood there, with their keys.

    For apps above that undo what they entered and know that nothing hangs on them (`kernel.leaning`).
    """
    with beyond():
        for model in (IdentityDocument, Contact, PersonKey):
            model._default_manager.filter(person_id__in=among(person_ids)).delete()  # noqa: SLF001
        Person.objects.filter(pk__in=person_ids).delete()
