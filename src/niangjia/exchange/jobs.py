"""What files in and out do by themselves: carried on, taken up after a crash, forgotten in time."""

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.exchange import actions
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope


@app.task(name="exchange.run_batch")
def run_batch(number: int) -> None:
    """The batch goes on to the end of what it is at."""
    actions.run_batch(number=number, now=clock.now)


@app.task(name="exchange.run_leaving")
def run_leaving(number: int) -> None:
    """The list is written."""
    actions.run_leaving(number=number, now=clock.now)


@app.periodic(cron="* * * * *")
@app.task(name="exchange.go_on", queueing_lock="exchange.go_on")
def go_on(timestamp: int) -> int:
    """Each minute: what a killed worker left behind is taken up again."""
    return actions.go_on_with_stalled(at=clock.now())


@app.periodic(cron="20 3 * * *")
@app.task(name="exchange.forget_files", queueing_lock="exchange.forget_files")
def forget_files(timestamp: int) -> int:
    """Once a day: files and rows whose time is over are gone; the reports stay."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return actions.forget_files(at=clock.now())
