"""My own: what I asked for, who holds it, what I must do next, in plain words (ui.md A5, A6; feature 42)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.aid import rules
from niangjia.aid.permissions import Word
from niangjia.aid.rules import APPLICATION, State
from niangjia.casework.queries import Standing, amount_of, events_of, facts_of, stages_of, standing_of
from niangjia.households import queries as households
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Event, Fact, Stage
from niangjia.kernel.words import Said, say
from niangjia.papers import queries as papers
from niangjia.pleas.rules import NEXT_THING

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication
    from niangjia.households.models import Household
    from niangjia.papers.models import Attachment

SHOWN = 50
ACTS: tuple[tuple[str, tuple[State, ...], Said, str, str], ...] = (
    ("submit", (State.DRAFT,), say("接着填"), "ask-aid-check", "primary"),
    ("submit", (State.RETURNED,), say("补充后再提交"), "ask-aid-check", "primary"),
    ("confirm", (State.PAID,), say("我收到了"), "confirm-my-aid", "primary"),
    ("appeal", (State.REFUSED,), say("不同意，我要申诉"), "appeal-my-aid", "primary"),
    ("unlink", (State.LINKED,), say("先办的一件已撤，改为单独申请"), "unlink-my-aid", "outline"),
    ("withdraw", (), say("撤回申请"), "withdraw-my-aid", "ghost"),
)
"""What the family may do: the step, at which states (none: wherever it stands open), the button, its road."""


@dataclass(frozen=True, slots=True)
class Mine:
    """One of my applications in a list: what, where it stands, with whom, what is to do."""

    href: str
    title: Said
    state: Said
    shape: str
    next_thing: Said
    standing: Sequence[Standing]


def mine(*, actor: Actor, day: date) -> list[Mine]:
    """All of mine, newest first."""
    return [
        Mine(
            reverse("my-aid-application", args=[row.pk]),
            own_title(row=row),
            rules.LABELS[row.state],
            rules.STATUS.get(row.state, "now"),
            NEXT_THING[row.state],
            _standing(row, day),
        )
        for row in aid.own_applications(actor=actor)[:SHOWN]
    ]


def own_title(*, row: "AidApplication") -> Said:
    """What it is, with its number, which the family may quote."""
    amount = amount_of(row=row)
    if amount is None:
        return say("{kind}（第 {number} 号）", kind=rules.KINDS[row.kind], number=row.pk)
    return say(
        "{kind} {amount} 元（第 {number} 号）", kind=rules.KINDS[row.kind], amount=amount, number=row.pk
    )


def _standing(row: "AidApplication", day: date) -> list[Standing]:
    return standing_of(row=row, day=day, mine=not row.on_behalf or row.state != State.RETURNED)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """My application on one screen: the bar, who holds it, the reason and what to add, what I may do."""

    row: "AidApplication"
    title: Said
    state: Said
    shape: str
    stages: Sequence[Stage]
    next_thing: Said
    standing: Sequence[Standing]
    acts: Sequence[Act]
    missing: Sequence[Said]
    facts: Sequence[Fact]
    files: Sequence["Attachment"]
    events: Sequence[Event]


def own_page(*, application_id: int, actor: Actor, day: date) -> OwnPage:
    """The page of one of mine, or 404."""
    row = aid.own_application(application_id=application_id, actor=actor)
    desks = aid.desks_of(row=row, day=day)
    steps = {one.name for one in APPLICATION.steps_from(row.state) if one.by == Word.ASK}
    acts = [
        Act(words, reverse(road, args=[row.pk]), kind=kind)
        for step, states, words, road, kind in ACTS
        if step in steps and (not states or row.state in states)
    ]
    lacking: list[Said] = []
    if row.state in rules.EDITABLE:
        lacking = [one.words for one in rules.findings(aid.case_of(row=row, day=day)) if not one.holds]
    return OwnPage(
        row=row,
        title=own_title(row=row),
        state=rules.LABELS[row.state],
        shape=rules.STATUS.get(row.state, "now"),
        stages=stages_of(row=row, desks=desks, day=day),
        next_thing=NEXT_THING[row.state],
        standing=_standing(row, day),
        acts=acts,
        missing=lacking,
        facts=facts_of(row=row, actor=actor, own=True),
        files=files_of(row=row),
        events=events_of(row=row, family=True),
    )


def files_of(*, row: "AidApplication") -> list["Attachment"]:
    """What hangs on the application and counts; read past the scope for whoever it pays."""
    with beyond():
        found = papers.attachments_of(about_kind=rules.KIND, about_id=row.pk, scope=EVERYWHERE)
        return list(found.filter(voided_at=None))


def file_of(*, row: "AidApplication", attachment_id: int) -> tuple["Attachment", bytes]:
    """One of them with its bytes, or 404."""
    with beyond():
        found = papers.attachment_of(about_kind=rules.KIND, about_id=row.pk, attachment_id=attachment_id)
        return found, papers.bytes_of(content=found.content)


@dataclass(frozen=True, slots=True)
class MyHome:
    """The household in which I live: mine to ask for, or another's; whoever keeps it."""

    household: "Household | None"
    is_head: bool
    head: str
    keeper: str


def my_home(*, actor: Actor) -> MyHome:
    """Where I live, wherever it is kept; who may ask is its head (R-AID-08)."""
    with beyond():
        found = households.household_of(person_id=actor.person_id or 0)
        if found is None:
            return MyHome(None, is_head=False, head="", keeper="")
        is_head = found.head_id == actor.person_id
        return MyHome(found, is_head, households.name_of(household=found), found.keeper.name)
