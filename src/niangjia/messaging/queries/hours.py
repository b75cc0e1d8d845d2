"""The hours and retries in force."""

from datetime import date

from niangjia.kernel import policy
from niangjia.kernel.paths import chain_of
from niangjia.messaging.rules import Quiet
from niangjia.policies import queries as policies

HOURS = "messages.quiet_hours"


def quiet_for(*, path: str, day: date) -> Quiet:
    """The quiet hours and the hour of the digest for the unit at a path."""
    chain = chain_of(path)
    values = policies.values_for(chain=chain, keys=[HOURS])
    hours = policy.on(HOURS, day, chain, values).of(dict)
    return Quiet(hours["quiet_since"], hours["quiet_until"], hours["digest_at"])


def retry_minutes(*, day: date) -> tuple[int, ...]:
    """The waits between attempts to send a message."""
    return policy.on("messages.retry_minutes", day).of(tuple)
