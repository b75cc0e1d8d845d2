"""One establishment as the reader sees it: what is known, what is missing, who has it, what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.establishments.queries.history import events_of, stages_of
from niangjia.establishments.queries.shown import facts_of, parts_of
from niangjia.founding import rules
from niangjia.founding.permissions import Word
from niangjia.founding.queries import (
    Desks,
    bounds_for,
    case_of,
    desks_of,
    establishment_for,
    may_take,
)
from niangjia.founding.rules import KIND, State
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one
from niangjia.kernel.shapes import Act, Event, Fact, Stage, Table
from niangjia.kernel.words import Said, say
from niangjia.papers import queries as papers
from niangjia.tasks import queries as tasks

if TYPE_CHECKING:
    from niangjia.founding.models import UnionEstablishment
    from niangjia.papers.models import Paper

STEPS: tuple[tuple[str, Said, str, str], ...] = (
    ("submit", say("提交，请上级工会审核"), "submit-establishment", "primary"),
    ("review", say("审核通过，报上级总工会"), "review-establishment", "primary"),
    ("prepare", say("批准筹备，印发筹备组批复"), "approve-preparation", "primary"),
    ("hold_congress", say("登记大会，进入报结果"), "hold-congress", "primary"),
    ("submit_result", say("登记得票，报送选举结果"), "submit-result", "primary"),
    ("approve", say("批复成立，登记这家工会"), "approve-establishment", "primary"),
    ("register", say("登记工会法人"), "register-legal-person", "primary"),
    ("send_back", say("退回，请申请人补正"), "send-back-establishment", "outline"),
    ("hold_again", say("重新召开大会"), "hold-again", "outline"),
    ("reject", say("不予批准，结束这件申请"), "reject-establishment", "stop"),
    ("withdraw", say("撤回建会申请"), "withdraw-establishment", "stop"),
)
"""Each step: the button that names its consequence, its road, how it looks."""

PARTS: tuple[tuple[tuple[State, ...], Said, str], ...] = (
    (rules.EDITABLE, say("修改申请内容"), "edit-establishment"),
    (rules.EDITABLE, say("添加用人单位"), "name-employer"),
    (rules.EDITABLE, say("添加筹备组成员"), "join-founding-group"),
    ((State.PREPARING,), say("提名候选人"), "propose-candidate"),
)
ROADS = {
    "edit": (rules.EDITABLE, "edit-establishment"),
    "employers": (rules.EDITABLE, "name-employer"),
    "group": (rules.EDITABLE, "join-founding-group"),
    "candidates": ((State.PREPARING,), "propose-candidate"),
    "congress": ((State.PREPARING,), "hold-congress"),
    "result": ((State.CONGRESS,), "submit-result"),
}
"""Where a missing thing is put right, and while the establishment stands at which states."""

ELECTING = (State.PREPARING, State.CONGRESS, State.RESULT, *rules.FOUNDED)
COUNTED = (State.CONGRESS, State.RESULT, *rules.FOUNDED)


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the completeness list; `href` leads to where a missing thing is put right."""

    label: Said
    words: Said
    holds: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """With whom it lies: a unit, or the applicant; since when, until when, what comes then."""

    who: Said
    what: Said
    since: date
    due_on: date | None
    left: int | None
    late: bool
    then: Said | None


@dataclass(frozen=True, slots=True)
class EstablishmentPage:
    """Everything that the page of an establishment shows."""

    row: "UnionEstablishment"
    state: Said
    shape: str
    facts: Sequence[Fact]
    stages: Sequence[Stage]
    events: Sequence[Event]
    acts: Sequence[Act]
    parts: Sequence[Act]
    checks: Sequence[tuple[Said, Sequence[Check]]]
    advice: Sequence[Said]
    tables: Sequence[Table]
    standing: Sequence[Standing]
    papers: Sequence["Paper"]
    mine: bool
    missing: int = field(default=0)


