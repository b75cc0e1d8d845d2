"""Reads of the pages on which a worker joins."""

from niangjia.welcome.queries.following import Followed, followed
from niangjia.welcome.queries.panels import panel_of
from niangjia.welcome.queries.routing import Asked, employer_of, union_at, unions_for, workplaces_of

__all__ = [
    "Asked",
    "Followed",
    "employer_of",
    "followed",
    "panel_of",
    "union_at",
    "unions_for",
    "workplaces_of",
]
