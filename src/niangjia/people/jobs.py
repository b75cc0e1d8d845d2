"""What the register of persons does by itself: what has been kept long enough goes."""

from django.db import transaction
from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.scoping import enter_scope
from niangjia.people import actions


@app.periodic(cron="20 4 * * *")
@app.task(name="people.clear_run_out", queueing_lock="people.clear_run_out")
def clear_run_out(timestamp: int) -> dict[str, int]:
    """Once a day, in the quiet hours, by the policy `privacy.retention`; missing tombstones are laid."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        actions.reconcile_tombstones()
        return actions.clear_what_has_run_out(today=clock.today(), by=SYSTEM, at=clock.now())
