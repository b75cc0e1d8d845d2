"""The desk: one list from all workflows, by deadline, with counts that are the list (ui.md B1)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.module_loading import import_string

from niangjia.accounts import queries as accounts
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.listing import PAGE
from niangjia.kernel.scoping import within
from niangjia.kernel.shapes import Pager
from niangjia.kernel.words import Said, say
from niangjia.tasks.models import Task
from niangjia.tasks.permissions import Word
from niangjia.tasks.rules import Bucket, TaskState, TodoItem, bucket_of

NEVER = date(9999, 12, 31)
MINE, BELOW = "mine", "below"
Place = tuple[date, str]


@dataclass(frozen=True, slots=True)
class DeskFilters:
    """What the desk is narrowed to; every field stands in the address."""

    of: str = MINE
    when: str = ""
    kind: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A thing to do: one click to its decision; `task_id` is None for what is not kept."""

    key: str
    kind: str
    title: Said
    url: str
    due_on: date | None
    since: date | None
    unit_id: int
    unit_name: str
    bucket: Bucket
    task_id: int | None = None
    others: Sequence[str] = ()
    holder: str = ""
    word: str = ""
    recused: Sequence[int] = ()

    @property
    def place(self) -> Place:
        """Where it stands in the list."""
        return (self.due_on or NEVER, self.key)


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of the list in its three parts; the counts are of the whole list with these filters."""

    groups: Sequence[tuple[Bucket, Sequence[DeskRow]]]
    counts: Mapping[Bucket, int]
    kinds: Mapping[str, int]
    pager: Pager
    filters: DeskFilters
    may_look_below: bool = False
    kind_words: Mapping[str, Said] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many things to do there are."""
        return sum(self.counts.values())


def kind_words() -> dict[str, Said]:
    """The words for every kind of task, from the apps that lay them."""
    found: dict[str, Said] = {}
    for path in settings.NIANGJIA_TASK_KINDS:
        found |= import_string(path)
    return found


def desk_of(*, actor: Actor, today: date, filters: DeskFilters, before: str = "", after: str = "") -> Desk:
    """What lies on the desk of the acting post, its delegator's included; or on all desks below."""
    below = filters.of == BELOW and actor.may(Word.SUPERVISE)
    rows = _open_below(actor) if below else _open_mine(actor, today)
    items = [] if below else _items(actor, today)
    rows, items = _narrowed(rows, items, filters)
    tally = _tally(rows, items, today)
    kinds: Counter[str] = Counter()
    counts: Counter[Bucket] = Counter()
    for (kind, bucket), n in tally.items():
        kinds[kind] += n
        if filters.kind in {"", kind}:
            counts[bucket] += n
    shown, pager = _page(_of_kind(rows, filters.kind), items, filters, today, before, after)
    return Desk(
        groups=[(bucket, [row for row in shown if row.bucket is bucket]) for bucket in Bucket],
        counts=counts,
        kinds=dict(sorted(kinds.items())),
        pager=pager,
        filters=filters,
        may_look_below=actor.may(Word.SUPERVISE),
        kind_words=kind_words(),
    )


def _of_kind(rows: QuerySet[Task], kind: str) -> QuerySet[Task]:
    return rows.filter(kind=kind) if kind else rows


def _open_mine(actor: Actor, today: date) -> QuerySet[Task]:
    """The open tasks of the unit for a word of the post, and those of the actor or his delegator."""
    mine = Q(unit_id=actor.unit_id, word__in=list(actor.words), holder=None)
    delegator = accounts.delegator_of(post_id=actor.post_id, day=today)
    mine |= Q(holder=actor.user_id or 0) | Q(unit_id=actor.unit_id, holder__in=delegator)
    return _without_recused(Task.objects.filter(mine, state=TaskState.OPEN), actor)


def open_at(*, units: Iterable[int], about_not: Iterable[str] = ()) -> dict[int, int]:
    """How many tasks lie open at these unions, by union; those about some kinds of records left out."""
    rows = Task.objects.filter(unit__in=list(units), state=TaskState.OPEN)
    rows = rows.exclude(about_kind__in=list(about_not))
    counted = rows.order_by().values("unit_id").annotate(n=Count("pk"))
    return {row["unit_id"]: row["n"] for row in counted}


def open_about(*, units: Iterable[int], kind: str) -> list[tuple[int, int | None, int]]:
    """The open tasks at these unions about one kind of record: number, record, union."""
    rows = Task.objects.filter(unit__in=list(units), state=TaskState.OPEN, about_kind=kind).order_by("pk")
    return list(rows.values_list("pk", "about_id", "unit_id"))


def _open_below(actor: Actor) -> QuerySet[Task]:
    rows = within(Task.objects.filter(state=TaskState.OPEN), scope=actor.scope_for(Word.SUPERVISE))
    return _without_recused(rows, actor)


def _without_recused(rows: QuerySet[Task], actor: Actor) -> QuerySet[Task]:
    """A matter that concerns the reader himself never lies with him (R-G-06)."""
    return rows.exclude(recused__contains=[actor.person_id]) if actor.person_id else rows


def _items(actor: Actor, today: date) -> list[TodoItem]:
    """What the sources tell and no task is kept for."""
    found = [
        item
        for path in settings.NIANGJIA_TODO_SOURCES
        for item in import_string(path)(actor=actor, today=today)
    ]
    if not found:
        return []
    keys = [item.key for item in found]
    kept = set(Task.objects.filter(key__in=keys).values_list("key", flat=True))
    return [item for item in found if item.key not in kept]


