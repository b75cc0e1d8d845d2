"""Writes of possible duplicates and of real-name completeness, one verb a function."""

from niangjia.matching.actions.completing import ask_to_complete
from niangjia.matching.actions.deciding import Proposal, decide, propose
from niangjia.matching.actions.finding import find_duplicates, report_duplicate

__all__ = [
    "Proposal",
    "ask_to_complete",
    "decide",
    "find_duplicates",
    "propose",
    "report_duplicate",
]
