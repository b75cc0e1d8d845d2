"""Heads are counted, the batch is closed when everything adds up, opened again, or never handed out."""

from datetime import datetime

from django.db import transaction

from niangjia.handouts import queries, rules
from niangjia.handouts.actions import desk
from niangjia.handouts.actions.settling import settle_if_whole
from niangjia.handouts.actions.stepping import held, record, require_state, stepped
from niangjia.handouts.models import HandoutBatch
from niangjia.handouts.rules import State
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say

MOST_HEADS = 100_000


@transaction.atomic
def count_heads(*, batch_id: int, version: int | None, heads: int, by: Actor, at: datetime) -> HandoutBatch:
    """So many heads received at the site: person-times, for nobody wrote down who they were (R-G-05)."""
    row = held(batch_id=batch_id, version=version, by=by)
    require_state(row=row, state=State.APPROVED, step="count")
    if not row.counted:
        raise Refused(say("这一批有名册，请逐人登记。"))
    if not 0 <= heads <= MOST_HEADS:
        raise BadInput(say("人次请填 0 至 {most} 之间的整数。", most=MOST_HEADS), field="heads")
    row.heads = heads
    row.version += 1
    row.save()
    with beyond():
        record(verb="count_heads", row=row, by=by, at=at, heads=heads)
    return row


@transaction.atomic
def close_batch(
    *,
    batch_id: int,
    version: int | None,
    bought: int | None = None,
    left: int | None = None,
    by: Actor,
    at: datetime,
) -> HandoutBatch:
    """Everybody has an outcome, and bought = handed out + left; then it waits for the accountant."""
    row = held(batch_id=batch_id, version=version, by=by)
    require_state(row=row, state=State.APPROVED, step="close")
    if row.goods:
        row.bought = row.bought if bought is None else bought
        row.left = left or 0
        with beyond():
            tally = queries.tally_of(batch=row)
        if row.bought is None:
            raise BadInput(say("请填写购入了多少份。"), field="bought")
        if not tally.open and (not row.counted or row.heads is not None):
            rules.require_goods(queries.goods_of(batch=row, tally=tally))
    stepped(row=row, step="close")
    row.closed_at = at
    row.save()
    with beyond():
        record(verb="close_handout", row=row, by=by, at=at, bought=row.bought, left=row.left)
        desk.pass_on(row=row, by=by, at=at)
        settle_if_whole(row=row, by=by, at=at)
    return row


@transaction.atomic
def reopen_batch(*, batch_id: int, version: int | None, reason: str, by: Actor, at: datetime) -> HandoutBatch:
    """It goes on after all, before anything was spent from the books."""
    if not reason.strip():
        raise BadInput(say("请写明为什么重新打开。"), field="reason")
    row = held(batch_id=batch_id, version=version, by=by)
    stepped(row=row, step="reopen")
    row.closed_at, row.left, row.reason = None, None, reason.strip()
    row.save()
    with beyond():
        record(verb="reopen_handout", row=row, by=by, at=at, reason=reason)
        desk.pass_on(row=row, by=by, at=at)
    return row


@transaction.atomic
def cancel_batch(*, batch_id: int, version: int | None, reason: str, by: Actor, at: datetime) -> HandoutBatch:
    """It is not handed out, and why; not once somebody received."""
    if not reason.strip():
        raise BadInput(say("请写明为什么取消。"), field="reason")
    row = held(batch_id=batch_id, version=version, by=by)
    stepped(row=row, step="cancel")
    row.reason = reason.strip()
    row.save()
    with beyond():
        record(verb="cancel_handout", row=row, by=by, at=at, reason=reason)
        desk.fall_away(row=row, by=by, at=at, reason=reason.strip())
    return row
