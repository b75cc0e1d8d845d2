"""What the floor sweeps away by itself: answers nobody will ask for again, counts of past windows."""

from procrastinate.contrib.django import app

from niangjia.kernel.limits import forget_visits
from niangjia.kernel.once import forget


@app.periodic(cron="17 * * * *")
@app.task(name="kernel.sweep", queueing_lock="kernel.sweep")
def sweep(timestamp: int) -> int:
    """Each hour: answers older than a week and windows that are over are gone; how many."""
    return forget() + forget_visits()
