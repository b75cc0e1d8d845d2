"""Dues are recorded month by month; a mistake is voided with its reason, never changed (R-MEM-06)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction

from niangjia.dues import queries
from niangjia.dues.models import DuesRecord
from niangjia.dues.rules import dues_of, require_month
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.policing import value_of
from niangjia.kernel.sealing import resealed, seal
from niangjia.kernel.words import say
from niangjia.members import queries as members
from niangjia.members.permissions import Word
from niangjia.members.rules import State

KIND, TABLE = "dues.duesrecord", "dues_duesrecord"


@transaction.atomic
def record_dues(
    *, membership_id: int, month: date, base_fen: int, paid_on: date, by: Actor, at: datetime
) -> DuesRecord:
    """The member has paid for a month; the amount is the base times the rate in force that month.

    Raises Refused for a kept membership (no dues), for a month outside it, and for a month paid already.
    """
    row = members.membership_in_scope(membership_id=membership_id, scope=by.scope_for(Word.DUES))
    by.require(Word.DUES, at=row.path)
    if not row.counts or row.state != State.ACTIVE:
        raise Refused(say("会费在计数的工会缴纳；保留会籍的会员不缴会费。"))
    month = month.replace(day=1)
    require_month(month, since=row.since, until=row.until, paid_on=paid_on, today=day_of(at))
    value = value_of(key="member.dues_rate", unit_id=row.union_id, day=max(month, row.since))
    rate = value.of(Fraction)
    base = seal(str(base_fen), table=TABLE, person_id=row.person_id, field="base")
    dues = DuesRecord(
        person_id=row.person_id, union_id=row.union_id, month=month, base=base, rate=_decimal(rate),
        amount_fen=dues_of(base_fen, rate=rate), paid_on=paid_on, recorded_by=by.user_id, recorded_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            dues.save(force_insert=True)
    except IntegrityError as error:
        if "dues_once_a_month" not in str(error):
            raise
        raise Refused(say("这个月的会费已经登记过，不用重复登记。"), field="month") from error
    after = {"month": month.isoformat(), "amount": dues.amount_fen, "rate": str(dues.rate)}
    journal.record(
        "record_dues", by=by, at=at, kind=KIND, object_id=dues.pk, person_id=row.person_id, after=after
    )
    return dues


@transaction.atomic
def void_dues(*, dues_id: int, reason: str, by: Actor, at: datetime) -> DuesRecord:
    """A record that was wrong counts no more; it stays readable with the reason."""
    row = queries.dues_in_scope(dues_id=dues_id, scope=by.scope_for(Word.DUES))
    by.require(Word.DUES, at=row.path)
    if row.void_reason:
        raise Refused(say("这条会费已经作废。"))
    if not reason.strip():
        raise BadInput(say("请写明为什么作废。"), field="reason")
    DuesRecord.objects.filter(pk=row.pk).update(void_reason=reason.strip())
    journal.record(
        "void_dues", by=by, at=at, kind=KIND, object_id=row.pk, person_id=row.person_id, reason=reason
    )
    row.refresh_from_db()
    return row


class DuesParty:
    """Dues follow the merge of two records of one person (port of `matching`).

    A month that both have paid stays where it was paid: two payments are never made one.
    """

    def carry(
        self, *, keep_id: int, drop_id: int, chosen: Mapping[str, str], by: Actor, at: datetime
    ) -> Mapping[str, Any]:
        """The dues are those of the record that goes on, their base sealed for him."""
        paid = DuesRecord.objects.filter(person=keep_id, void_reason="").values("month")
        rows = DuesRecord.objects.select_for_update().filter(person=drop_id)
        moved = [[row.pk, bytes(row.base).hex()] for row in rows.exclude(void_reason="", month__in=paid)]
        for row in DuesRecord.objects.filter(pk__in=[number for number, _ in moved]):
            base = (
                resealed(row.base, table=TABLE, field="base", was=drop_id, now=keep_id) if row.base else b""
            )
            DuesRecord.objects.filter(pk=row.pk).update(person=keep_id, base=base)
        return {"moved": moved}

    def undo(self, *, keep_id: int, drop_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """What was moved goes home as it was sealed."""
        for number, base in facts["moved"]:
            DuesRecord.objects.filter(pk=number).update(person=drop_id, base=bytes.fromhex(base))


MERGE_PARTY = DuesParty()


def _decimal(rate: Fraction) -> Decimal:
    return Decimal(rate.numerator) / rate.denominator
