"""Notices begin and end on their days, by themselves; to do it twice does no harm."""

from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.workflow import Facts
from niangjia.notices import rules
from niangjia.notices.actions.opening import KIND
from niangjia.notices.models import Objection, PublicNotice
from niangjia.notices.rules import State


@transaction.atomic
def turn_the_day(*, today: date, at: datetime) -> int:
    """Those whose day has come begin, those that have run their days end; returns how many moved.

    Must run where every row may be written. Row after row is locked, so an objection that is being made
    is waited for and counted.
    """
    moved = 0
    due = PublicNotice.objects.filter(state=State.SCHEDULED, starts_on__lte=today)
    for row in due.select_for_update().order_by("id"):
        moved += _moved(row, "begin", {"begun": True}, at=at)
    due = PublicNotice.objects.filter(state=State.OPEN, ends_on__lte=today)
    for row in due.select_for_update().order_by("id"):
        objected = Objection.objects.filter(notice=row).exists()
        facts = {"run": True, "objection": objected, "no_objection": not objected}
        row.closed_on = today
        moved += _moved(row, "close_objected" if objected else "close", facts, at=at)
    return moved


def _moved(row: PublicNotice, step: str, facts: Facts, *, at: datetime) -> int:
    before = row.state
    row.state = rules.NOTICE.advance(row.state, step, facts)
    row.version += 1
    row.save(update_fields=["state", "closed_on", "version"])
    told = {"state": row.state}
    journal.record(
        f"notice_{step}", by=SYSTEM, at=at, kind=KIND, object_id=row.pk, before={"state": before}, after=told
    )
    return 1
