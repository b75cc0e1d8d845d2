"""The to-do list as the desk shows it: three parts, tabs with their counts, one click to each decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from niangjia.kernel import shapes
from niangjia.kernel.access import Actor
from niangjia.kernel.words import Said, listed, say
from niangjia.tasks import queries as tasks
from niangjia.tasks.permissions import Word as TasksWord
from niangjia.tasks.rules import Bucket

Filters = tasks.DeskFilters
NO_FILTERS = tasks.DeskFilters()
NAMES_SHOWN = 3
BUCKET_WORDS: Mapping[Bucket, Said] = {
    Bucket.OVERDUE: say("超期"),
    Bucket.TODAY: say("今天"),
    Bucket.LATER: say("以后"),
}
NOTHING: Mapping[Bucket, Said] = {
    Bucket.OVERDUE: say("没有超期的事。"),
    Bucket.TODAY: say("今天没有到期的事。"),
    Bucket.LATER: say("没有别的待办。"),
}
MARKS = {Bucket.OVERDUE: "late", Bucket.TODAY: "warn", Bucket.LATER: "todo"}


@dataclass(frozen=True, slots=True)
class ToDo:
    """The list with its tabs; `kinds` are offered to narrow it."""

    tabs: Sequence[shapes.Tab]
    tables: Sequence[shapes.Table]
    pager: shapes.Pager
    total: int
    kinds: Mapping[str, Said]
    may_look_below: bool


def to_do(*, actor: Actor, today: date, filters: Filters, before: str, after: str) -> ToDo | None:
    """What lies on the acting post's desk, or on the desks below; nothing for a post without one."""
    if not actor.may(TasksWord.READ):
        return None
    desk = tasks.desk_of(actor=actor, today=today, filters=filters, before=before, after=after)
    shown = [pair for pair in desk.groups if pair[1] or _is_asked(pair[0], desk, filters)]
    return ToDo(
        tabs=_tabs(desk, filters),
        tables=[_table(bucket, rows, desk) for bucket, rows in shown],
        pager=desk.pager,
        total=desk.total,
        kinds={kind: desk.kind_words.get(kind, say("{kind}", kind=kind)) for kind in desk.kinds},
        may_look_below=desk.may_look_below,
    )


def _is_asked(bucket: Bucket, desk: tasks.Desk, filters: Filters) -> bool:
    """An empty part is shown where it was asked for, and "later" where there is nothing at all."""
    return filters.when == bucket or (not desk.total and not filters.when and bucket is Bucket.LATER)


def _tabs(desk: tasks.Desk, filters: Filters) -> list[shapes.Tab]:
    found = [shapes.Tab(say("全部"), _address(filters, ""), current=not filters.when, count=desk.total)]
    for bucket, words in BUCKET_WORDS.items():
        here = filters.when == bucket
        found.append(
            shapes.Tab(words, _address(filters, bucket), current=here, count=desk.counts.get(bucket, 0))
        )
    return found


def _address(filters: Filters, when: str) -> str:
    kept = {
        "of": filters.of if filters.of != "mine" else "",
        "when": when,
        "kind": filters.kind,
        "unit": filters.unit,
    }
    asked = urlencode({name: value for name, value in kept.items() if value})
    return reverse("desk") + (f"?{asked}" if asked else "")


def _table(bucket: Bucket, rows: Sequence[tasks.DeskRow], desk: tasks.Desk) -> shapes.Table:
    columns = (say("事项"), say("期限"), say("办理组织"), say("谁在办"), say("经过"))
    return shapes.Table(
        BUCKET_WORDS[bucket],
        [shapes.Column(label) for label in columns],
        [_row(row, desk) for row in rows],
        note=say("{n} 件", n=desk.counts.get(bucket, 0)),
        empty=NOTHING[bucket],
    )


def _row(row: tasks.DeskRow, desk: tasks.Desk) -> shapes.Row:
    kind = desk.kind_words.get(row.kind, row.kind)
    due = shapes.Cell(row.due_on or say("没有规定期限"), status=MARKS[row.bucket])
    more: object = ""
    if row.task_id is not None:
        more = shapes.Cell(say("看经过"), href=reverse("task", args=[row.task_id]))
    cells = [shapes.Cell(row.title, note=kind), due, row.unit_name, _who(row), more]
    return shapes.Row(cells, href=row.url)


def _who(row: tasks.DeskRow) -> Said | str:
    """The one with whom it lies, or everybody who may take it."""
    if row.holder or not row.others:
        return row.holder
    if len(row.others) > NAMES_SHOWN:
        first = listed(row.others[:NAMES_SHOWN])
        return say("{names}等 {n} 人", names=first, n=len(row.others))
    return listed(row.others)
