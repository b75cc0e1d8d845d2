"""What happens by itself: a plan is executed on its day; what stands against waiting plans is looked at."""

import logging

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.scoping import enter_scope
from niangjia.restructuring import actions, queries

log = logging.getLogger("niangjia.restructuring")


@app.periodic(cron="3 * * * *")
@app.task(name="restructuring.execute_due", queueing_lock="restructuring.execute_due", lock="restructuring")
def execute_due(timestamp: int) -> int:
    """Three minutes into every hour, so at 00:03 in Shanghai, and as soon as an audit comes in late.

    Each plan in its own transaction: one that cannot be carried does not keep the others waiting.
    """
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        waiting = queries.due(today=clock.today())
    for number in waiting:
        _execute(number)
    return len(waiting)


def _execute(number: int) -> None:
    try:
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            actions.execute(restructure_id=number, by=SYSTEM, at=clock.now())
    except Exception:
        log.exception("a restructure was not executed", extra={"restructure": number})


@app.periodic(cron="20 5 * * *")
@app.task(name="restructuring.look_again", queueing_lock="restructuring.look_again")
def look_again(timestamp: int) -> int:
    """Once a day, in the quiet hours: matters that are gone are ticked off, new ones lie on their desks."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return actions.look_again(today=clock.today(), at=clock.now())
