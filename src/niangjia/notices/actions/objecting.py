"""Anybody objects to an open notice and gets a receipt; somebody other than its opener answers (R-G-06)."""

import secrets
from datetime import date, datetime

from django.db import connection, transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotAllowed, Refused
from niangjia.kernel.words import say
from niangjia.notices import queries, rules
from niangjia.notices.actions.opening import KIND
from niangjia.notices.models import Objection, PublicNotice
from niangjia.notices.permissions import Word

_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 3, 5


@transaction.atomic
def object_to(*, token: str, words: str, signed: str, today: date, by: Actor, at: datetime) -> str:
    """The objection is received; returns the receipt code, which nobody can find again.

    Raises Refused where the notice does not hang today.
    """
    if not words.strip():
        raise BadInput(say("请写下您的异议。"), field="words")
    signs = ["".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS)]
    receipt = "-".join(signs)
    digest = queries.receipt_digest(receipt=receipt)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT notices_object(%s, %s, %s, %s, %s, %s)",
            [token, today, digest, words.strip(), signed.strip(), at],
        )
        (notice_id,) = cursor.fetchone()
    if notice_id is None:
        raise Refused(say("这份公示现在不在张贴，不能再提异议。有问题请直接向发布的工会反映。"))
    journal.record("object_to_notice", by=by, at=at, kind=KIND, object_id=notice_id)
    return receipt


@transaction.atomic
def answer_objection(*, objection_id: int, outcome: str, answer: str, by: Actor, at: datetime) -> Objection:
    """The objection is answered, once, by an officer who did not arrange the notice (R-G-06)."""
    scope = by.scope_for(Word.ANSWER)
    row = queries.objection_in_scope(objection_id=objection_id, scope=scope)
    notice = queries.notice_in_scope(notice_id=row.notice_id, scope=scope, lock=True)
    row.refresh_from_db()
    _require_other(notice, by)
    if row.outcome:
        raise Refused(say("这条异议已经答复过了。"))
    if outcome not in list(rules.Outcome):
        raise BadInput(say("请选择异议是否成立。"), field="outcome")
    if not answer.strip():
        raise BadInput(say("请写下答复，说明核实的经过和结果。"), field="answer")
    row.outcome, row.answer = outcome, answer.strip()
    row.answered_by, row.answered_at = by.user_id, at
    row.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    after = {"objection": row.pk, "outcome": outcome}
    journal.record("answer_objection", by=by, at=at, kind=KIND, object_id=notice.pk, after=after)
    return row


@transaction.atomic
def resolve(*, notice_id: int, by: Actor, at: datetime) -> PublicNotice:
    """Every objection is answered: the matter may be taken up again with what came of them."""
    row = queries.notice_in_scope(notice_id=notice_id, scope=by.scope_for(Word.ANSWER), lock=True)
    _require_other(row, by)
    open_ones = Objection.objects.filter(notice=row, outcome="").exists()
    row.state = rules.NOTICE.advance(row.state, "resolve", {"answered": not open_ones})
    row.version += 1
    row.save(update_fields=["state", "version"])
    journal.record("resolve_notice", by=by, at=at, kind=KIND, object_id=row.pk, after={"state": row.state})
    return row


def _require_other(notice: PublicNotice, by: Actor) -> None:
    if by.user_id is not None and by.user_id == notice.opened_by:
        raise NotAllowed(say("这份公示是您安排的，异议要由别的同事或上一级工会答复。"))
