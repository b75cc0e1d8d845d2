"""What the register does by itself: it folds the roll-up every few seconds and turns the day.

The worker's clock is as coarse as a minute, so a fold is also asked for after writes:
`tallying.fold_soon` defers one
for a few seconds later, and a queueing lock lets only one wait. Whatever is not folded yet is
counted all the same.
"""

import logging

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.network import actions

log = logging.getLogger("niangjia.network")


@app.task(name="network.fold_tallies", queueing_lock="network.fold_tallies", lock="network.tallies")
def fold_tallies() -> int:
    """The waiting deltas are in the roll-up."""
    with transaction.atomic():
        return actions.fold_tallies()


@app.periodic(cron="* * * * *")
@app.task(name="network.turn_the_day", queueing_lock="network.turn_the_day", lock="network.tallies")
def turn_the_day(timestamp: int) -> bool:
    """Each minute: what is left is folded, and once a day places, names and registers come to the day.

    The recount of a day that was counted before must find no difference; one that does is logged as an error.
    """
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        actions.fold_tallies()
        return actions.turn_the_day(today=clock.today(), at=clock.now())


@app.periodic(cron="40 3 * * *")
@app.task(name="network.check_tallies", queueing_lock="network.check_tallies", lock="network.tallies")
def check_tallies(timestamp: int) -> int:
    """Once a day, in the quiet hours, the roll-up is held against a recount; a difference is an alarm."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        found = actions.recount_tallies(today=clock.today(), at=clock.now())
    if found:
        log.error("the roll-up differed from the recount", extra={"differences": len(found)})
    return len(found)
