"""What the rules say of the economic check 家庭经济状况核对 (domain.md §5, R-INS-08). Pure."""

from niangjia.means.rules.columns import ANSWERED, ASKED, UNVERIFIED
from niangjia.means.rules.flow import (
    BATCH,
    CHECK,
    CHECKING,
    MONTHS,
    OUTCOMES,
    STATES,
    TASK_KINDS,
    VERBS,
    WAYS,
    Answer,
    Beside,
    Outcome,
    State,
    Way,
    differing,
    is_adult,
)
from niangjia.means.rules.papers import AUTHORISATION, PAPERS

__all__ = [
    "ANSWERED",
    "ASKED",
    "AUTHORISATION",
    "BATCH",
    "CHECK",
    "CHECKING",
    "MONTHS",
    "OUTCOMES",
    "PAPERS",
    "STATES",
    "TASK_KINDS",
    "UNVERIFIED",
    "VERBS",
    "WAYS",
    "Answer",
    "Beside",
    "Outcome",
    "State",
    "Way",
    "differing",
    "is_adult",
]
