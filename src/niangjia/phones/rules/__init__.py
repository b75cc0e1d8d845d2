"""What the rules say of phones for visits: boxes that only the platform opens, the chain. Pure."""

from niangjia.phones.rules.boxes import BoxBroken, kid_of, opened, public_of
from niangjia.phones.rules.chain import START, link
from niangjia.phones.rules.flow import DEVICE, HELD, SETTLED, TASK_KINDS, VERBS, Settled

__all__ = [
    "DEVICE",
    "HELD",
    "SETTLED",
    "START",
    "TASK_KINDS",
    "VERBS",
    "BoxBroken",
    "Settled",
    "kid_of",
    "link",
    "opened",
    "public_of",
]
