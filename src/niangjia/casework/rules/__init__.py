"""What the desk of aid says: which help fits whom, the bar of steps, what happened, batches. Pure."""

from niangjia.casework.rules.batches import BATCHES, MOST, Batch, Chosen, require_same, said_chosen
from niangjia.casework.rules.telling import BY_FAMILY, FIT, VERBS, Stop, stages

__all__ = [
    "BATCHES",
    "BY_FAMILY",
    "FIT",
    "MOST",
    "VERBS",
    "Batch",
    "Chosen",
    "Stop",
    "require_same",
    "said_chosen",
    "stages",
]
