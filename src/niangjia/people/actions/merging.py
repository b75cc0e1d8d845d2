"""Two records of one person are joined, and parted again: one points at the other (R-G-01)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.reaching import beyond
from niangjia.people.models import Person

KIND = "people.person"


@transaction.atomic
def hold_both(*, keep_id: int, drop_id: int) -> tuple[Person, Person]:
    """Both records, held in one order, so that nobody else writes what hangs on either."""
    with beyond():
        rows = Person.objects.select_for_update().filter(pk__in=(keep_id, drop_id)).order_by("pk")
        found = {one.pk: one for one in rows}
    if not {keep_id, drop_id} <= found.keys():
        raise NotVisible
    return found[keep_id], found[drop_id]


@transaction.atomic
def merge_person(*, keep: Person, drop: Person, by: Actor, at: datetime) -> dict[str, Any]:
    """From now on the two records, held, are one person's; returns what `unmerge_person` needs.

    For the action that has asked the rules and two people. The record that goes along is kept where the other
    is, so that whoever sees the person sees his papers.
    """
    facts = {"keeper": drop.keeper_id}
    _point(drop, keep.pk, keep.keeper_id)
    _journal("merge_person", keep, drop, by=by, at=at)
    return facts


@transaction.atomic
def unmerge_person(*, keep: Person, drop: Person, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """The two records stand apart as before."""
    _point(drop, None, facts["keeper"])
    _journal("unmerge_person", keep, drop, by=by, at=at)


@transaction.atomic
def restore_keeper(*, person_id: int, keeper_id: int, version: int) -> None:
    """The record stands where it stood before a merge moved it."""
    with beyond():
        Person.objects.filter(pk=person_id).update(keeper_id=keeper_id, version=version)


def _point(drop: Person, into: int | None, keeper_id: int) -> None:
    with beyond():
        Person.objects.filter(pk=drop.pk).update(merged_into=into, keeper_id=keeper_id)


def _journal(verb: str, keep: Person, drop: Person, *, by: Actor, at: datetime) -> None:
    after = {"kept": keep.pk, "merged": drop.pk}
    for one in (keep.pk, drop.pk):
        journal.record(verb, by=by, at=at, kind=KIND, object_id=one, person_id=one, after=after)
