"""What the union rules say of possible duplicates and of real-name completeness. Pure."""

from niangjia.matching.rules.deciding import (
    DUPLICATE,
    KIND,
    STATE_WORDS,
    TASK_KINDS,
    WAITING,
    State,
    require_level,
    require_not_himself,
    require_one_of,
    require_second,
)
from niangjia.matching.rules.evidence import (
    DECISIVE,
    WORDS,
    Feature,
    is_worth_a_look,
    neighbours,
    score_of,
)
from niangjia.matching.rules.merging import MergeParty, Record, require_mergeable, require_still_merged
from niangjia.matching.rules.real_name import COMPLETE, FIRST, Completeness

__all__ = [
    "COMPLETE",
    "DECISIVE",
    "DUPLICATE",
    "FIRST",
    "KIND",
    "STATE_WORDS",
    "TASK_KINDS",
    "WAITING",
    "WORDS",
    "Completeness",
    "Feature",
    "MergeParty",
    "Record",
    "State",
    "is_worth_a_look",
    "neighbours",
    "require_level",
    "require_mergeable",
    "require_not_himself",
    "require_one_of",
    "require_second",
    "require_still_merged",
    "score_of",
]
