"""Rounds 公示批次: applications that were posted together, their notice, what became of each (R-AID-11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.aid import rules
from niangjia.aid.permissions import Word
from niangjia.aid.rules import State
from niangjia.casework.queries import COLUMNS, address, rows_of
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.listing import slice_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Fact, Figure, Pager, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.notices import queries as notices
from niangjia.notices.rules import NOTICE
from niangjia.papers.permissions import Word as PapersWord
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.aid.models import Round
    from niangjia.notices.models import PublicNotice


@dataclass(frozen=True, slots=True)
class RoundList:
    """The rounds of a reader."""

    table: Table
    pager: Pager
    acts: Sequence[Act]


def round_list(*, actor: Actor, day: date, before: str = "", after: str = "") -> RoundList:
    """Newest first, each with its notice and how many are in it."""
    rows = aid.rounds_within(scope=actor.scope_for(Word.READ))
    part = slice_of(rows, sort="-made_at", before=before, after=after)
    with beyond():
        hung = {one.pk: _notice(one.pk) for one in part.rows}
        names = tree.names_of(unit_ids={one.unit_id for one in part.rows})
    mine = aid.applications_for(actor=actor)
    counted = {
        one.pk: aid.narrowed(rows=mine, filters=aid.Filters(round=one.pk)).count() for one in part.rows
    }
    columns = (
        Column(say("批次")), Column(say("公示工会")), Column(say("申请（件）"), right=True),
        Column(say("公示")), Column(say("期满")), Column(say("待答复异议"), right=True),
    )  # fmt: skip
    lines = [
        Row(
            [one.name, names.get(one.unit_id, ""), counted[one.pk], *_cells(hung[one.pk])],
            href=reverse("aid-round", args=[one.pk]),
        )
        for one in part.rows
    ]
    first = Act(say("从已审核的申请安排公示"), reverse("aid-batch-round"), "megaphone", "primary")
    acts = (first,) if actor.may(Word.REVIEW) and actor.unit_id is not None else ()
    empty = say("还没有公示批次。审核通过的申请，可以一批一起公示。")
    table = Table(say("公示批次"), columns, lines, empty=empty, first=acts[0] if acts else None)
    return RoundList(table, part.pager(total=rows.count()), acts)


def _notice(round_id: int) -> "PublicNotice | None":
    rows = notices.notices_in_scope(scope=EVERYWHERE).filter(about_kind=rules.ROUND, about_id=round_id)
    return rows.order_by("-id").first()


def _cells(found: "PublicNotice | None") -> list[object]:
    if found is None:
        return [Cell(say("没有公示"), status="stop"), "—", 0]
    waiting = vars(found)["unanswered"]
    return [Cell(NOTICE.label(found.state), status="now"), found.ends_on, waiting]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round: its notice, days left, objections, who is in it."""

    row: "Round"
    facts: Sequence[Fact]
    figures: Sequence[Figure]
    table: Table
    acts: Sequence[Act]
    clear: bool
    words: Said


def round_page(*, round_id: int, actor: Actor, day: date) -> RoundPage:
    """One round as the acting post sees it."""
    row = aid.round_for(round_id=round_id, actor=actor)
    rows = aid.narrowed(rows=aid.applications_for(actor=actor), filters=aid.Filters(round=row.pk))
    found = list(rows.order_by("pk"))
    with beyond():
        notice, standing = _notice(row.pk), notices.standing_of(about_kind=rules.ROUND, about_id=row.pk)
        clear = aid.round_is_clear(round_id=row.pk)
        left = _left(notice, row.unit_id, day)
    here = {"round": row.pk}
    noticed = [one for one in found if one.state == State.NOTICED and not one.objected]
    figures = [
        Figure(say("在本批"), len(found), address(name="aid-applications", told=here), unit=say("件")),
        Figure(say("待审批"), sum(one.state == State.NOTICED for one in found),
               address(name="aid-applications", told={**here, "state": State.NOTICED}), unit=say("件")),
        Figure(say("待答复异议"), standing.unanswered, _office(notice, actor), unit=say("条")),
    ]  # fmt: skip
    return RoundPage(
        row=row,
        facts=_facts(row, notice, actor, left, day),
        figures=[one for one in figures if one.href],
        table=_table(found, actor),
        acts=_acts(row, actor, notice, clear=clear and bool(noticed)),
        clear=clear,
        words=_words(standing, clear=clear),
    )


def _left(notice: "PublicNotice | None", unit_id: int, day: date) -> int:
    """Working days until the notice has run."""
    if notice is None or notice.ends_on <= day:
        return 0
    return notices.calendar_at(unit_id=unit_id, day=day).between(max(day, notice.starts_on), notice.ends_on)


def _office(notice: "PublicNotice | None", actor: Actor) -> str:
    if notice is None or not actor.may("notices.read", at=notice.path):
        return ""
    return reverse("notice-office", args=[notice.pk])


def _facts(row: "Round", notice: "PublicNotice | None", actor: Actor, left: int, day: date) -> list[Fact]:
    with beyond():
        told = [Fact(say("公示工会"), row.unit.name), Fact(say("安排时间"), row.made_at)]
    if notice is None:
        return told
    over = notice.ends_on <= day
    days = say("已期满") if over else say("还有 {n} 个工作日", n=left)
    return [
        *told,
        Fact(say("公示"), NOTICE.label(notice.state), _office(notice, actor)),
        Fact(say("张贴"), say("{since} 起，{n} 个工作日", since=notice.starts_on, n=notice.workdays)),
        Fact(say("期满"), say("{day}（{left}）", day=notice.ends_on, left=days)),
        Fact(say("公示栏位置"), notice.board or "—"),
    ]


def _words(standing: notices.Standing, *, clear: bool) -> Said:
    if clear:
        return say("公示已期满，异议都已处理，可以审批。")
    if standing.unanswered:
        return say("有 {n} 条异议还没有答复。请先在公示里答复。", n=standing.unanswered)
    if standing.finished and standing.upheld:
        return say("有异议成立。请把有问题的那一件挑出退回，其余的才能审批。")
    return say("公示还没有期满。期满且无异议后才能审批。")


def _table(found: "Sequence[object]", actor: Actor) -> Table:
    lines = rows_of(rows=found, actor=actor)  # type: ignore[arg-type]
    told = []
    for one, line in zip(found, lines, strict=True):
        out = one.state == State.NOTICED and actor.may(Word.APPROVE, at=one.path)  # type: ignore[attr-defined]
        href = reverse("take-out-aid", args=[one.pk]) if out else ""  # type: ignore[attr-defined]
        last = Cell(say("异议成立，挑出"), href=href) if out else (say("已挑出") if one.objected else "—")  # type: ignore[attr-defined]
        told.append(Row([*line.cells, last], href=line.href))
    columns = (*COLUMNS, Column(say("异议")))
    return Table(say("在本批的申请"), columns, told, empty=say("本批的申请都已退回。"))


def _acts(row: "Round", actor: Actor, notice: "PublicNotice | None", *, clear: bool) -> list[Act]:
    acts = []
    if clear and actor.may(Word.APPROVE):
        acts.append(
            Act(
                say("审批这一批"),
                address(name="aid-batch-approve", told={"round": row.pk}),
                "check",
                "primary",
            )
        )
    if notice is not None and _office(notice, actor):
        acts.append(Act(say("打印公示"), reverse("print-notice", args=[notice.pk]), "printer"))
    if actor.may(PapersWord.ISSUE, at=row.path):
        acts.append(Act(say("打印发放花名册"), reverse("print-aid-roster", args=[row.pk]), "printer"))
    return acts
