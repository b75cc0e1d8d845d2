"""Many units at once leave one parent for another, with all that stands below them."""

from collections.abc import Collection
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from niangjia.kernel.errors import Refused
from niangjia.kernel.paths import CEILING, SEGMENT, segment
from niangjia.kernel.words import say
from niangjia.tree import rules
from niangjia.tree.actions.standing import hold_the_tree, save_stays, stays_of
from niangjia.tree.models import Placement, Unit
from niangjia.tree.rules import Stay

HANG = """
UPDATE tree_unit AS u SET path = %(new)s || substr(u.path, %(length)s + 1),
 parent_id = CASE WHEN u.parent_id = %(source)s THEN %(parent)s ELSE u.parent_id END
 FROM unnest(%(tops)s::text[]) AS t(top)
 WHERE u.path >= t.top COLLATE "C" AND u.path < (t.top || '~') COLLATE "C" """


@transaction.atomic
def reroot(*, source: Unit, parent: Unit, unit_ids: Collection[int], since: date) -> None:
    """From a day on, where one of these units stands or will stand below `source`, it stands below `parent`.

    Days on which it stands elsewhere stay as they are. Raises Refused for a parent that stands below one of
    them, or does not stand from that day on. The app above journals what it moves.
    """
    hold_the_tree()
    above = stays_of(unit_id=parent.pk)
    for unit_id in unit_ids:
        rules.require_no_cycle(unit_id, above=[stay for stay in above if stay.end > since])
    rules.require_parent_stands(above, since=since)
    _move_places(source, unit_ids, above, since=since)
    _hang_below(source, parent, unit_ids)


def _move_places(source: Unit, unit_ids: Collection[int], above: list[Stay], *, since: date) -> None:
    """The placements that lead through `source` and one of the units lead through `above` instead."""
    wanted = {segment(unit_id): unit_id for unit_id in unit_ids}
    moving: list[tuple[int, int, Stay]] = []
    for base in {stay.path for stay in stays_of(unit_id=source.pk, since=since)}:
        rows = Placement.objects.filter(path__gt=base, path__lt=base + CEILING)
        for row in rows:
            top = wanted.get(row.path[len(base) : len(base) + SEGMENT])
            stay = Stay(row.unit_id, row.parent_id, row.path, row.since, row.until)
            if top is not None and stay.end > since:
                moving.append((top, row.pk, stay))
    whole = [pk for _, pk, stay in moving if stay.since >= since]
    Placement.objects.filter(pk__in=whole).delete()
    Placement.objects.filter(pk__in={pk for _, pk, _ in moving} - set(whole)).update(until=since)
    moving.sort(key=lambda item: item[0])
    for top, items in groupby(moving, key=lambda item: item[0]):
        stays = [stay for _, _, stay in items]
        new = list(rules.carried(stays, unit_id=top, above=above, since=since))
        _require_whole(stays, new, since=since)
        save_stays(stays=new)


def _require_whole(old: list[Stay], new: list[Stay], *, since: date) -> None:
    """Refuse where a day would be lost: the new parent ends before one of the stays."""
    if sum(_days(stay, since) for stay in old) != sum(_days(stay, since) for stay in new):
        raise Refused(say("接收的组织没有在全部日期存续，不能接收。请另选接收组织。"), field="parent")


def _days(stay: Stay, since: date) -> int:
    return (stay.end - max(stay.since, since)).days


def _hang_below(source: Unit, parent: Unit, unit_ids: Collection[int]) -> None:
    """Today's tree: what hangs below `source` among the units hangs below `parent`, ended ones too."""
    old, new = (Unit.objects.values_list("path", flat=True).get(pk=one.pk) for one in (source, parent))
    hanging = Unit.objects.filter(pk__in=unit_ids, parent=source)
    tops = list(hanging.values_list("path", flat=True))
    told: dict[str, Any] = {
        "new": new,
        "length": len(old),
        "source": source.pk,
        "parent": parent.pk,
        "tops": tops,
    }
    with connection.cursor() as cursor:
        cursor.execute(HANG, told)
