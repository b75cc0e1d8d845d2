"""What a restructure tells on other pages: who took over from a union, and what is planned for it."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Panel, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.network.rules import OrgKind
from niangjia.reshaping.queries.sizing import size_hints
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.queries import open_plans_of, successors_of, title_of
from niangjia.restructuring.rules import SOURCES, STATE_WORDS, Kind, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from niangjia.network.models import Organisation


def panel_of(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """Its successors, its open plans, why a merge is suggested, and the way to a plan of its own."""
    tables = [
        *_taken_over(organisation, actor),
        *_planned(organisation, actor),
        *_suggested(organisation, actor, day),
    ]
    may = actor.may(Word.PROPOSE, at=organisation.path) and organisation.closed_on is None
    fits = OrgKind(organisation.kind) in SOURCES[Kind.DISSOLVE]
    road = f"{reverse('propose-restructure')}?source={organisation.pk}"
    acts = [Act(say("提出撤并改"), road, icon="network")] if may and fits else []
    return Panel(acts=acts, tables=tables)


def _taken_over(organisation: "Organisation", actor: Actor) -> list[Table]:
    if organisation.closed_on is None:
        return []
    found = successors_of(unit_ids=[organisation.pk]).get(organisation.pk, [])
    rows = [Row([one.name, one.since], href=reverse("organisation", args=[one.unit_id])) for one in found]
    return [Table(say("它的去向"), (Column(say("接收组织")), Column(say("自"))), rows)] if rows else []


def _planned(organisation: "Organisation", actor: Actor) -> list[Table]:
    if not actor.may(Word.READ, at=organisation.path):
        return []
    with beyond():
        plans = open_plans_of(unit_id=organisation.pk)
        rows = [
            Row(
                [title_of(row=one), one.effective_on, Cell(STATE_WORDS[State(one.state)], status="now")],
                href=reverse("restructure", args=[one.pk]),
            )
            for one in plans
        ]
    columns = (Column(say("事项")), Column(say("生效日")), Column(say("状态")))
    return [Table(say("正在办的撤并改"), columns, rows)] if rows else []


def _suggested(organisation: "Organisation", actor: Actor, day: date) -> list[Table]:
    if organisation.kind != OrgKind.FEDERATION or not actor.may(Word.PROPOSE, at=organisation.path):
        return []
    hints: Iterable[Said] = size_hints(unit_id=organisation.pk, day=day)
    rows = [Row([words]) for words in hints]
    return [Table(say("规模提示"), (Column(say("提示")),), rows)] if rows else []
