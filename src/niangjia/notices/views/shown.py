"""Notices in the shapes of the page furniture."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.timezone import localtime

from niangjia.kernel.access import Actor
from niangjia.kernel.periods import DAY
from niangjia.kernel.shapes import Act, Cell, Column, Crumb, Fact, Row, Stage, Table, Text
from niangjia.kernel.words import Said, say
from niangjia.notices.models import Objection, PublicNotice
from niangjia.notices.permissions import Word
from niangjia.notices.rules import NOTICE, OUTCOMES, PLACES, Outcome, Place, State

SHAPES = {
    State.SCHEDULED: "todo",
    State.OPEN: "now",
    State.CLOSED_CLEAR: "done",
    State.CLOSED_WITH_OBJECTION: "warn",
    State.RESOLVED: "done",
    State.WITHDRAWN: "stop",
}


def address(row: PublicNotice) -> str:
    """The public page."""
    return reverse("notice", args=[row.token])


def days(row: PublicNotice) -> Text:
    """From which day to which it hangs, the last included."""
    return say("{since} 至 {last}", since=row.starts_on, last=row.ends_on - DAY)


def rows(row: PublicNotice) -> Table:
    """What is shown, row for row."""
    columns = [Column("序号"), *(Column(Said(label)) for _key, label in row.columns)]
    told = [Row([str(place), *(cell or "—" for cell in cells)]) for place, cells in enumerate(row.rows, 1)]
    return Table(say("公示内容"), columns, told)


def public_table(found: Iterable[PublicNotice]) -> Table:
    """What hangs today."""
    columns = (Column(say("公示")), Column(say("发布的工会")), Column(say("公示到")))
    told = [Row([row.title, row.unit.name, row.ends_on - DAY], address(row)) for row in found]
    return Table(say("正在公示"), columns, told, empty=say("现在没有正在公示的事项。"))


def public_facts(row: PublicNotice) -> list[Fact]:
    """Who, from when to when, where."""
    return [
        Fact(say("发布的工会"), row.unit.name),
        Fact(say("公示时间"), days(row)),
        Fact(say("公示工作日"), say("{n} 个工作日", n=row.workdays)),
        Fact(say("公示地点"), _where(row)),
    ]


def _where(row: PublicNotice) -> Text:
    place = say(PLACES[Place(row.place)])
    return say("{place}（{board}）", place=place, board=row.board) if row.board else place


def office_table(found: Sequence[PublicNotice]) -> Table:
    """The notices of an office."""
    heads = (say("公示"), say("发布的工会"), say("公示时间"), say("状态"), say("没答复的异议"))
    told = [
        Row(
            [row.title, row.unit.name, days(row), _state(row), row.unanswered],  # type: ignore[attr-defined]
            reverse("notice-office", args=[row.pk]),
        )
        for row in found
    ]
    return Table(say("公示"), tuple(map(Column, heads)), told, empty=say("还没有公示。"))


def _state(row: PublicNotice) -> Cell:
    return Cell(NOTICE.label(row.state), status=SHAPES[State(row.state)])


def office_facts(row: PublicNotice) -> list[Fact]:
    """The same with how it is hidden and where it stands."""
    facts = [
        Fact(say("公示时间"), days(row)),
        Fact(say("公示工作日"), say("{n} 个工作日", n=row.workdays)),
        Fact(say("公示地点"), _where(row)),
        Fact(say("每行至少对得上"), say("名册里 {k} 人", k=row.k)),
        Fact(say("状态"), NOTICE.label(row.state)),
    ]
    if row.state == State.OPEN:
        facts.append(Fact(say("公开页面"), say("打开"), address(row)))
    if row.withdrawn_reason:
        facts.append(Fact(say("撤下事由"), row.withdrawn_reason))
    return facts


def stages(row: PublicNotice) -> list[Stage]:
    """The steps of the notice, and where it stands."""
    way = [State.SCHEDULED, State.OPEN]
    if row.state in {State.CLOSED_WITH_OBJECTION, State.RESOLVED}:
        way += [State.CLOSED_WITH_OBJECTION, State.RESOLVED]
    else:
        way += [State.WITHDRAWN if row.state == State.WITHDRAWN else State.CLOSED_CLEAR]
    here = way.index(State(row.state))
    words = ["done" if place < here else "now" if place == here else "todo" for place in range(len(way))]
    return [Stage(NOTICE.label(state), word) for state, word in zip(way, words, strict=True)]


def crumbs(row: PublicNotice) -> list[Crumb]:
    """The way to the notice."""
    return [Crumb(say("公示"), reverse("notices-office")), Crumb(row.title)]


def first(actor: Actor) -> list[Act]:
    """Arrange one, where the post may."""
    if not actor.may(Word.OPEN):
        return []
    return [Act(say("安排一次公示"), reverse("open-notice"), "plus", "primary")]


def acts(row: PublicNotice, objections: Sequence[Objection], actor: Actor) -> list[Act]:
    """Print; take down; resolve: what this post may do with it now."""
    offered = [Act(say("打印张贴"), reverse("print-notice", args=[row.pk]), "printer")]
    names = {step.name for step in NOTICE.steps_from(row.state) if actor.may(step.by, at=row.path)}
    if "withdraw" in names:
        offered.append(Act(say("撤下公示"), reverse("withdraw-notice", args=[row.pk]), "x"))
    own = actor.user_id is not None and actor.user_id == row.opened_by
    if "resolve" in names and not own and all(one.outcome for one in objections):
        offered.append(
            Act(say("办结异议"), reverse("resolve-notice", args=[row.pk]), "circle-check", "primary")
        )
    return offered


def objections(found: Sequence[Objection], row: PublicNotice, actor: Actor) -> Table:
    """What was objected, and what came of it."""
    own = actor.user_id is not None and actor.user_id == row.opened_by
    may = actor.may(Word.ANSWER, at=row.path) and not own
    heads = (say("异议"), say("署名"), say("收到"), say("结果"))
    told = [
        Row([one.words, one.signed or say("没有署名"), _moment(one.received_at), _outcome(one, may)])
        for one in found
    ]
    note = say("这份公示是您安排的，异议由别的同事或上一级工会答复。") if own and found else ""
    return Table(say("异议"), tuple(map(Column, heads)), told, note=note, empty=say("没有收到异议。"))


def _outcome(one: Objection, may: bool) -> Cell:  # noqa: FBT001 - a private step
    if one.outcome:
        return Cell(say(OUTCOMES[Outcome(one.outcome)]), note=one.answer)
    href = reverse("answer-objection", args=[one.pk]) if may else ""
    return Cell(say("答复") if may else say("还没有答复"), href=href)


def objection_facts(row: Objection) -> list[Fact]:
    """What is answered."""
    return [
        Fact(say("异议"), row.words),
        Fact(say("署名"), row.signed or say("没有署名")),
        Fact(say("收到"), _moment(row.received_at)),
    ]


def _moment(at: object) -> str:
    return localtime(at).strftime("%Y-%m-%d %H:%M")  # type: ignore[arg-type]
