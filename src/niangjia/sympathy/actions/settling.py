"""A visit is settled when what was given was received, paid and booked; nothing else settles it."""

from datetime import datetime

from niangjia.kernel.access import Actor
from niangjia.sympathy import queries, rules
from niangjia.sympathy.actions import desk
from niangjia.sympathy.actions.stepping import record, stepped
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.rules import State


def settle_if_whole(*, row: SympathyVisit, by: Actor, at: datetime) -> bool:
    """Where nothing is open any more the visit is settled; to be called inside `beyond`."""
    facts = queries.facts_for(visit=row)
    if row.state != State.DONE or rules.VISIT.refusals(row.state, "settle", facts):
        return False
    stepped(row=row, step="settle", facts=facts)
    row.closed_at = at
    row.save()
    record(verb="settle_visit", row=row, by=by, at=at)
    desk.done(row=row, by=by, at=at)
    return True
