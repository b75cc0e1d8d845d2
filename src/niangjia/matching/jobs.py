"""What the comparison of records does by itself, at night."""

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.matching import actions


@app.periodic(cron="40 3 * * *")
@app.task(name="matching.find_duplicates", queueing_lock="matching.find_duplicates")
def find_duplicates(timestamp: int) -> int:
    """Once a night every record is compared with every other by rule; new pairs stand in the list."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return actions.find_duplicates(today=clock.today(), at=clock.now())
