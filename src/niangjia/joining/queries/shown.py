"""Applications and codes in the shapes of the page furniture, and what joining adds to an organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.joining.models import JoinQr, MembershipApplication
from niangjia.joining.permissions import Word
from niangjia.joining.queries.applications import OPEN, Match, applications_in_scope, match_of
from niangjia.joining.queries.codes import state_of
from niangjia.joining.queries.following import events_of, stages_of
from niangjia.joining.rules import APPLICATION, CHANNELS, CODE_STATES, KIND, SHAPES, Channel, CodeState
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.shapes import Act, Cell, Column, Event, Fact, Figure, Panel, Row, Stage, Table
from niangjia.kernel.words import Said, say
from niangjia.members.rules import JOINABLE, Form
from niangjia.papers.permissions import Word as PapersWord
from niangjia.people.rules import SEXES, said_paper
from niangjia.tasks import queries as tasks

if TYPE_CHECKING:
    from niangjia.network.models import Organisation

ROADS = {
    "approve": (say("同意入会"), "approve-application", Word.DECIDE, "primary"),
    "affiliate": (say("登记为挂靠"), "affiliate-application", Word.DECIDE, "primary"),
    "hand_over": (say("改办转会"), "hand-over-application", Word.DECIDE, "outline"),
    "review": (say("初审通过，待批准"), "review-application", Word.DECIDE, "outline"),
    "support": (say("填写小组意见"), "support-application", Word.SUPPORT, "primary"),
    "return": (say("退回，请本人补充"), "return-application", Word.DECIDE, "outline"),
    "route": (say("转送对口工会"), "route-application", Word.ROUTE, "outline"),
    "reject": (say("不予入会"), "reject-application", Word.DECIDE, "stop"),
    "overturn": (say("请原工会重新办理"), "overturn-application", Word.APPEAL, "primary"),
    "uphold": (say("维持不予入会"), "uphold-application", Word.APPEAL, "stop"),
}


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One application for the officer: what is told, what stands already, where it lies, what may be done."""

    row: MembershipApplication
    state: Said
    facts: Sequence[Fact]
    match: Match
    stages: Sequence[Stage]
    events: Sequence[Event]
    standing: tasks.Standing | None
    actions: Sequence[Act]
    needs_scan: bool


def application_page(*, application: MembershipApplication, actor: Actor, today: date) -> ApplicationPage:
    """The page of one application of the officer's scope."""
    row = application
    match = match_of(application=row, actor=actor, today=today)
    standing = tasks.standing_of(about_kind=KIND, about_id=row.pk, today=today)
    return ApplicationPage(
        row=row,
        state=APPLICATION.label(row.state),
        facts=facts_of(application=row),
        match=match,
        stages=stages_of(application=row),
        events=events_of(application=row),
        standing=standing[0] if standing else None,
        actions=_acts(row, match, actor),
        needs_scan=row.channel == "paper" and row.state in OPEN,
    )


def _acts(row: MembershipApplication, match: Match, actor: Actor) -> list[Act]:
    """The buttons: a member elsewhere is offered transfer and affiliation, anybody else joining."""
    names = {step.name for step in APPLICATION.steps_from(row.state)}
    if "review" in names or "approve" in names:
        names |= {"affiliate", "hand_over"} if match.is_member else {"approve"}
        names -= set() if match.is_member else {"affiliate", "hand_over"}
        names -= {"approve"} if match.is_member else set()
    found = [
        Act(label, reverse(road, args=[row.pk]), kind=kind)
        for name, (label, road, word, kind) in ROADS.items()
        if name in names and actor.may(word, at=row.path)
    ]
    if row.state == "approved" and actor.may(PapersWord.ISSUE, at=row.path) and row.outcome:
        found.append(Act(say("出具入会申请书"), reverse("application-paper", args=[row.pk])))
    return found


