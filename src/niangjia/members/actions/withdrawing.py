"""Memberships entered by mistake are taken out as if they had never stood there, unless used since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.leaning import leaning_on
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.members.actions.bulk import KIND
from niangjia.members.actions.folding import fold_soon
from niangjia.members.models import Membership
from niangjia.members.permissions import Word
from niangjia.people.actions import keep_back
from niangjia.people.actions.holding_many import hold_all, take_out
from niangjia.tree.actions import hold_the_tree

BROUGHT = ("members_membership", "people_identitydocument", "people_contact")
"""What a new member brings along, and takes along."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A stretch as it was entered: its version then; who kept its person before, nobody if he was new."""

    membership_id: int
    version: int
    kept_by: int | None = None
    was_new: bool = False


@transaction.atomic
def withdraw_members(*, mistakes: Collection[Mistake], by: Actor, at: datetime) -> dict[int, Said | None]:
    """Of each stretch None if it is out, with its person if it brought him; or why it stays."""
    hold_the_tree(shared=True)
    told = {one.membership_id: one for one in mistakes}
    seen = Membership.objects.filter(pk__in=told)
    hold_all(person_ids=set(seen.values_list("person_id", flat=True)))
    rows = {row.pk: row for row in seen.select_for_update(of=("self",)).select_related("union")}
    for path in {row.path for row in rows.values()}:
        by.require(Word.ENROL, at=path)
    kept = {number: _changed(rows.get(number), one) for number, one in told.items()}
    free = [rows[number] for number, words in kept.items() if words is None]
    kept |= dict.fromkeys(_used(free, told), say("之后有别的登记用到这条会籍，没有撤回。请先撤去那些登记。"))
    gone = [rows[number] for number, words in kept.items() if words is None]
    with beyond():
        Membership.objects.filter(pk__in=[row.pk for row in gone]).delete()
    take_out(person_ids=[row.person_id for row in gone if told[row.pk].was_new])
    _keep_back(gone, told)
    fold_soon()
    lines = [{"membership": row.pk, "person_id": row.person_id, "union": row.union_id} for row in gone]
    journal.record_rows("withdraw_members", lines, by=by, at=at, kind=KIND)
    return kept


def _changed(row: Membership | None, one: Mistake) -> Said | None:
    if row is None:
        return say("名册里已没有这条会籍，或不在您的工作范围内。")
    if row.version != one.version or row.until is not None:
        return say("“{name}”的会籍之后被修改过，没有撤回。请在会籍页面核对。", name=row.name)
    return None


def _used(rows: Collection[Membership], told: Mapping[int, Mistake]) -> set[int]:
    """Stretches after which others of the person were entered, or on whose new person something hangs."""
    persons = {row.person_id: row.pk for row in rows}
    with beyond():
        others = Membership.objects.filter(person_id__in=persons).exclude(pk__in=told)
        later = {
            persons[who] for who, number in others.values_list("person_id", "pk") if number > persons[who]
        }
        new = [row.person_id for row in rows if told[row.pk].was_new]
        person = Membership._meta.get_field("person").related_model  # noqa: SLF001 - Django's name for it
        hanging = leaning_on(model=person, ids=new, besides=BROUGHT) if new else set()
    return later | {persons[who] for who in hanging}


def _keep_back(rows: Collection[Membership], told: Mapping[int, Mistake]) -> None:
    """Known persons stand again where they stood before."""
    back: dict[int, list[int]] = {}
    for row in rows:
        kept_by = told[row.pk].kept_by
        if kept_by is not None and kept_by != row.union_id:
            back.setdefault(kept_by, []).append(row.person_id)
    for keeper_id, person_ids in back.items():
        keep_back(person_ids=person_ids, keeper_id=keeper_id)