def establishment_page(*, establishment_id: int, actor: Actor, today: date) -> EstablishmentPage:
    """The establishment as the reader's post, or the applicant himself, sees it."""
    row = establishment_for(establishment_id=establishment_id, actor=actor)
    desks = desks_of(row=row)
    case = case_of(row=row, day=today)
    bounds = bounds_for(path=row.path, day=row.approved_on or today)
    ask = rules.ESTABLISHMENT.step(State.DRAFTED, "submit")
    asks = may_take(row=row, step=ask, actor=actor, desks=desks)
    checks = _checks(row, case, bounds, asks=asks)
    with beyond():
        about = papers.papers_about(about_kind=KIND, about_id=row.pk, scope=EVERYWHERE)
        issued = list(about.filter(voided_at=None).order_by("pk"))
        facts, tables = facts_of(row=row), parts_of(row=row, asks=asks)
    return EstablishmentPage(
        row=row,
        state=rules.LABELS[row.state],
        shape=rules.STATUS.get(row.state, "now"),
        facts=facts,
        stages=stages_of(row=row),
        events=events_of(row=row),
        acts=_acts(row, actor, desks),
        parts=[
            Act(words, reverse(road, args=[row.pk]))
            for states, words, road in PARTS
            if asks and row.state in states and not _needless(row, road)
        ],
        checks=checks,
        advice=list(rules.advice(case, bounds)) if row.state in rules.UNDER_WAY else [],
        tables=tables,
        standing=_standing(row, today, asks=asks),
        papers=issued,
        mine=row.asked_by == actor.user_id and row.asked_unit_id is None,
        missing=sum(not one.holds for _, part in checks for one in part),
    )


def _needless(row: "UnionEstablishment", road: str) -> bool:
    return road == "name-employer" and row.kind == "union_federation"


def _checks(
    row: "UnionEstablishment", case: rules.Case, bounds: rules.Bounds, *, asks: bool
) -> list[tuple[Said, list[Check]]]:
    """The completeness list, in the parts that the establishment has come to."""
    if row.state in {State.WITHDRAWN, State.REJECTED}:
        return []
    parts = [(say("申请材料"), rules.request_findings(case, bounds))]
    if row.state in ELECTING:
        parts.append((say("大会与候选人"), rules.slate_findings(case, bounds)))
    if row.state in COUNTED:
        parts.append((say("选举结果"), rules.result_findings(case, bounds)))
    return [(title, [_check(row, one, asks=asks) for one in found]) for title, found in parts]


def _check(row: "UnionEstablishment", one: rules.Finding, *, asks: bool) -> Check:
    states, road = ROADS.get(one.road, ((), ""))
    href = reverse(road, args=[row.pk]) if asks and road and row.state in states and not one.holds else ""
    return Check(one.label, one.words, one.holds, href)


def _acts(row: "UnionEstablishment", actor: Actor, desks: Desks) -> list[Act]:
    """The steps that the acting post may take now."""
    ahead = {step.name: step for step in rules.ESTABLISHMENT.steps_from(row.state)}
    return [
        Act(words, reverse(road, args=[row.pk]), kind=kind)
        for name, words, road, kind in STEPS
        if name in ahead and may_take(row=row, step=ahead[name], actor=actor, desks=desks)
    ]


def _standing(row: "UnionEstablishment", today: date, *, asks: bool) -> list[Standing]:
    """Who has it since when, how many days are left, and what I must do (R-G-08)."""
    own = row.state in rules.WITH_APPLICANT and row.asked_unit_id is None
    if row.state == State.DRAFTED and asks:
        words = say("补齐材料后提交，上级工会才会收到。")
        return [
            Standing(
                say("在您手里"),
                words,
                row.created_at.date(),
                None,
                None,
                late=False,
                then=say("上级工会审核"),
            )
        ]
    found = tasks.standing_of(about_kind=KIND, about_id=row.pk, today=today)
    return [
        Standing(
            who=_who(one.unit_name, own=own, asks=asks),
            what=one.title if isinstance(one.title, Said) else say("{words}", words=one.title),
            since=one.since,
            due_on=one.due_on,
            left=one.workdays_left,
            late=one.is_overdue,
            then=one.next_step,
        )
        for one in found
    ]


def _who(unit: str, *, own: bool, asks: bool) -> Said:
    if not own:
        return say("现在由{unit}办理", unit=unit)
    return say("现在等您办理") if asks else say("现在等申请人办理")


def establishment_paper(*, establishment_id: int, paper_id: int, actor: Actor) -> "Paper":
    """A paper of the establishment, for whoever may see the establishment; or 404."""
    row = establishment_for(establishment_id=establishment_id, actor=actor, word=Word.READ)
    with beyond():
        about = papers.papers_about(about_kind=KIND, about_id=row.pk, scope=EVERYWHERE)
        return the_one(about.filter(pk=paper_id).select_related("pdf"))
