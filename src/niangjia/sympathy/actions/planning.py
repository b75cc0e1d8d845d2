"""Who goes and when; or nobody goes, and why."""

from datetime import date, datetime

from django.db import transaction

from niangjia.accounts import queries as accounts
from niangjia.households import queries as households
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.sympathy import queries
from niangjia.sympathy.actions import desk
from niangjia.sympathy.actions.stepping import held, record, require_place, sealed, stepped
from niangjia.sympathy.models import SympathyVisit


@transaction.atomic
def plan_visit(  # noqa: PLR0913 - who, when, where
    *,
    visit_id: int,
    version: int | None,
    holder_id: int,
    planned_on: date,
    place: str = "",
    by: Actor,
    at: datetime,
) -> SympathyVisit:
    """An officer is to go on a day; the deadline of policy stays what it was (R-AID-14)."""
    row = held(visit_id=visit_id, version=version, by=by)
    if planned_on < row.since:
        raise BadInput(say("慰问日不能早于发生日。请核对日期。"), field="planned_on")
    _require_colleague(row, holder_id, by=by, day=day_of(at))
    stepped(row=row, step="plan")
    row.holder_id, row.planned_on = holder_id, planned_on
    row.place = sealed(row=row, text=require_place(told=place), field="place") or row.place
    row.save()
    with beyond():
        desk.fall_away(row=row, by=by, at=at, reason="重新安排")
        desk.lay_visit(row=row, by=by, at=at)
        record(verb="plan_visit", row=row, by=by, at=at, holder=holder_id, planned_on=planned_on.isoformat())
    return row


def _require_colleague(row: SympathyVisit, holder_id: int, *, by: Actor, day: date) -> None:
    able = {one.user_id for one in queries.colleagues_of(path=row.path, actor=by, day=day)}
    if holder_id not in able:
        raise BadInput(say("请从名单里选一位负责慰问的同志。"), field="holder_id")
    if holder_id in accounts.accounts_of(people=households.relatives_of(person_id=row.person_id)):
        raise BadInput(say("这位同志是慰问对象本人或同住的家人，须回避。请另选一位。"), field="holder_id")


@transaction.atomic
def cancel_visit(
    *, visit_id: int, version: int | None, reason: str, by: Actor, at: datetime
) -> SympathyVisit:
    """Nobody goes, and why; the same may be reported anew."""
    if not reason.strip():
        raise BadInput(say("请写明为什么取消，例如：已出院回家，改为电话问候。"), field="reason")
    row = held(visit_id=visit_id, version=version, by=by)
    stepped(row=row, step="cancel")
    row.reason, row.closed_at = reason.strip(), at
    row.save()
    with beyond():
        desk.fall_away(row=row, by=by, at=at, reason=reason.strip())
        record(verb="cancel_sympathy", row=row, by=by, at=at, reason=reason)
    return row