def facts_of(*, application: MembershipApplication) -> list[Fact]:
    """What an application tells, numbers masked."""
    row = application
    employer = row.employer.name if row.employer else row.employer_told
    told = [
        Fact(say("申请加入"), row.union.name, reverse("organisation", args=[row.union_id])),
        Fact(say("姓名"), row.name),
        Fact(say("性别、出生日期"), say("{sex}，{born}", sex=_sex(row), born=row.born or "—")),
        Fact(say("证件"), said_paper(row.id_kind, row.id_tail) if row.id_tail else "—"),
        Fact(say("手机"), say("尾号 {tail}", tail=row.mobile_tail) if row.mobile_tail else "—"),
        Fact(say("工作单位"), employer or "—"),
    ]
    if row.workplace and row.workplace_id != row.employer_id:
        told.append(Fact(say("实际上班的地方"), row.workplace.name))
    if row.form:
        told.append(Fact(say("从业形态"), Said(str(row.get_form_display()))))
    told += [Fact(say("平台或车辆"), row.platform)] if row.platform else []
    told += [Fact(say("途径"), _channel(row)), Fact(say("提交日期"), day_of(row.submitted_at))]
    told += [Fact(say("本人补充"), row.words)] if row.words else []
    told += [Fact(say("小组意见"), row.opinion)] if row.opinion else []
    return [*told, Fact(say("签名"), say("已手写签名") if row.signature else say("已勾选同意"))]


def _sex(row: MembershipApplication) -> Said:
    return next((Said(word) for sex, word in SEXES.items() if sex == row.sex), say("—"))


def _channel(row: MembershipApplication) -> Said:
    return Said(CHANNELS[Channel(row.channel)])


def applications_table(*, rows: Iterable[MembershipApplication]) -> Table:
    """A list of applications; names stand in full for those who decide."""
    columns = (
        Column(say("姓名")),
        Column(say("申请加入")),
        Column(say("工作单位")),
        Column(say("途径")),
        Column(say("提交日期")),
        Column(say("状态")),
    )
    told = [
        Row(
            [
                row.name or say("（已清除）"),
                row.union.name,
                (row.employer.name if row.employer else row.employer_told) or _form(row),
                _channel(row),
                day_of(row.submitted_at),
                Cell(APPLICATION.label(row.state), status=SHAPES.get(row.state, "now")),
            ],
            reverse("application", args=[row.pk]),
        )
        for row in rows
    ]
    return Table(
        say("入会申请"), columns, told, empty=say("没有这样的申请。把入会码贴出去，申请就会到这里。")
    )


def _form(row: MembershipApplication) -> Said:
    return Said(str(row.get_form_display())) if row.form != Form.NONE else say("—")


def codes_table(*, codes: Iterable[JoinQr], day: date) -> Table:
    """A list of codes with what they brought."""
    columns = (
        Column(say("用在哪里")),
        Column(say("加入哪家工会")),
        Column(say("有效到")),
        Column(say("已用"), right=True),
        Column(say("状态")),
    )
    told = []
    for code in codes:
        state = state_of(code=code, day=day)
        used = Cell(code.uses, href=f"{reverse('applications')}?code={code.pk}" if code.uses else "")
        shape = "done" if state is CodeState.GOOD else "stop"
        cells = [code.label, code.unit.name, code.expires_on, used, Cell(CODE_STATES[state], status=shape)]
        told.append(Row(cells, reverse("join-code-office", args=[code.pk])))
    return Table(say("入会码"), columns, told, empty=say("还没有入会码。"))


def panel_of(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """What joining adds to an organisation's page: its open applications, its code."""
    unit = organisation
    figures, acts = [], []
    if actor.may(Word.REVIEW, at=unit.path):
        scope = actor.scope_for(Word.REVIEW)
        count = applications_in_scope(scope=scope).filter(union=unit.pk, state__in=OPEN).count()
        href = f"{reverse('applications')}?state=open&union={unit.pk}"
        figures.append(Figure(say("待办入会申请"), count, href, say("份")))
    takes = unit.kind in JOINABLE and unit.closed_on is None
    if takes and actor.may(Word.CODE, at=unit.path):
        acts.append(Act(say("入会码"), reverse("make-join-code", args=[unit.pk]), "qr-code"))
    return Panel(figures=figures, acts=acts)
