"""The list of restructures and the page of one: what moves, how far it is, what is open, what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from niangjia.kernel.access import Actor
from niangjia.kernel.clock import today
from niangjia.kernel.listing import slice_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Event, Fact, Pager, Row, Stage, Table
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, say
from niangjia.messaging.rules import told as said_again
from niangjia.network.rules import KIND_LABELS as ORGANISATION_KINDS
from niangjia.network.rules import MODE_LABELS, Mode, OrgKind
from niangjia.reshaping.queries.sizing import size_facts
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.queries import (
    HEIR,
    SOURCE,
    moves_of,
    plan_of,
    restructure_in_scope,
    restructures_in_scope,
    tell_whole,
    title_of,
)
from niangjia.restructuring.rules import KIND, KIND_LABELS, OPEN, STAGE_WORDS, STATE_WORDS, WAY, Kind, State
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.restructuring.models import OpenMatter, Restructure

STATUS = {
    State.PROPOSED: "now",
    State.RETURNED: "warn",
    State.CONSULTED: "now",
    State.APPROVED: "now",
    State.AUDITED: "now",
    State.EXECUTED: "done",
    State.CLOSED: "done",
    State.WITHDRAWN: "stop",
    State.REJECTED: "stop",
    State.UNDONE: "stop",
}
VERBS = {
    "propose_restructure": say("提出方案"),
    "resubmit_restructure": say("修改后重新提出"),
    "withdraw_restructure": say("撤回方案"),
    "add_share": say("指定去向"),
    "remove_share": say("取消去向"),
    "consult_members": say("登记会员讨论结果"),
    "approve_restructure": say("批准"),
    "send_back_restructure": say("退回修改"),
    "reject_restructure": say("不批准"),
    "revoke_restructure": say("撤销批准"),
    "audit_restructure": say("登记经审结果"),
    "execute_restructure": say("执行，各项已划转"),
    "undo_restructure": say("恢复原状"),
    "close_restructure": say("办结归档"),
}


@dataclass(frozen=True, slots=True)
class RestructureList:
    """The restructures of a scope."""

    table: Table
    pager: Pager
    total: int
    actions: Sequence[Act]


@dataclass(frozen=True, slots=True)
class RestructurePage:
    """One restructure as the reader's scope shows it."""

    row: "Restructure"
    title: Said
    state: Said
    facts: Sequence[Fact]
    stages: Sequence[Stage]
    moves: Table
    shares: Table
    matters: Table
    events: Sequence[Event]
    actions: Sequence[Act]


def restructure_list(
    *, actor: Actor, kind: str = "", state: str = "", before: str = "", after: str = ""
) -> RestructureList:
    """Those that the reader's union decides or that touch one of its unions, the latest day first."""
    rows = restructures_in_scope(scope=actor.scope_for(Word.READ))
    rows = rows.filter(kind=kind) if kind in set(Kind) else rows
    rows = rows.filter(state=state) if state in set(State) else rows
    found = slice_of(rows, sort="-effective_on", before=before, after=after)
    tell_whole(rows=found.rows)
    names = (say("事项"), say("类别"), say("生效日"), say("审批组织"), say("状态"))
    table = Table(
        say("撤并改"),
        [Column(name) for name in names],
        [_line(row) for row in found.rows],
        empty=say("没有符合条件的撤并改。"),
    )
    total = rows.count()
    new = Act(say("提出撤并改方案"), reverse("propose-restructure"), icon="plus", kind="primary")
    return RestructureList(table, found.pager(total=total), total, (new,) if actor.may(Word.PROPOSE) else ())


def _line(row: "Restructure") -> Row:
    state = Cell(STATE_WORDS[State(row.state)], status=STATUS[State(row.state)])
    cells = [title_of(row=row), say(KIND_LABELS[Kind(row.kind)]), row.effective_on, row.desk.name, state]
    return Row(cells, href=reverse("restructure", args=[row.pk]))


def restructure_page(*, restructure_id: int, actor: Actor) -> RestructurePage:
    """One restructure: its own columns are open to every union that it touches."""
    row = restructure_in_scope(restructure_id=restructure_id, scope=actor.scope_for(Word.READ))
    with beyond():
        lines = lines_of(kind=KIND, object_ids=[row.pk], limit=40)
        authors = authors_of(lines)
        matters = list(row.matters.select_related("unit").order_by("settled_at", "pk"))
        moves, shares = _moves(row), _shares(row, actor)
        facts = _facts(row)
    events = [
        Event(one.at, authors.get(one.user_id, say("系统")), VERBS.get(one.verb, one.verb), note=one.reason)
        for one in lines
    ]
    return RestructurePage(
        row=row,
        title=title_of(row=row),
        state=STATE_WORDS[State(row.state)],
        facts=facts,
        stages=_stages(row),
        moves=moves,
        shares=shares,
        matters=_matters(matters),
        events=events,
        actions=_actions(row, actor),
    )


