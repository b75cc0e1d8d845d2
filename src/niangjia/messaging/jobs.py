"""What messages do by themselves: what is due leaves the house."""

from procrastinate.contrib.django import app

from niangjia.kernel import clock
from niangjia.messaging import actions


@app.periodic(cron="* * * * *")
@app.task(name="messaging.send_messages", queueing_lock="messaging.send_messages")
def send_messages(timestamp: int) -> int:
    """Each minute; two workers at once share what is due, and none sends the other's."""
    return actions.deliver_due(at=clock.now())
