"""What files do by themselves: those whose review day has come lie on their desks."""

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.hardship import actions
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope


@app.periodic(cron="12 * * * *")
@app.task(name="hardship.review_those_due", queueing_lock="hardship.review_those_due")
def review_those_due(timestamp: int) -> int:
    """Twelve minutes into every hour; a file that was taken up is not taken up again."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return actions.review_those_due(at=clock.now())
