"""A batch is handed in and approved by somebody else, on the counts that he saw (four eyes)."""

from datetime import datetime

from django.db import transaction

from niangjia.handouts.actions import desk
from niangjia.handouts.actions.stepping import held, record, stepped
from niangjia.handouts.models import HandoutBatch
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.sympathy.permissions import Word


@transaction.atomic
def submit_batch(*, batch_id: int, version: int | None, by: Actor, at: datetime) -> HandoutBatch:
    """The roster stands; it waits for the chair, or where he made it himself for the union above."""
    row = held(batch_id=batch_id, version=version, by=by)
    stepped(row=row, step="submit")
    row.reason = ""
    row.save()
    with beyond():
        record(verb="submit_handout", row=row, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
    return row


@transaction.atomic
def send_back_batch(
    *, batch_id: int, version: int | None, reason: str, by: Actor, at: datetime
) -> HandoutBatch:
    """Something is to be changed before it is approved, and what."""
    if not reason.strip():
        raise BadInput(say("请写明要改什么。"), field="reason")
    row = held(batch_id=batch_id, version=version, by=by, word=Word.APPROVE)
    stepped(row=row, step="send_back")
    row.reason = reason.strip()
    row.save()
    with beyond():
        record(verb="send_back_handout", row=row, by=by, at=at, reason=reason)
        desk.pass_on(row=row, by=by, at=at)
    return row


@transaction.atomic
def approve_batch(*, batch_id: int, version: int | None, by: Actor, at: datetime) -> HandoutBatch:
    """It may be handed out, exactly as the roster stood when he read it; never by who made it."""
    row = held(batch_id=batch_id, version=version, by=by, word=Word.APPROVE)
    other = by.user_id is not None and by.user_id != row.made_by
    stepped(row=row, step="approve", other_eyes=other)
    row.approved_by, row.approved_at = by.user_id, at
    row.save()
    with beyond():
        record(verb="approve_handout", row=row, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
    return row
