"""Members are consulted, the union above decides, the funds are audited, the matter is closed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say
from niangjia.restructuring import queries, rules
from niangjia.restructuring.actions import executing, matters, stepping
from niangjia.restructuring.models import Restructure
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import Kind


@dataclass(frozen=True, slots=True)
class Consultation:
    """What the members' meeting said."""

    held_on: date
    present: int
    votes_for: int
    votes_against: int
    minutes: str


@transaction.atomic
def consult(*, restructure_id: int, version: int, held: Consultation, by: Actor, at: datetime) -> Restructure:
    """The members have discussed the plan; it goes on only with more than half of those present for it."""
    if held.held_on > clock.day_of(at):
        raise Refused(say("会议日期不能晚于今天。"), field="held_on")
    if held.votes_for + held.votes_against > held.present:
        raise Refused(say("赞成和反对加起来多于到会人数。请核对。"), field="present")
    told = {"present": held.present, "votes_for": held.votes_for, "votes_against": held.votes_against}
    plan = queries.plan_of(
        row=queries.restructure_in_scope(restructure_id=restructure_id, scope=by.scope_for(Word.CONSULT))
    )
    facts = {
        "consulted_on": held.held_on,
        "carried": rules.is_carried(**told),
        "whole": plan.kind is not Kind.SPLIT or (bool(plan.shares) and plan.target_id is not None),
    }
    with stepping.step(
        seen=(restructure_id, version), name="consult", by=by, word=Word.CONSULT, facts=facts
    ) as row:
        row.consulted_on, row.minutes = held.held_on, held.minutes
        for name, value in told.items():
            setattr(row, name, value)
        stepping.save(row=row, verb="consult_members", by=by, at=at, told=told)
    return row


@transaction.atomic
def approve(*, restructure_id: int, version: int, decision_no: str, by: Actor, at: datetime) -> Restructure:
    """The union above agrees under a number; what must be settled before the day goes to its desks.

    Raises Refused for whoever made the plan himself.
    """
    facts = {"consulted_on": True, "carried": True, "decision_no": decision_no}
    with stepping.step(
        seen=(restructure_id, version), name="approve", by=by, word=Word.DECIDE, facts=facts
    ) as row:
        if by.user_id is not None and by.user_id == row.proposed_by:
            raise Refused(say("这个方案是您提出的，请由另一位同志审批。"))
        row.decision_no = decision_no
        stepping.save(row=row, verb="approve_restructure", by=by, at=at, told={"decision_no": decision_no})
        matters.refresh(row=row, today=clock.day_of(at), by=by, at=at)
    return row


@transaction.atomic
def send_back(*, restructure_id: int, version: int, reason: str, by: Actor, at: datetime) -> Restructure:
    """Whoever made the plan has it again, and is told what to change."""
    with stepping.step(seen=(restructure_id, version), name="send_back", by=by, word=Word.DECIDE) as row:
        stepping.save(row=row, verb="send_back_restructure", by=by, at=at, reason=reason)
    return row


@transaction.atomic
def reject(*, restructure_id: int, version: int, reason: str, by: Actor, at: datetime) -> Restructure:
    """It is not approved, for a reason; the unions stay as they are."""
    with stepping.step(seen=(restructure_id, version), name="reject", by=by, word=Word.DECIDE) as row:
        stepping.save(row=row, verb="reject_restructure", by=by, at=at, reason=reason)
    return row


@transaction.atomic
def revoke(*, restructure_id: int, version: int, reason: str, by: Actor, at: datetime) -> Restructure:
    """The approval is taken back before the day: nothing has changed yet, and nothing will."""
    with stepping.step(seen=(restructure_id, version), name="revoke", by=by, word=Word.DECIDE) as row:
        stepping.save(row=row, verb="revoke_restructure", by=by, at=at, reason=reason)
    return row


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit committee found: the report, the balance that goes to the heir, the deed of property."""

    audit_no: str
    balance_fen: int
    deed_no: str


@transaction.atomic
def audit(*, restructure_id: int, version: int, found: Audit, by: Actor, at: datetime) -> Restructure:
    """The funds are audited (R-ORG-15); a plan whose day has come is executed as soon as the job runs."""
    facts = {"audit_no": found.audit_no}
    with stepping.step(
        seen=(restructure_id, version), name="audit", by=by, word=Word.AUDIT, facts=facts
    ) as row:
        row.audit_no, row.balance_fen, row.deed_no = found.audit_no, found.balance_fen, found.deed_no
        kept = {"audit_no": found.audit_no, "deed_no": found.deed_no}
        stepping.save(row=row, verb="audit_restructure", by=by, at=at, told=kept)
        matters.refresh(row=row, today=clock.day_of(at), by=by, at=at)
        if row.effective_on <= clock.day_of(at):
            executing.execute_soon()
    return row


@transaction.atomic
def close(*, restructure_id: int, version: int, closing: str, by: Actor, at: datetime) -> Restructure:
    """Seal, archives and balance are handed over as said; from here on nothing is undone."""
    with stepping.step(seen=(restructure_id, version), name="close", by=by, word=Word.DECIDE) as row:
        row.closing = closing
        stepping.save(row=row, verb="close_restructure", by=by, at=at, reason=closing)
    return row
