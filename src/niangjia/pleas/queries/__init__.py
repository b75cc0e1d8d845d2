"""What a family reads and fills in: its applications, one of them page by page."""

from niangjia.pleas.queries.asking import (
    Filling,
    answers_of,
    begun,
    campaign_for,
    children_of,
    filling_of,
    lacking_of,
    standard_for,
    with_school,
    with_standard,
)
from niangjia.pleas.queries.own import MyHome, file_of, files_of, mine, my_home, own_page, own_title

__all__ = [
    "Filling",
    "MyHome",
    "answers_of",
    "begun",
    "campaign_for",
    "children_of",
    "file_of",
    "files_of",
    "filling_of",
    "lacking_of",
    "mine",
    "my_home",
    "own_page",
    "own_title",
    "standard_for",
    "with_school",
    "with_standard",
]
