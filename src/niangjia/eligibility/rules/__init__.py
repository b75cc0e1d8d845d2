"""Who is in hardship and why: exact fractions, plain sentences, and what would change it. Pure."""

from niangjia.eligibility.rules.changing import Change, Way, changed, ways
from niangjia.eligibility.rules.deciding import Missing, Numbers, decide, missing, numbers
from niangjia.eligibility.rules.explaining import Reason, Verdict, judge
from niangjia.eligibility.rules.leaflet import (
    ANSWER_WORDS,
    HELP_WORDS,
    Answer,
    Around,
    Help,
    Offer,
    leaflet,
)
from niangjia.eligibility.rules.papers import LEAFLET, PAPERS
from niangjia.eligibility.rules.situation import (
    CATEGORY_WORDS,
    ELIGIBLE,
    EXPENSE_WORDS,
    SUDDEN,
    Category,
    Cause,
    Expense,
    Situation,
    Standards,
)

__all__ = [
    "ANSWER_WORDS",
    "CATEGORY_WORDS",
    "ELIGIBLE",
    "EXPENSE_WORDS",
    "HELP_WORDS",
    "LEAFLET",
    "PAPERS",
    "SUDDEN",
    "Answer",
    "Around",
    "Category",
    "Cause",
    "Change",
    "Expense",
    "Help",
    "Missing",
    "Numbers",
    "Offer",
    "Reason",
    "Situation",
    "Standards",
    "Verdict",
    "Way",
    "changed",
    "decide",
    "judge",
    "leaflet",
    "missing",
    "numbers",
    "ways",
]
