"""Reads of 撤并改."""

from niangjia.restructuring.queries.hindrances import desk_hindrances, register_hindrances
from niangjia.restructuring.queries.moves import Move, hints_of, moves_of
from niangjia.restructuring.queries.reading import (
    HEIR,
    SOURCE,
    due,
    locked,
    open_matters,
    open_plans_of,
    other_open_plans,
    plan_of,
    restructure_in_scope,
    restructure_subject,
    restructures_in_scope,
    tell_whole,
    title_of,
    to_be_checked,
)
from niangjia.restructuring.queries.succeeding import Successor, ended_paths, successors_of

__all__ = [
    "HEIR",
    "SOURCE",
    "Move",
    "Successor",
    "desk_hindrances",
    "due",
    "ended_paths",
    "hints_of",
    "locked",
    "moves_of",
    "open_matters",
    "open_plans_of",
    "other_open_plans",
    "plan_of",
    "register_hindrances",
    "restructure_in_scope",
    "restructure_subject",
    "restructures_in_scope",
    "successors_of",
    "tell_whole",
    "title_of",
    "to_be_checked",
]
