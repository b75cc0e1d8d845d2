"""Employers entered by mistake are taken out as if they had never stood there, unless used since."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.words import Said, say
from niangjia.network.actions.folding import fold_soon
from niangjia.network.models import Coverage, Employer
from niangjia.network.permissions import Word
from niangjia.tree.actions import hold_the_tree


@transaction.atomic
def withdraw_employers(*, versions: Mapping[int, int], by: Actor, at: datetime) -> dict[int, Said | None]:
    """Of each employer None if it is out with its coverage, or why it stays; `versions`: those at entry."""
    hold_the_tree(shared=True)
    rows = {row.pk: row for row in Employer.objects.select_for_update().filter(pk__in=versions)}
    for row in rows.values():
        by.require(Word.COVER, at=row.path)
    kept = {number: _changed(rows.get(number), version) for number, version in versions.items()}
    free = [number for number, words in kept.items() if words is None]
    kept |= dict.fromkeys(_used(free), say("之后有别的登记用到这家单位，没有撤回。请先撤去那些登记。"))
    gone = [number for number, words in kept.items() if words is None]
    Coverage.objects.filter(employer_id__in=gone).delete()
    Employer.objects.filter(pk__in=gone).delete()
    fold_soon()
    told = [{"id": number, "uscc": rows[number].uscc, "name": rows[number].name} for number in gone]
    journal.record_rows("withdraw_employers", told, by=by, at=at, kind="network.bulk")
    return kept


def _changed(row: Employer | None, version: int) -> Said | None:
    if row is None:
        return say("名册里已没有这家单位，或不在您的工作范围内。")
    if row.version != version or row.until is not None:
        return say("“{name}”之后被修改过，没有撤回。请在单位页面核对。", name=row.name)
    return None


def _used(numbers: list[int]) -> set[int]:
    """The employers on which rows of other tables hang, or whose coverage has a history of its own."""
    covers = Counter(Coverage.objects.filter(employer_id__in=numbers).values_list("employer_id", flat=True))
    used = {number for number, n in covers.items() if n > 1}
    for relation in Employer._meta.related_objects:  # noqa: SLF001 - Django's documented way to relations
        name = relation.field.name
        rows = relation.related_model._default_manager.filter(**{f"{name}__in": numbers})  # noqa: SLF001
        rows = rows.exclude(until=None) if relation.related_model is Coverage else rows
        used |= set(rows.values_list(name, flat=True))
    return used
