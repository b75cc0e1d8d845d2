"""Reads of the to-do list."""

from niangjia.tasks.queries.deadlines import minutes_to_undo, terms_for
from niangjia.tasks.queries.desk import Desk, DeskFilters, DeskRow, desk_of, open_about, open_at
from niangjia.tasks.queries.duties import catalogue_of_duties, duties_page, duty_start_in_scope, duty_starts
from niangjia.tasks.queries.header import Header, header_of
from niangjia.tasks.queries.one import history_of, holders_of, task_in_scope, task_page
from niangjia.tasks.queries.standing import Standing, standing_of

__all__ = [
    "Desk",
    "DeskFilters",
    "DeskRow",
    "Header",
    "Standing",
    "catalogue_of_duties",
    "desk_of",
    "duties_page",
    "duty_start_in_scope",
    "duty_starts",
    "header_of",
    "history_of",
    "holders_of",
    "minutes_to_undo",
    "open_about",
    "open_at",
    "standing_of",
    "task_in_scope",
    "task_page",
    "terms_for",
]
