"""What membership does by itself: the roll-up is folded, brought to the day, and checked at night."""

import logging

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.members import actions

log = logging.getLogger("niangjia.members")


@app.task(name="members.fold_tallies", queueing_lock="members.fold_tallies", lock="members.tallies")
def fold_tallies() -> int:
    """The waiting deltas are in the roll-up."""
    with transaction.atomic():
        return actions.fold_tallies()


@app.periodic(cron="* * * * *")
@app.task(name="members.turn_the_day", queueing_lock="members.turn_the_day", lock="members.tallies")
def turn_the_day(timestamp: int) -> bool:
    """Each minute what is left is folded; once a day the roll-up comes to the day."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        actions.fold_tallies()
        return actions.turn_the_day(today=clock.today(), at=clock.now())


@app.periodic(cron="20 4 * * *")
@app.task(name="members.check_tallies", queueing_lock="members.check_tallies", lock="members.tallies")
def check_tallies(timestamp: int) -> int:
    """Once a day, in the quiet hours, the roll-up is held against a recount; a difference is an alarm."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        found = actions.recount_tallies(today=clock.today(), at=clock.now())
    if found:
        log.error("the roll-up of members differed from the recount", extra={"differences": len(found)})
    return len(found)
