"""What the tree does by itself: planned moves take effect when their day comes."""

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.tree import actions


@app.periodic(cron="1 * * * *")
@app.task(name="tree.turn_the_day", queueing_lock="tree.turn_the_day")
def turn_the_day(timestamp: int) -> int:
    """One minute into every hour, so at 00:01 in Shanghai, and again soon if the worker slept at midnight."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return actions.turn_the_day(today=clock.today())
