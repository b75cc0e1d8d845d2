"""Where an application stands on its way, with whom, and what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from niangjia.aid import rules as aid
from niangjia.aid.queries import Desks
from niangjia.aid.rules import KIND, State
from niangjia.casework import rules
from niangjia.casework.rules import BY_FAMILY, VERBS
from niangjia.kernel.clock import day_of
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Event, Stage
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, say
from niangjia.notices import queries as notices
from niangjia.tasks import queries as tasks
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication

LINES = 80


def stages_of(*, row: "AidApplication", desks: Desks, day: date) -> list[Stage]:
    """The bar of steps, each with who takes it."""
    over = False
    if row.round_id is not None:
        with beyond():
            over = notices.standing_of(about_kind=aid.ROUND, about_id=row.round_id).finished
    days = value_of(key="aid.notice_workdays", unit_id=row.unit_id, day=day).of(int)
    notes: dict[str, Said | str] = {
        "ask": row.unit.name if row.on_behalf else say("本人"),
        "visit": say("两名干部上门"),
        "review": desks.review.name,
        "notice": say("{n} 个工作日", n=days),
        "approve": desks.approve.name,
        "pay": say("本人账户"),
        "confirm": say("本人"),
    }
    told = rules.stages(row.state, notice_over=over, label=aid.LABELS[row.state], notes=notes)
    return [Stage(one.label, one.shape, one.note) for one in told]


@dataclass(frozen=True, slots=True)
class Standing:
    """With whom it lies: a unit, or the family; since when, until when, what comes then."""

    who: Said
    what: Said | str
    since: date
    due_on: date | None
    left: int | None
    late: bool
    then: Said | None


def standing_of(*, row: "AidApplication", day: date, mine: bool) -> list[Standing]:
    """Who has it since when, and how many days are left (R-G-08)."""
    if row.state == State.DRAFT:
        who = say("在您手里") if mine else say("还没有提交")
        then = say("上门走访")
        since = day_of(row.created_at)
        return [Standing(who, say("填完以后提交，工会才会收到。"), since, None, None, late=False, then=then)]
    found = tasks.standing_of(about_kind=KIND, about_id=row.pk, today=day)
    family = row.state in {State.RETURNED, State.PAID}
    return [
        Standing(
            who=_who(one.unit_name, family=family, row=row, mine=mine),
            what=one.title,
            since=one.since,
            due_on=one.due_on,
            left=one.workdays_left,
            late=one.is_overdue,
            then=one.next_step,
        )
        for one in found
    ]


def _who(unit: str, *, family: bool, row: "AidApplication", mine: bool) -> Said:
    if not family:
        return say("现在由{unit}办理", unit=unit)
    if mine:
        return say("现在等您办理")
    if row.on_behalf:
        return say("现在等{unit}与家庭一起办理", unit=unit)
    return say("现在等申请人办理")


def events_of(*, row: "AidApplication", family: bool) -> Sequence[Event]:
    """What the journal tells, newest first, with the days between; the family reads unions, not names."""
    with beyond():
        lines = [one for one in lines_of(kind=KIND, object_ids=[row.pk], limit=LINES) if one.verb in VERBS]
        authors = authors_of(lines)
        units = tree.names_of(unit_ids={one.unit_id for one in lines if one.unit_id})
    before = [*lines[1:], None][: len(lines)]
    told = []
    for line, last in zip(lines, before, strict=True):
        own = line.verb in BY_FAMILY and not row.on_behalf
        unit: Said | str = units.get(line.unit_id or 0, "") or say("系统")
        who = (say("本人") if own else unit) if family else authors.get(line.user_id, say("系统"))
        days = (day_of(line.at) - day_of(last.at)).days if last else 0
        apart: Said | str = say("距上一步 {n} 天", n=days) if days else ""
        if line.reason and apart:
            note: Said | str = say("{reason}（{apart}）", reason=line.reason, apart=apart)
        else:
            note = line.reason or apart
        told.append(Event(line.at, who, VERBS[line.verb], note=note))
    return told
