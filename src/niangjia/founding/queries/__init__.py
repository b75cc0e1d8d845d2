"""Reads of founding: what may be seen by whom, facts for the rules."""

from niangjia.founding.queries.rows import (
    Desks,
    Filters,
    Known,
    ballot_of,
    bounds_for,
    candidates_of,
    case_of,
    desks_of,
    establishment_for,
    establishments_for,
    establishments_within,
    known_of,
    may_take,
    narrowed,
    parents_for,
)

__all__ = [
    "Desks",
    "Filters",
    "Known",
    "ballot_of",
    "bounds_for",
    "candidates_of",
    "case_of",
    "desks_of",
    "establishment_for",
    "establishments_for",
    "establishments_within",
    "known_of",
    "may_take",
    "narrowed",
    "parents_for",
]
