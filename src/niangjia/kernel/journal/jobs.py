"""What the journal does by itself: it is sealed each minute and verified each night."""

import logging

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.kernel.journal import sealing, standing

log = logging.getLogger("niangjia.journal")


@app.periodic(cron="* * * * *")
@app.task(name="journal.seal", queueing_lock="journal.seal", lock="journal")
def seal(timestamp: int) -> int:
    """Each minute: every settled line is sealed; how many heads were signed."""
    return len(sealing.seal(at=clock.now()))


@app.periodic(cron="29 * * * *")
@app.task(name="journal.seal_late", queueing_lock="journal.seal_late", lock="journal")
def seal_late(timestamp: int) -> int:
    """Each hour: lines that were committed very late are looked for among all."""
    return len(sealing.seal(at=clock.now(), thorough=True))


@app.periodic(cron="10 4 * * *")
@app.task(name="journal.verify", queueing_lock="journal.verify", lock="journal")
def verify(timestamp: int) -> int:
    """Each night: everything that was ever sealed is checked; what is found is logged as an error."""
    report = standing.verify_and_note(at=clock.now())
    if not report.good:
        log.error("the journal was tampered with: run niangjia verify", extra={"findings": report.count})
    return report.count