def _facts(row: "Restructure") -> list[Fact]:
    sides = list(row.sides.select_related("unit").order_by("pk"))
    found = [
        Fact(say("类别"), say(KIND_LABELS[Kind(row.kind)])),
        Fact(say("生效日"), row.effective_on),
        *(
            Fact(say("原组织"), one.unit.name, _organisation(one.unit_id))
            for one in sides
            if one.part == SOURCE
        ),
        *(
            Fact(say("接收组织"), one.unit.name, _organisation(one.unit_id))
            for one in sides
            if one.part == HEIR
        ),
        Fact(say("审批组织"), row.desk.name),
        Fact(say("理由"), row.reason),
    ]
    found += _conversion(row)
    if row.state in OPEN and row.kind in {Kind.MERGE, Kind.DISSOLVE}:
        found += size_facts(unit_ids=[one.unit_id for one in sides if one.part == SOURCE], day=today())
    if row.kind == Kind.SPLIT:
        found.append(Fact(say("原组织"), say("分立后撤销") if row.source_ends else say("分立后保留")))
    texts = (
        (say("会员安排"), row.member_plan),
        (say("经费财产安排"), row.asset_plan),
        (say("债权债务安排"), row.debt_plan),
        (say("档案印章安排"), row.dossier_plan),
    )
    found += [Fact(label, text) for label, text in texts if text]
    if row.consulted_on:
        text = "{day}，到会 {n} 人，赞成 {a}，反对 {b}"
        told = say(text, day=row.consulted_on, n=row.present, a=row.votes_for, b=row.votes_against)
        found += [Fact(say("会员讨论"), told), Fact(say("会议记录"), row.minutes or "—")]
    if row.decision_no:
        found.append(Fact(say("批复文号"), row.decision_no))
    if row.audit_no:
        found += [Fact(say("经审报告文号"), row.audit_no), Fact(say("移交结余"), Yuan(row.balance_fen or 0))]
        found += [Fact(say("财产移交文书号"), row.deed_no)] if row.deed_no else []
    return found + ([Fact(say("办结说明"), row.closing)] if row.closing else [])


def _conversion(row: "Restructure") -> list[Fact]:
    told = (
        (say("改为类别"), say(ORGANISATION_KINDS[OrgKind(row.new_kind)]) if row.new_kind else ""),
        (say("改为统筹模式"), say(MODE_LABELS[Mode(row.new_mode)]) if row.new_mode else ""),
        (say("改为名称"), row.new_name),
    )
    return [Fact(label, value) for label, value in told if value]


def _organisation(unit_id: int) -> str:
    return reverse("organisation", args=[unit_id])


def _stages(row: "Restructure") -> list[Stage]:
    state = State(row.state)
    if state not in WAY:
        return [Stage(STATE_WORDS[state], "now" if state is State.RETURNED else "done")]
    here = WAY.index(state)
    last = state is State.CLOSED
    marks = [
        "done" if place <= here else "now" if place == here + 1 and not last else "todo"
        for place in range(len(WAY))
    ]
    return [Stage(STAGE_WORDS[one], mark) for one, mark in zip(WAY, marks, strict=True)]


def _moves(row: "Restructure") -> Table:
    done = row.state in {State.EXECUTED, State.CLOSED}
    rows = [Row([one.source, one.what, Cell(one.n, href=one.href), one.heir]) for one in moves_of(row=row)]
    columns = (Column(say("从")), Column(say("划转")), Column(say("数量"), right=True), Column(say("到")))
    title = say("已经划转") if done else say("到生效日将划转")
    return Table(title, columns, rows, empty=say("没有下属工会和单位需要划转。"))


