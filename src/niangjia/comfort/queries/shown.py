"""A visit in words: the facts of its page, its line in the list; called where its rows may be read."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Cell, Fact, Row
from niangjia.kernel.words import Said, listed, say
from niangjia.sympathy.queries import recipient_said, words_of
from niangjia.sympathy.rules import GIVEN, LABELS, OCCASIONS, RECEIPTS, STATUS, State

if TYPE_CHECKING:
    from niangjia.sympathy.models import SympathyVisit, Visitor


def sums_of(*, row: "SympathyVisit") -> str:
    """The money that was given, in yuan."""
    return str(Yuan(row.amount_fen)) if row.amount_fen else "—"


def line_of(*, row: "SympathyVisit", unit: str) -> Row:
    """The visit in the list."""
    day = row.visited_on or row.planned_on or row.due_on
    state = Cell(LABELS[row.state], status=STATUS.get(row.state, "now"))
    return Row(
        [row.name, OCCASIONS[row.occasion], row.since, unit, day or "—", sums_of(row=row), state],
        href=reverse("sympathy-visit", args=[row.pk]),
    )


def facts_of(
    *, row: "SympathyVisit", names: Mapping[int, str], visitors: "Sequence[Visitor]", goes: bool
) -> list[Fact]:
    """What is known of the visit."""
    told = [
        Fact(say("慰问对象"), row.name),
        Fact(say("情形"), OCCASIONS[row.occasion]),
        Fact(say("发生日"), row.since),
        Fact(say("工会"), row.unit.name),
        Fact(say("上报"), names.get(row.reported_by or 0) or row.source or say("系统")),
    ]
    place = words_of(visit=row, field="place") if goes else ""
    told += [Fact(say("地点"), place)] if place else []
    told += [Fact(say("慰问期限"), row.due_on)] if row.due_on else []
    if row.planned_on:
        told.append(Fact(say("安排"), _plan(row, names)))
    if row.state in GIVEN:
        told += _given(row, visitors, goes=goes)
    if row.reason and row.state in {State.CANCELLED, State.PLANNED}:
        told.append(Fact(say("原因"), row.reason))
    return told


def _plan(row: "SympathyVisit", names: Mapping[int, str]) -> Said:
    who = names.get(row.holder_id or 0) or say("本工会")
    return say("{who}，{day}", who=who, day=row.planned_on)


def _given(row: "SympathyVisit", visitors: "Sequence[Visitor]", *, goes: bool) -> list[Fact]:
    gift: object = say("{what}，价值 {sum} 元", what=row.gift, sum=Yuan(row.gift_fen)) if row.gift else "—"
    told = [
        Fact(say("慰问日"), row.visited_on),
        Fact(say("慰问人员"), listed([one.name for one in visitors])),
        Fact(say("慰问品"), gift),
        Fact(say("慰问金"), say("{sum} 元", sum=Yuan(row.amount_fen)) if row.amount_fen else "—"),
        Fact(say("领取人"), recipient_said(row=row)),
        Fact(say("签收"), RECEIPTS[row.receipt] if row.gift or row.amount_fen else say("不用签收")),
    ]
    words = words_of(visit=row, field="words") if goes else ""
    return [*told, Fact(say("职工诉求"), words)] if words else told
