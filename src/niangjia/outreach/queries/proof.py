"""查漏: the equation union by union and list by list, and how many probably stand on no list (feature 30)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from niangjia.campaigns import queries as campaigns
from niangjia.campaigns import rules
from niangjia.campaigns.queries import Roll
from niangjia.campaigns.rules import Estimate, Overlap, estimated
from niangjia.campaigns.rules import Row as Counts
from niangjia.kernel.access import Actor
from niangjia.kernel.shapes import Cell, Column, Fact, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.outreach.queries.board import (
    COUNTED,
    OUTCOMES,
    equation_of,
    mark_of,
    place_of,
    rows_href,
)

if TYPE_CHECKING:
    from niangjia.campaigns.models import Campaign
    from niangjia.tree.models import Unit

TWO = 2


@dataclass(frozen=True, slots=True)
class ProofPage:
    """What proves that nobody was left out, and how far the lists themselves reach."""

    row: "Campaign"
    at: "Unit"
    mark: Cell
    equation: Said
    holds: bool
    unions: Table
    rolls: Table
    codes: Sequence[str]
    compared: Mapping[str, str]
    overlap: Sequence[Fact]
    estimate: Sequence[Said]
    rough: bool


def proof_page(*, campaign_id: int, first: str, second: str, actor: Actor) -> ProofPage:
    """The proof in the reader's scope; the two lists compared are those asked for, else the two longest."""
    row = campaigns.campaign_for(campaign_id=campaign_id, actor=actor)
    at = place_of(row=row, unit_id=None, actor=actor)
    board = campaigns.board_of(campaign=row, at=at, actor=actor)
    rolls = campaigns.rolls_of(campaign=row, actor=actor)
    codes = [one.code for one in rolls]
    first, second = _two(codes, first, second)
    told = campaigns.overlap_of(campaign=row, actor=actor, first=first, second=second) if second else None
    found = estimated(told) if told else None
    return ProofPage(
        row=row,
        at=at,
        mark=mark_of(counts=board.total),
        equation=equation_of(counts=board.total),
        holds=sum(line.row.targets for line in board.lines) == board.total.targets,
        unions=_unions(row, board.lines),
        rolls=_rolls(row, rolls, at),
        codes=codes,
        compared={"first": first, "second": second},
        overlap=_overlap(told, first, second) if told else (),
        estimate=_estimate(found, board.total) if found else (),
        rough=bool(found and found.rough),
    )


def _two(codes: Sequence[str], first: str, second: str) -> tuple[str, str]:
    if first in codes and second in codes and first != second:
        return first, second
    return (codes[0], codes[1]) if len(codes) >= TWO else ("", "")


def _unions(row: "Campaign", lines: Sequence[campaigns.Line]) -> Table:
    rows = [
        Row([line.name, mark_of(counts=line.row), Cell(line.row.open, href=_open(row, line.number))])
        for line in lines
    ]
    columns = (Column(say("工会")), Column(say("情况")), Column(say("还没有结果"), right=True))
    return Table(say("逐个工会"), columns, rows, empty=say("还没有上报对象。"))


def _open(row: "Campaign", unit_id: int | None) -> str:
    return rows_href(row=row, under=unit_id, outcome="open")


def _rolls(row: "Campaign", rolls: Sequence[Roll], at: "Unit") -> Table:
    """Each outside list against the register: whoever it names has an outcome or is open."""
    rows = [
        Row(
            [
                rules.said_roll(one.code),
                Cell(one.row.targets, href=rows_href(row=row, roll=one.code, under=at.pk)),
                *(
                    Cell(
                        getattr(one.row, outcome),
                        href=rows_href(row=row, roll=one.code, under=at.pk, outcome=str(outcome)),
                    )
                    for outcome in OUTCOMES
                ),
                "—" if one.row.percent_visited is None else say("{n}%", n=one.row.percent_visited),
            ]
        )
        for one in rolls
    ]
    note = say("一户可以在几份名单上；每份名单上的每一户都在册，一户不少。")
    columns = (Column(say("名单")), *COUNTED)
    return Table(say("逐份名单"), columns, rows, note=note, empty=say("还没有名单。"))


def _overlap(told: Overlap, first: str, second: str) -> list[Fact]:
    return [
        Fact(rules.said_roll(first), say("{n} 户", n=told.first)),
        Fact(rules.said_roll(second), say("{n} 户", n=told.second)),
        Fact(say("两份都有"), say("{n} 户", n=told.both)),
        Fact(say("合起来"), say("{n} 户", n=told.listed)),
    ]


def _estimate(found: Estimate, total: Counts) -> list[Said]:
    """In sentences: how many there may be in all, and how many of them are not registered yet."""
    left = found.beyond(total.targets)
    return [
        say(
            "按两份名单的重合推算，困难家庭大约有 {n} 户（可能在 {low} 至 {high} 户之间）。",
            n=found.number,
            low=found.low,
            high=found.high,
        ),
        say(
            "现在在册 {targets} 户，估计还有 {n} 户没有列进来（可能 {low} 至 {high} 户）。",
            targets=total.targets,
            n=left.number,
            low=left.low,
            high=left.high,
        ),
    ]
