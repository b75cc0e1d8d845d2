"""Terms that end are reminded of, by the calendar; the keys of the messages make every run safe to repeat."""

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.bodies import actions
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope


@app.periodic(cron="17 * * * *")
@app.task(name="bodies.remind_of_terms", queueing_lock="bodies.remind_of_terms", lock="bodies.terms")
def remind_of_terms(timestamp: int) -> int:
    """Every hour, so early on each day."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return actions.remind_of_terms(today=clock.today(), at=clock.now())
