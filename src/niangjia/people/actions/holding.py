"""Doors for apps above that write what hangs on a person: one at a time, kept where his membership counts."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from niangjia.kernel.errors import NotVisible
from niangjia.kernel.reaching import beyond
from niangjia.people.models import Person
from niangjia.tree import queries as tree


def hold_person(*, person_id: int) -> Person:
    """The person, whoever keeps him; whoever writes what hangs on him takes turns until the transaction ends.

    For actions that have asked for their own permission: the person need not lie in their scope. A record
    that was merged leads to the one that goes on.
    """
    with beyond():
        person = Person.objects.select_for_update().filter(pk=person_id, erased_at=None).first()
        if person is not None and person.merged_into_id is not None:
            return hold_person(person_id=person.merged_into_id)
    if person is None:
        raise NotVisible
    return person


def keep_at(*, person_id: int, keeper_id: int) -> None:
    """The person stands in that unit's register from now on; his papers, numbers, merged records go along."""
    with beyond():
        keeper = tree.public_unit(unit_id=keeper_id)
        rows = _records([person_id]).exclude(keeper_id=keeper_id)
        rows.update(keeper=keeper, path=keeper.path, version=F("version") + 1)


def keep_all_at(*, person_ids: Iterable[int], keeper_id: int) -> int:
    """Many persons stand in that unit's register from now on; returns how many moved."""
    with beyond():
        keeper = tree.public_unit(unit_id=keeper_id)
        rows = _records(person_ids).exclude(keeper_id=keeper_id)
        return rows.update(keeper=keeper, path=keeper.path, version=F("version") + 1)


def keep_back(*, person_ids: Iterable[int], keeper_id: int) -> int:
    """A move of many persons is undone: they stand where they stood, with the version they had."""
    with beyond():
        keeper = tree.public_unit(unit_id=keeper_id)
        rows = _records(person_ids).exclude(keeper_id=keeper_id)
        return rows.update(keeper=keeper, path=keeper.path, version=F("version") - 1)


def _records(person_ids: Iterable[int]) -> QuerySet[Person]:
    """The persons with the records that were merged into them."""
    asked = list(person_ids)
    return Person.objects.filter(Q(pk__in=asked) | Q(merged_into__in=asked))
