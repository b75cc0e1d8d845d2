"""Yearly duties: from when on they hold at a union and below, and the year's tasks of each union."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Actor, Scope
from niangjia.kernel.errors import Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.tasks import queries
from niangjia.tasks.actions.laying import TaskDraft, lay_all
from niangjia.tasks.models import DutyStart
from niangjia.tasks.permissions import Word
from niangjia.tasks.rules import Duty, due_in
from niangjia.tree import queries as tree

KIND = "tasks.duty_start"
KINDS_OF = {
    "city": ("city_union",),
    "county": ("county_union",),
    "town": ("town_union",),
    "federation": ("union_federation",),
    "primary": ("single_primary_union", "joint_primary_union"),
}
"""The kinds of unit that a level of the catalogue means."""


@transaction.atomic
def start_duty(*, unit_id: int, code: str, since: date, by: Actor, at: datetime) -> DutyStart:
    """The unions at and below a unit, of the duty's level, are laid it each year from a day on."""
    unit = tree.unit_in_scope(unit_id=unit_id, scope=by.scope_for(Word.DUTIES))
    by.require(Word.DUTIES, at=unit.path)
    known = {duty.code for duty in queries.catalogue_of_duties(path=unit.path, day=since)}
    if code not in known:
        raise Refused(say("政策里没有这项年度事项。请先在“政策”里登记，或另选一项。"), field="code")
    row = DutyStart.objects.create(unit=unit, code=code, since=since, set_by=by.user_id, set_at=at)
    after = {"unit": unit.pk, "code": code, "since": since.isoformat()}
    journal.record("start_duty", by=by, at=at, kind=KIND, object_id=row.pk, after=after)
    return row


@transaction.atomic
def end_duty(*, duty_id: int, until: date, reason: str, by: Actor, at: datetime) -> DutyStart:
    """From a day on the duty is laid no more; what was laid stays."""
    row = queries.duty_start_in_scope(duty_id=duty_id, scope=by.scope_for(Word.DUTIES))
    by.require(Word.DUTIES, at=row.path)
    row = DutyStart.objects.select_for_update().get(pk=row.pk)
    if until <= row.since:
        raise Refused(say("停止的日子要晚于开始的日子（{since}）。", since=row.since), field="until")
    row.until = until
    row.save(update_fields=["until"])
    after = {"until": until.isoformat()}
    journal.record("end_duty", by=by, at=at, kind=KIND, object_id=row.pk, after=after, reason=reason)
    return row


@transaction.atomic
def lay_yearly_duties(*, today: date, at: datetime) -> int:
    """Every union has the year's task of a duty whose time has come on its desk, once; how many were new."""
    with beyond():
        drafts: dict[str, TaskDraft] = {}
        for start in queries.duty_starts(scope=EVERYWHERE, day=today):
            for duty in queries.catalogue_of_duties(path=start.path, day=today):
                due_on = due_in(duty, today=today)
                if duty.code == start.code and due_on is not None:
                    drafts |= {draft.key: draft for draft in _drafts(duty, start.path, due_on)}
        return lay_all(drafts=drafts.values(), by=SYSTEM, at=at) if drafts else 0


def _drafts(duty: Duty, path: str, due_on: date) -> Iterator[TaskDraft]:
    units = tree.units_in_scope(scope=Scope(tops=(path,))).filter(kind__in=KINDS_OF[duty.level])
    for unit in units.filter(until=None):
        yield TaskDraft(
            key=duty.key(due_on.year, unit.pk),
            kind="tasks.yearly_duty",
            title=say("{year} 年：{name}", year=str(due_on.year), name=duty.name),
            unit_id=unit.pk,
            word="tasks.read",
            due_on=due_on,
            by_hand=True,
        )
