"""What the to-do list does by itself: it reminds, lets silence go up, lays the year's duties.

Every job may run twice, late or beside another worker: each effect has one key, or one row under a lock.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.tasks import actions

A_DAY = timedelta(days=1)
ROUNDS = 500
"""Batches of one run at the most: what is left waits for the next one."""


@app.periodic(cron="*/5 * * * *")
@app.task(name="tasks.turn_the_day", queueing_lock="tasks.turn_the_day", lock="tasks.day")
def turn_the_day(timestamp: int) -> int:
    """Every few minutes, so soon after midnight: escalations, reminders and the year's duties have come."""
    today, at = clock.today(), clock.now()
    done = _all_of(actions.remind_of_deadlines, today, at) + _all_of(actions.escalate_overdue, today, at)
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        actions.forget_steps(before=at - A_DAY)
        return done + actions.lay_yearly_duties(today=today, at=at)


def _all_of(act: Callable[..., int], today: date, at: datetime) -> int:
    """Batch after batch, each in a transaction of its own, until nothing is left."""
    total = 0
    for _ in range(ROUNDS):
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            done = act(today=today, at=at)
        total += done
        if not done:
            break
    return total
