"""Yearly duties: what the catalogue asks, and from when on it holds where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from niangjia.kernel import policy
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.dated import holds_on
from niangjia.kernel.paths import chain_of
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.shapes import Act, Column, Row, Table
from niangjia.kernel.words import say
from niangjia.policies import queries as policies
from niangjia.tasks.models import DutyStart
from niangjia.tasks.permissions import Word
from niangjia.tasks.rules import Duty, duties_of

KEY = "tasks.yearly_duties"
MOST = 200


def catalogue_of_duties(*, path: str, day: date) -> tuple[Duty, ...]:
    """The yearly duties in force for the unit at a path on a day."""
    chain = chain_of(path)
    values = policies.values_for(chain=chain, keys=[KEY])
    return duties_of(policy.on(KEY, day, chain, values).of(tuple))


def duty_starts(*, scope: Scope, day: date | None = None) -> QuerySet[DutyStart]:
    """From when on units of the scope are laid their duties; on a day, those that hold."""
    rows = within(DutyStart.objects.select_related("unit"), scope=scope)
    return (rows if day is None else rows.filter(holds_on(day))).order_by("path", "code", "id")


def duty_start_in_scope(*, duty_id: int, scope: Scope) -> DutyStart:
    """One of them, or 404."""
    return the_one(duty_starts(scope=scope).filter(pk=duty_id))


@dataclass(frozen=True, slots=True)
class DutiesPage:
    """Which duties hold where, and the button that adds one."""

    table: Table
    actions: Sequence[Act]


def duties_page(*, actor: Actor, today: date) -> DutiesPage:
    """The yearly duties that hold at the reader's union and below."""
    names = {duty.code: duty for duty in catalogue_of_duties(path=actor.unit_path, day=today)}
    columns = (say("年度事项"), say("组织"), say("每年期限"), say("自"), say("至"))
    table = Table(
        say("年度事项"),
        [Column(label) for label in columns],
        [_line(row, names.get(row.code)) for row in duty_starts(scope=actor.scope_for(Word.DUTIES))[:MOST]],
        empty=say("还没有登记年度事项。登记以后，每年到时候自动列入有关工会的待办。"),
    )
    start = Act(say("登记一项年度事项"), reverse("start-duty"), icon="plus", kind="primary")
    return DutiesPage(table, (start,))


def _line(row: DutyStart, duty: Duty | None) -> Row:
    when = say("{month} 月 {day} 日前", month=duty.month, day=duty.day) if duty else "—"
    cells = [duty.name if duty else row.code, row.unit.name, when, row.since, row.until or say("长期")]
    return Row(cells, href="" if row.until else reverse("end-duty", args=[row.pk]))
