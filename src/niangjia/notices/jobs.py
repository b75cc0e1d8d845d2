"""What notices do by themselves: they begin and end on their days."""

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.notices import actions


@app.periodic(cron="2 * * * *")
@app.task(name="notices.turn_the_day", queueing_lock="notices.turn_the_day")
def turn_the_day(timestamp: int) -> int:
    """Two minutes into every hour, so at 00:02 in Shanghai, and again soon if the worker slept."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return actions.turn_the_day(today=clock.today(), at=clock.now())
