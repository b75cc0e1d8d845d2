"""One application as the desk sees it: the evidence left, the decision right (pictures/approval.png)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.aid import rules
from niangjia.aid.permissions import Word
from niangjia.aid.queries import Desks
from niangjia.aid.rules import APPLICATION, AidKind, Finding, State
from niangjia.casework.queries import evidence, history
from niangjia.casework.queries.evidence import Home, Visited
from niangjia.casework.queries.explained import Explained, explained
from niangjia.casework.queries.history import Standing
from niangjia.casework.queries.shown import address, handles, knows_names
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Event, Fact, Stage, Table
from niangjia.kernel.words import Said, say
from niangjia.papers.permissions import Word as PapersWord
from niangjia.payments import queries as payments

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication

DECISIONS: tuple[tuple[str, Said, str], ...] = (
    ("review", say("审核通过，安排公示"), "primary"),
    ("send_back", say("退回，请申请人补正"), "outline"),
    ("refuse", say("不予帮扶，申请人可以申诉"), "stop"),
)
"""What is decided in the rail itself: the step, the button that names its consequence, how it looks."""

STEPS: tuple[tuple[str, Said, str, str], ...] = (
    ("submit", say("提交，请镇街上门走访"), "submit-aid", "primary"),
    ("order", say("开具支付单，付到本人账户"), "order-aid", "primary"),
    ("confirm", say("登记家庭已确认收到"), "confirm-aid", "primary"),
    ("close", say("办结归档"), "close-aid", "primary"),
    ("uphold", say("答复申诉"), "decide-aid-appeal", "primary"),
    ("unlink", say("先办的一件已撤，改为单独申请"), "unlink-aid", "outline"),
    ("take_out", say("公示异议成立，退回核实"), "take-out-aid", "outline"),
    ("revoke", say("撤销审批，不予帮扶"), "revoke-aid", "stop"),
    ("withdraw", say("替家庭撤回申请"), "withdraw-aid", "stop"),
)
"""Steps with a page of their own."""

ROADS = {"edit": "edit-aid-application", "household": "household"}


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the check; `href` leads to where a missing thing is put right."""

    label: Said
    words: Said | str
    holds: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page of an application shows to the desk."""

    row: "AidApplication"
    title: Said
    state: Said
    shape: str
    stages: Sequence[Stage]
    standing: Sequence[Standing]
    checks: Sequence[Check]
    missing: int
    facts: Sequence[Fact]
    home: Home | None
    visit: Visited | None
    visit_href: str
    explained: Explained | None
    lately: Table
    decisions: Sequence[tuple[str, Said, str]]
    may_approve: bool
    acts: Sequence[Act]
    prints: Sequence[Act]
    events: Sequence[Event]
    reason: str
    appeal: str
    recused: bool


def case_page(*, application_id: int, actor: Actor, day: date) -> CasePage:
    """The application as the acting post sees it; whoever must step aside sees that, and no button."""
    row = aid.whole(row=aid.application_for(application_id=application_id, actor=actor))
    desks = aid.desks_of(row=row, day=day)
    asks = aid.may_take(row=row, step=APPLICATION.step(State.DRAFT, "submit"), actor=actor, desks=desks)
    open_steps = _open(row, actor, desks)
    whole = handles(actor=actor, path=row.path) or "approve" in open_steps
    checks = _checks(row, day, asks=asks, whole=whole)
    return CasePage(
        row=row,
        title=title_of(row=row, actor=actor),
        state=rules.LABELS[row.state],
        shape=rules.STATUS.get(row.state, "now"),
        stages=history.stages_of(row=row, desks=desks, day=day),
        standing=history.standing_of(row=row, day=day, mine=False),
        checks=checks,
        missing=sum(not one.holds for one in checks),
        facts=evidence.facts_of(row=row, actor=actor, whole=whole),
        home=evidence.home_of(row=row, actor=actor, day=day, whole=whole),
        visit=evidence.visit_of(row=row),
        visit_href=_to_visit(row, actor),
        explained=explained(row=row, actor=actor, day=day),
        lately=evidence.lately(row=row, actor=actor, day=day),
        decisions=[one for one in DECISIONS if one[0] in open_steps],
        may_approve="approve" in open_steps,
        acts=_acts(row, open_steps, actor, asks=asks),
        prints=_prints(row, actor),
        events=history.events_of(row=row, family=False),
        reason=row.reason,
        appeal=row.appeal,
        recused=actor.person_id is not None and actor.person_id in desks.recused,
    )


def title_of(*, row: "AidApplication", actor: Actor) -> Said:
    """What it is about and for whom; masked above the county."""
    whole = knows_names(actor=actor, path=row.path)
    name = row.payee.name if whole else mask_name(row.payee.name)
    if row.student is None:
        return say("{kind}申请：{name}", kind=rules.KINDS[row.kind], name=name)
    student = row.student.name if handles(actor=actor, path=row.path) else mask_name(row.student.name)
    return say("{kind}申请：{name}（学生{student}）", kind=rules.KINDS[row.kind], name=name, student=student)


def _open(row: "AidApplication", actor: Actor, desks: Desks) -> set[str]:
    """The steps that the acting post may take now, by the one table of the workflow."""
    steps = APPLICATION.steps_from(row.state)
    found = {one.name for one in steps if aid.may_take(row=row, step=one, actor=actor, desks=desks)}
    if row.state == State.NOTICED and "send_back" in found:
        found.add("take_out")
    return found


def _acts(row: "AidApplication", found: set[str], actor: Actor, *, asks: bool) -> list[Act]:
    acts = [
        Act(words, reverse(name, args=[row.pk]), kind=kind)
        for step, words, name, kind in STEPS
        if step in found
    ]
    if asks and row.state in rules.EDITABLE:
        acts.insert(0, Act(say("修改申请内容"), reverse("edit-aid-application", args=[row.pk]), "pencil"))
    if "open_notice" in found:
        href = address(name="aid-batch-round", told={"campaign": row.campaign_id})
        acts.insert(0, Act(say("与同批一起安排公示"), href, "megaphone", "primary"))
    if row.state in rules.GRANTED and actor.may(Word.PAY, at=row.path):
        with beyond():
            order = payments.order_of(about=(rules.KIND, row.pk), scope=EVERYWHERE)
        href = reverse("payment", args=[order.pk]) if order else ""
        acts += [Act(say("登记退款（在支付单上办）"), href)] if href else []
    return acts


def _to_visit(row: "AidApplication", actor: Actor) -> str:
    """Where a visit is entered, while one is missing."""
    if row.state not in {State.DRAFT, State.SUBMITTED, State.RETURNED}:
        return ""
    if not actor.may("visits.make", at=row.path):
        return ""
    return f"{reverse('new-visit')}?household={row.household_id}"


def _prints(row: "AidApplication", actor: Actor) -> list[Act]:
    if not actor.may(PapersWord.ISSUE, at=row.path):
        return []
    told = [("print-aid-approval", say("打印审批表")), ("print-aid-leaflet", say("打印政策告知单"))]
    if row.kind == AidKind.STUDY:
        told.insert(1, ("print-study-form", say("打印助学申请表")))
    return [Act(words, reverse(name, args=[row.pk]), "printer") for name, words in told]


def _checks(row: "AidApplication", day: date, *, asks: bool, whole: bool) -> list[Check]:
    """What was checked, while it still matters, in words for who handles it; the way to put it right."""
    if row.state in {State.WITHDRAWN, State.DISMISSED, State.LINKED, State.REFUNDED}:
        return []
    case = aid.case_of(row=row, day=day)
    return [
        Check(one.label, one.words if whole else "", one.holds, _road(row, one, asks=asks))
        for one in rules.findings(case)
    ]


def _road(row: "AidApplication", found: Finding, *, asks: bool) -> str:
    if found.holds or (found.road == "edit" and not (asks and row.state in rules.EDITABLE)):
        return ""
    if found.road == "file":
        return reverse("new-hardship-file")
    if found.road not in ROADS:
        return ""
    number = row.household_id if found.road == "household" else row.pk
    return reverse(ROADS[found.road], args=[number])
