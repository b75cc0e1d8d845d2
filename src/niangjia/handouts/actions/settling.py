"""A batch is settled when everybody was paid and the goods are booked; nothing else settles it."""

from datetime import datetime

from niangjia.handouts import queries, rules
from niangjia.handouts.actions import desk
from niangjia.handouts.actions.stepping import record
from niangjia.handouts.models import HandoutBatch
from niangjia.handouts.rules import State
from niangjia.kernel.access import Actor


def settle_if_whole(*, row: HandoutBatch, by: Actor, at: datetime) -> bool:
    """Where nothing is open any more the batch is settled; to be called inside `beyond`."""
    facts = queries.facts_for(batch=row, tally=queries.tally_of(batch=row))
    if row.state != State.CLOSED or rules.BATCH.refusals(row.state, "settle", facts):
        return False
    row.state = rules.BATCH.advance(row.state, "settle", facts)
    row.version += 1
    row.settled_at = at
    row.save()
    record(verb="settle_handout", row=row, by=by, at=at)
    desk.pass_on(row=row, by=by, at=at)
    return True