def _shares(row: "Restructure", actor: Actor) -> Table:
    """The heirs by name, and who takes what none of them names."""
    plan = plan_of(row=row)
    names = tree.names_of(unit_ids=[plan.target_id or 0])
    rows = []
    may = row.state in {State.PROPOSED, State.RETURNED} and actor.may(Word.PROPOSE)
    for share in row.shares.select_related("unit").order_by("pk"):
        name = share.unit.name if share.unit else say("{name}（新设立）", name=share.new_name)
        rest = say("未列明的也归它") if share.takes_rest else ""
        away = Cell(say("取消"), href=reverse("remove-share", args=[row.pk, share.pk])) if may else "—"
        rows.append(Row([Cell(name, note=rest), len(share.unit_ids), len(share.employer_ids), away]))
    if plan.target_id and plan.target_id > 0:
        rest = say("其余全部") if rows else say("全部")
        rows.append(Row([Cell(names.get(plan.target_id, "—"), note=say("未列明的归它")), rest, rest, "—"]))
    columns = (Column(say("接收组织")), Column(say("工会")), Column(say("单位")), Column(say("操作")))
    return Table(say("去向"), columns, rows, empty=say("还没有定去向。"))


def _matters(matters: "Sequence[OpenMatter]") -> Table:
    rows = [
        Row(
            [
                Cell(said_again(one.words), href=_road(one), note=said_again(one.party)),
                one.unit.name,
                one.found_at.date(),
                Cell(say("已办完"), status="done") if one.settled_at else Cell(say("待办"), status="todo"),
            ]
        )
        for one in matters
    ]
    columns = (Column(say("事项")), Column(say("承办组织")), Column(say("发现")), Column(say("状态")))
    return Table(say("生效前须办完"), columns, rows, empty=say("没有须先办完的事项。"))


def _road(one: "OpenMatter") -> str:
    try:
        return reverse(one.road, args=one.road_args) if one.road else ""
    except NoReverseMatch:
        return ""


EARLY = frozenset({State.PROPOSED, State.RETURNED})
UNDECIDED = frozenset({State.PROPOSED, State.CONSULTED})
AGREED = frozenset({State.APPROVED, State.AUDITED})
OFFERS: tuple[tuple[Word, frozenset[State], Said, str, str], ...] = (
    (Word.CONSULT, frozenset({State.PROPOSED}), say("登记会员讨论结果"), "consult-members", "primary"),
    (Word.PROPOSE, EARLY, say("指定去向"), "add-share", "outline"),
    (Word.PROPOSE, frozenset({State.RETURNED}), say("修改后重新提出"), "resubmit-restructure", "primary"),
    (Word.DECIDE, frozenset({State.CONSULTED}), say("批准"), "approve-restructure", "primary"),
    (Word.DECIDE, UNDECIDED, say("退回修改"), "send-back-restructure", "outline"),
    (Word.DECIDE, UNDECIDED, say("不批准"), "reject-restructure", "outline"),
    (Word.AUDIT, frozenset({State.APPROVED}), say("登记经审结果"), "audit-restructure", "primary"),
    (Word.DECIDE, frozenset({State.AUDITED}), say("现在执行"), "execute-restructure", "primary"),
    (Word.DECIDE, frozenset({State.EXECUTED}), say("办结归档"), "close-restructure", "primary"),
    (Word.DECIDE, frozenset({State.EXECUTED}), say("恢复原状"), "undo-restructure", "outline"),
    (
        Word.DECIDE,
        frozenset({State.APPROVED, State.AUDITED}),
        say("撤销批准"),
        "revoke-restructure",
        "outline",
    ),
    (Word.PROPOSE, EARLY | UNDECIDED, say("撤回方案"), "withdraw-restructure", "outline"),
)
"""Each step with whoever may take it, where, and the words of its button."""


def _actions(row: "Restructure", actor: Actor) -> list[Act]:
    """The steps that the reader may take now, each button naming its consequence."""
    decides = actor.may(Word.DECIDE, at=row.path)
    found = [
        Act(label, reverse(road, args=[row.pk]), kind=kind)
        for word, states, label, road, kind in OFFERS
        if row.state in states and (decides if word is Word.DECIDE else actor.may(word))
        if road != "add-share" or row.kind != Kind.CONVERT
    ]
    papers = _papers(row) if decides and row.decision_no else []
    roads = [(reverse("restructure-paper", args=[row.pk, name]), label) for name, label in papers]
    return found + [Act(label, road, icon="file-text") for road, label in roads]


def _papers(row: "Restructure") -> list[tuple[str, Said]]:
    audited = [("assets", say("出具财务移交清单"))] if row.audit_no else []
    return [("decision", say("出具撤并改决定")), *audited, ("roster", say("出具会员移交名册"))]
