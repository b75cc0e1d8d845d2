"""After a write the roll-up is folded soon, by a job deferred by its name."""

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

JOB = "network.fold_tallies"
SECONDS = 3


def fold_soon() -> None:
    """When this transaction has committed, a fold waits for a few seconds; however many ask, one waits."""
    if not any(waiting[1] is _defer for waiting in connection.run_on_commit):
        transaction.on_commit(_defer, robust=True)


def _defer() -> None:
    try:
        app.configure_task(
            JOB, queueing_lock=JOB, lock="network.tallies", schedule_in={"seconds": SECONDS}
        ).defer()
    except AlreadyEnqueued:
        return
