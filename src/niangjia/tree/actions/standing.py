"""Where units stand: planted, moved, closed; a planned move takes effect when its day comes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Substr

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.dated import holds_on
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.paths import CEILING, SEGMENT, unit_id_of
from niangjia.kernel.words import say
from niangjia.tree import rules
from niangjia.tree.models import Division, Placement, Relation, Unit
from niangjia.tree.rules import Stay

_TREE_LOCK = 0x6E6A5452
"""Number of the advisory lock under which the shape of the tree changes ("njTR")."""


@transaction.atomic
def plant_unit(*, kind: str, name: str, parent: Unit | None, division: Division | None, since: date) -> Unit:
    """A new unit under a parent from a day on. The app above journals what it founds.

    A unit older than its parent stands in the tree from the parent's first day on.
    Raises Refused under a parent that ends.
    """
    hold_the_tree(shared=True)
    above = stays_of(unit_id=parent.pk) if parent else []
    if parent is not None:
        rules.require_parent_stands(above, since=rules.NEVER)
    unit = Unit(kind=kind, name=name, parent=parent, division=division, since=since)
    unit.pk = _next_id()
    unit.path = rules.path_under(unit.pk, parent_path=_path_today(parent.pk) if parent else "")
    unit.save(force_insert=True)
    first = Stay(unit.pk, None, rules.path_under(unit.pk, parent_path=""), since)
    save_stays(stays=rules.carried([first], unit_id=unit.pk, above=above, since=since) if parent else [first])
    return unit


def hold_the_tree(*, shared: bool = False) -> None:
    """Wait until nobody else changes the shape of the tree; others wait until this transaction ends.

    Plants go side by side (`shared`); a move or a closing goes alone. One lock for all: no deadlock.
    """
    with connection.cursor() as cursor:
        verb = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        cursor.execute(f"SELECT {verb}(%s)", [_TREE_LOCK])


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('tree_unit', 'id'))")
        return int(cursor.fetchone()[0])


def _path_today(unit_id: int) -> str:
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first()
    if path is None:
        raise NotVisible
    return path


def stays_of(*, unit_id: int, since: date = date.min) -> list[Stay]:
    """The unit's own stays that reach into the days from `since` on, in their order."""
    rows = Placement.objects.filter(_reaches(since), unit_id=unit_id).order_by("since")
    return [Stay(*row) for row in rows.values_list("unit_id", "parent_id", "path", "since", "until")]


def _reaches(since: date) -> Q:
    return Q(until__isnull=True) | Q(until__gt=since)


def save_stays(*, stays: Iterable[Stay]) -> None:
    """The stays are placements."""
    Placement.objects.bulk_create(
        (
            Placement(
                unit_id=one.unit_id, parent_id=one.parent_id, path=one.path, since=one.since, until=one.until
            )
            for one in stays
        ),
        batch_size=2_000,
    )


@transaction.atomic
def move_unit(*, unit: Unit, parent: Unit, since: date, today: date, by: Actor, at: datetime) -> None:
    """The unit and all below it stand under another primary parent from `since` on; earlier days stay.

    Raises Refused for a cycle on any day to come, for a day that would undo another move, and for a parent
    that does not stand by then. A future day takes effect through `turn_the_day` when it comes.
    """
    hold_the_tree()
    old, own, above = _path_today(unit.pk), stays_of(unit_id=unit.pk), stays_of(unit_id=parent.pk)
    _require_placed(own)
    rules.require_no_cycle(unit.pk, above=[stay for stay in above if stay.end > since])
    rules.require_parent_stands(above, since=since)
    rules.require_day_after(since, own=own, parent_id=parent.pk)
    _carry(unit_id=unit.pk, own=own, above=above, since=since)
    if since <= today:
        _bring_to_today(_standing_on(today, [unit.pk, *_chain_on(today, parent.pk)]))
    journal.record(
        "move_unit",
        by=by,
        at=at,
        kind="tree.unit",
        object_id=unit.pk,
        before={"path": old, "parent": own[-1].parent_id},
        after={"parent": parent.pk, "since": since.isoformat()},
    )