def _narrowed(
    rows: QuerySet[Task], items: list[TodoItem], filters: DeskFilters
) -> tuple[QuerySet[Task], list[TodoItem]]:
    if filters.unit:
        rows = rows.filter(unit__name__contains=filters.unit)
        items = [item for item in items if filters.unit in item.unit_name]
    return rows, items


def _tally(rows: QuerySet[Task], items: Iterable[TodoItem], today: date) -> Counter[tuple[str, Bucket]]:
    """How many of each kind lie in each part."""
    parts = {
        Bucket.OVERDUE: Q(due_on__lt=today),
        Bucket.TODAY: Q(due_on=today),
        Bucket.LATER: Q(due_on__gt=today) | Q(due_on=None),
    }
    counts = {str(bucket): Count("pk", filter=part) for bucket, part in parts.items()}
    found: Counter[tuple[str, Bucket]] = Counter()
    for kind, *numbers in rows.order_by().values("kind").annotate(**counts).values_list("kind", *counts):
        for bucket, number in zip(Bucket, numbers, strict=True):
            found[kind, bucket] += number
    for item in items:
        found[item.kind, bucket_of(item.due_on, today=today)] += 1
    return found


def _page(
    rows: QuerySet[Task],
    items: Iterable[TodoItem],
    filters: DeskFilters,
    today: date,
    before: str,
    after: str,
) -> tuple[list[DeskRow], Pager]:
    """The rows after or before a place: kept tasks and items of the sources in one order."""
    token, back = (before, True) if before else (after, False)
    place = _read(token) if token else None
    found = [*_kept_rows(rows, filters.when, place, today, back=back), *_item_rows(items, filters, today)]
    found = [row for row in found if place is None or (row.place < place if back else row.place > place)]
    found.sort(key=lambda row: row.place, reverse=back)
    more, found = len(found) > PAGE, found[:PAGE]
    if back:
        found.reverse()
    first, last = (_write(found[0].place), _write(found[-1].place)) if found else ("", "")
    ahead, behind = (more if back else token), (back or more)
    return _with_others(found, today), Pager(before=first if ahead else "", after=last if behind else "")


def _kept_rows(
    rows: QuerySet[Task], when: str, place: Place | None, today: date, *, back: bool
) -> Iterable[DeskRow]:
    asked = {
        Bucket.OVERDUE: Q(due_on__lt=today),
        Bucket.TODAY: Q(due_on=today),
        Bucket.LATER: Q(due_on__gt=today) | Q(due_on=None),
    }
    rows = rows.filter(asked[Bucket(when)]) if when in set(Bucket) else rows
    rows = rows.annotate(due=Coalesce("due_on", Value(NEVER)))
    if place is not None:
        side = "lt" if back else "gt"
        tied = Q(**{f"due__{side}": place[0]}) | Q(**{f"key__{side}": place[1]})
        rows = rows.filter(Q(**{f"due__{side}e": place[0]}) & tied)
    order = ("-due", "-key") if back else ("due", "key")
    for task in rows.select_related("unit", "holder").order_by(*order)[: PAGE + 1]:
        yield DeskRow(
            task.key,
            task.kind,
            task.said,
            road_of(task=task),
            task.due_on,
            clock.day_of(task.standing_at),
            task.unit_id,
            task.unit.name,
            bucket_of(task.due_on, today=today),
            task.pk,
            holder=task.holder.name if task.holder else "",
            word="" if task.holder else task.word,
            recused=tuple(task.recused),
        )


def road_of(*, task: Task) -> str:
    """The page on which the task is decided; its own page where no other is."""
    return reverse(task.road, args=task.road_args) if task.road else reverse("task", args=[task.pk])


def _item_rows(items: Iterable[TodoItem], filters: DeskFilters, today: date) -> Iterable[DeskRow]:
    for item in items:
        bucket = bucket_of(item.due_on, today=today)
        if filters.kind in {"", item.kind} and filters.when in {"", str(bucket)}:
            url = reverse(item.road, args=item.road_args)
            yield DeskRow(
                item.key,
                item.kind,
                item.title,
                url,
                item.due_on,
                item.since,
                item.unit_id,
                item.unit_name,
                bucket,
            )


def _with_others(rows: Sequence[DeskRow], today: date) -> list[DeskRow]:
    """The same rows with the names of everybody with whom each lies, in one query."""
    shared = {row.unit_id for row in rows if row.word}
    holders = accounts.holders_at(unit_ids=shared, day=today) if shared else ()
    return [replace(row, others=_names(row, holders)) if row.word else row for row in rows]


def _names(row: DeskRow, holders: Sequence[accounts.Holder]) -> tuple[str, ...]:
    here = [h for h in holders if h.unit_id == row.unit_id and h.person_id not in row.recused]
    return tuple(dict.fromkeys(holder.name for holder in here if holder.carries(row.word)))


def _write(place: Place) -> str:
    return urlsafe_b64encode(json.dumps([place[0].isoformat(), place[1]]).encode()).decode().rstrip("=")


def _read(token: str) -> Place:
    try:
        day, key = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        place: tuple[date, Any] = (date.fromisoformat(day), key)
    except (ValueError, TypeError) as error:
        raise BadInput(say("翻页的位置无法识别。请从第一页看起。"), field="after") from error
    if not isinstance(place[1], str) or "\x00" in place[1]:
        raise BadInput(say("翻页的位置无法识别。请从第一页看起。"), field="after")
    return place
