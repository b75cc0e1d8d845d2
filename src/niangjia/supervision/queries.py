"""Supervised tasks 督办 as a scope sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse

from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.listing import slice_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.shapes import Act, Cell, Column, Event, Fact, Pager, Row, Stage, Table
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, say
from niangjia.supervision.models import SupervisedTask
from niangjia.supervision.permissions import Word
from niangjia.supervision.rules import KIND, SUPERVISION_WORDS, Supervised
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.tree.models import Unit

VERBS = {
    "give_supervised_task": say("交办"),
    "reply_to_supervised_task": say("回复"),
    "accept_reply": say("同意办结"),
    "send_back_reply": say("退回补充"),
    "withdraw_supervised_task": say("撤回交办"),
    "take_back_reply": say("撤回回复"),
}
STATUS = {
    Supervised.GIVEN: "now",
    Supervised.REPLIED: "todo",
    Supervised.ACCEPTED: "done",
    Supervised.WITHDRAWN: "stop",
}


@dataclass(frozen=True, slots=True)
class SupervisedList:
    """The supervised tasks of a scope."""

    table: Table
    pager: Pager
    total: int
    actions: Sequence[Act]


@dataclass(frozen=True, slots=True)
class SupervisedPage:
    """One supervised task: what is asked, what was replied, what may be done."""

    row: SupervisedTask
    facts: Sequence[Fact]
    stages: Sequence[Stage]
    events: Sequence[Event]
    actions: Sequence[Act]
    state: Said


def supervised_rows(*, scope: Scope) -> QuerySet[SupervisedTask]:
    """The supervised tasks given to units of the scope."""
    rows = within(SupervisedTask.objects.all(), scope=scope)
    return rows.select_related("from_unit", "to_unit")


def supervised_in_scope(*, supervised_id: int, scope: Scope) -> SupervisedTask:
    """One of them, or 404."""
    return the_one(supervised_rows(scope=scope).filter(pk=supervised_id))


def supervised_list(
    *, actor: Actor, state: str = "", today: date, before: str = "", after: str = ""
) -> SupervisedList:
    """Those that the reader's unit was given, and those of the units below."""
    rows = supervised_rows(scope=actor.scope_for(Word.READ))
    rows = rows.filter(state=state) if state in set(Supervised) else rows
    found = slice_of(rows, sort="-due_on", before=before, after=after)
    table = Table(
        say("督办"),
        (
            Column(say("事项")),
            Column(say("承办组织")),
            Column(say("交办组织")),
            Column(say("期限")),
            Column(say("状态")),
        ),
        [_line(row, today) for row in found.rows],
        empty=say("没有符合条件的督办。"),
    )
    new = (Act(say("交办一件事"), reverse("give-supervised"), icon="plus", kind="primary"),)
    total = rows.count()
    return SupervisedList(table, found.pager(total=total), total, new if actor.may(Word.GIVE) else ())


def _line(row: SupervisedTask, today: date) -> Row:
    late = row.state == Supervised.GIVEN and row.due_on < today
    state = Cell(SUPERVISION_WORDS[row.state], status="late" if late else STATUS[Supervised(row.state)])
    cells = [
        row.title,
        row.to_unit.name,
        row.from_unit.name,
        Cell(row.due_on, note=say("已超期") if late else ""),
        state,
    ]
    return Row(cells, href=reverse("supervised", args=[row.pk]))


def supervised_page(*, supervised_id: int, actor: Actor) -> SupervisedPage:
    """One supervised task as the reader's scope shows it."""
    row = supervised_in_scope(supervised_id=supervised_id, scope=actor.scope_for(Word.READ))
    with beyond():
        lines = lines_of(kind=KIND, object_ids=[row.pk])
        authors = authors_of(lines)
    events = [
        Event(
            line.at, authors.get(line.user_id, say("系统")), VERBS.get(line.verb, line.verb), note=line.reason
        )
        for line in lines
    ]
    return SupervisedPage(
        row, _facts(row), _stages(row), events, _actions(row, actor), SUPERVISION_WORDS[row.state]
    )


def _facts(row: SupervisedTask) -> list[Fact]:
    found = [
        Fact(say("交办组织"), row.from_unit.name),
        Fact(say("承办组织"), row.to_unit.name),
        Fact(say("期限"), row.due_on),
        Fact(say("要求"), row.words or say("没有另写要求")),
    ]
    if row.reply:
        found += [Fact(say("回复"), row.reply), Fact(say("办理依据"), row.evidence or "—")]
    return found


def _stages(row: SupervisedTask) -> list[Stage]:
    order = (Supervised.GIVEN, Supervised.REPLIED, Supervised.ACCEPTED)
    labels = (say("承办办理"), say("交办核对"), say("办结"))
    if row.state == Supervised.WITHDRAWN:
        return [Stage(SUPERVISION_WORDS[row.state], "stop")]
    here = order.index(Supervised(row.state))
    states = [
        "done" if i < here or row.state == Supervised.ACCEPTED else "now" if i == here else "todo"
        for i in range(3)
    ]
    return [Stage(label, state) for label, state in zip(labels, states, strict=True)]


def _actions(row: SupervisedTask, actor: Actor) -> list[Act]:
    gives, answers = actor.unit_id == row.from_unit_id, actor.unit_id == row.to_unit_id
    found = []
    if row.state == Supervised.GIVEN and answers and actor.may(Word.REPLY):
        found.append(Act(say("回复"), reverse("reply-supervised", args=[row.pk]), kind="primary"))
    if row.state == Supervised.REPLIED and gives and actor.may(Word.GIVE):
        found.append(Act(say("同意办结"), reverse("accept-supervised", args=[row.pk]), kind="primary"))
        found.append(Act(say("退回补充"), reverse("send-back-supervised", args=[row.pk])))
    if row.state == Supervised.GIVEN and gives and actor.may(Word.GIVE):
        found.append(Act(say("撤回交办"), reverse("withdraw-supervised", args=[row.pk])))
    return found


def units_below(*, actor: Actor) -> "QuerySet[Unit]":
    """The units to which the actor's union may give a task: those below its own."""
    rows = tree.units_in_scope(scope=actor.scope_for(Word.GIVE))
    return rows.exclude(pk=actor.unit_id or 0).filter(until=None)