def _require_placed(own: Sequence[Stay]) -> None:
    if not own or own[-1].parent_id is None:
        raise Refused(say("最上级的组织没有上级，不能调整隶属关系。"), field="unit")


def _carry(*, unit_id: int, own: Sequence[Stay], above: Sequence[Stay], since: date) -> None:
    """The placements of the unit and of all below it follow its new parent from `since` on."""
    tops = {stay.path for stay in own if stay.end > since}
    inside = Q()
    for top in tops:
        inside |= Q(path__gte=top, path__lt=top + CEILING)
    moving = Placement.objects.filter(inside, _reaches(since))
    rows = [Stay(*row) for row in moving.values_list("unit_id", "parent_id", "path", "since", "until")]
    moving.filter(since__gte=since).delete()
    moving.filter(since__lt=since).update(until=since)
    save_stays(stays=rules.carried(rows, unit_id=unit_id, above=above, since=since))


@transaction.atomic
def turn_the_day(*, today: date) -> int:
    """Today's paths equal the placements that hold today; returns how many units changed their parent."""
    hold_the_tree()
    return _bring_to_today(
        Placement.objects.filter(holds_on(today), parent__isnull=False).exclude(parent=F("unit__parent"))
    )


def _standing_on(day: date, unit_ids: Sequence[int]) -> Iterable[Placement]:
    return Placement.objects.filter(holds_on(day), unit_id__in=unit_ids, parent__isnull=False)


def _chain_on(day: date, unit_id: int) -> list[int]:
    """The unit and those above it on a day."""
    path = Placement.objects.filter(holds_on(day), unit_id=unit_id).values_list("path", flat=True).first()
    return [unit_id_of((path or "")[:end]) for end in range(SEGMENT, len(path or "") + 1, SEGMENT)]


def _bring_to_today(places: Iterable[Placement]) -> int:
    """Each unit hangs under the parent of its placement, with all below it, ended and future ones too.

    The highest come first: when a unit's turn comes, the path of its parent is already right.
    """
    moved = 0
    for place in sorted(places, key=lambda place: len(place.path)):
        unit = Unit.objects.get(pk=place.unit_id)
        new = rules.path_under(unit.pk, parent_path=_path_today(place.parent_id or 0))
        if unit.parent_id == place.parent_id and unit.path == new:
            continue
        _hang(unit, parent_id=place.parent_id, path=new)
        moved += 1
    return moved


def _hang(unit: Unit, *, parent_id: int | None, path: str) -> None:
    old = unit.path
    Unit.objects.filter(path__gte=old, path__lt=old + CEILING).update(
        path=Concat(Value(path), Substr(F("path"), len(old) + 1))
    )
    Unit.objects.filter(pk=unit.pk).update(parent=parent_id)


@transaction.atomic
def close_unit(*, unit: Unit, until: date) -> None:
    """The unit ends on a day; its place and its relations end with it and it stays readable.

    Raises Refused while anything stands, or will stand, under it. The app above journals what it closes.
    """
    hold_the_tree()
    own = stays_of(unit_id=unit.pk)
    if not own or until <= own[0].since or own[-1].until is not None:
        raise Refused(say("撤销日须晚于设立日，已撤销的组织不能再撤销。"), field="until")
    rules.require_empty_below(
        Placement.objects.filter(_reaches(until), parent=unit).values("unit").distinct().count()
    )
    Unit.objects.filter(pk=unit.pk).update(until=until)
    Placement.objects.filter(unit=unit, since__gte=until).delete()
    Placement.objects.filter(_reaches(until), unit=unit).update(until=until)
    ended = Relation.objects.filter(_reaches(until)).filter(Q(child=unit) | Q(guide=unit))
    ended.filter(since__gte=until).delete()
    ended.update(until=until)


def recast_unit(*, unit: Unit, kind: str) -> None:
    """The unit is of another kind; the app above asked whether it may be, and keeps what it was."""
    Unit.objects.filter(pk=unit.pk).update(kind=kind)


def rename_unit(*, unit: Unit, name: str) -> None:
    """Today's short name changes; the app above keeps the dated names."""
    Unit.objects.filter(pk=unit.pk).update(name=name)
