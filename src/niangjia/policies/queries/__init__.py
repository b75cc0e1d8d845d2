"""Reads of the policies: what is in force where and why, its history, who below has another value."""

from niangjia.policies.queries.in_force import (
    PLATFORM,
    AreaInForce,
    InForce,
    decide,
    value_in_force,
    what_is_in_force,
)
from niangjia.policies.queries.one_key import PathStep, PolicyPage, policy_page
from niangjia.policies.queries.units import ChosenUnit, UnitChoice, chosen_unit, unit_choices
from niangjia.policies.queries.values import (
    OwnValue,
    history_of,
    overrides_below,
    own_value,
    own_version,
    values_for,
    version_of,
)

__all__ = [
    "PLATFORM",
    "AreaInForce",
    "ChosenUnit",
    "InForce",
    "OwnValue",
    "PathStep",
    "PolicyPage",
    "UnitChoice",
    "chosen_unit",
    "decide",
    "history_of",
    "overrides_below",
    "own_value",
    "own_version",
    "policy_page",
    "unit_choices",
    "value_in_force",
    "values_for",
    "version_of",
    "what_is_in_force",
]
