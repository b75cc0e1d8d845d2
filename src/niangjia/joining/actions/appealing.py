"""The applicant withdraws or asks the union above to look again; that union answers (ui.md A6)."""

from datetime import datetime

from django.db import transaction

from niangjia.joining.actions.applying import stepped_by_applicant
from niangjia.joining.actions.deciding import record, stepped
from niangjia.joining.actions.desks import lay_appeal, lay_decision, tell_applicant
from niangjia.joining.models import MembershipApplication
from niangjia.joining.permissions import Word
from niangjia.joining.rules import KIND
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.tasks import actions as tasks


@transaction.atomic
def withdraw_application(*, receipt: str, by: Actor, at: datetime) -> MembershipApplication:
    """The applicant wants no more; nothing is decided."""
    with beyond():  # the receipt code is the permission
        row = stepped_by_applicant(receipt=receipt, step="withdraw")
        row.closed_at = at
        row.save()
        tasks.cancel(by=by, at=at, about=(KIND, row.pk), reason="本人撤回")
        record(verb="withdraw_application", row=row, by=by, at=at)
    return row


@transaction.atomic
def appeal_application(*, receipt: str, words: str, by: Actor, at: datetime) -> MembershipApplication:
    """The union above has to look at the refusal; nobody may obstruct joining (R-MEM-01)."""
    with beyond():
        row = stepped_by_applicant(receipt=receipt, step="appeal")
        row.words, row.closed_at = words, None
        row.save()
        record(verb="appeal_application", row=row, by=by, at=at, reason=words)
        lay_appeal(row=row, by=by, at=at)
    return row


@transaction.atomic
def overturn_application(
    *, application_id: int, version: int, reason: str, by: Actor, at: datetime
) -> MembershipApplication:
    """The union has to take it up again, knowing why; the union above does not decide in its place (SC-5)."""
    row = stepped(application_id=application_id, step="overturn", version=version, by=by, word=Word.APPEAL)
    row.answer, row.closed_at = reason, None
    row.save()
    tasks.finish(by=by, at=at, about=(KIND, row.pk), step="appeal")
    record(verb="overturn_application", row=row, by=by, at=at, reason=reason)
    lay_decision(row=row, by=by, at=at)
    tell_applicant(row=row, words=say("复核有了结果：请原工会重新办理您的入会申请。"), by=by, at=at)
    return row


@transaction.atomic
def uphold_application(
    *, application_id: int, version: int, reason: str, by: Actor, at: datetime
) -> MembershipApplication:
    """The refusal stands; whoever looked at it says why."""
    row = stepped(application_id=application_id, step="uphold", version=version, by=by, word=Word.APPEAL)
    row.answer, row.closed_at, row.decided_by = reason, at, by.user_id
    row.save()
    tasks.finish(by=by, at=at, about=(KIND, row.pk))
    record(verb="uphold_application", row=row, by=by, at=at, reason=reason)
    tell_applicant(row=row, words=say("复核有了结果，请打开看一看。"), by=by, at=at)
    return row
