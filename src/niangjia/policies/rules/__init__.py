"""What may be said of a policy in words, and which level a union stands on. Pure."""

from niangjia.policies.rules.levels import level_of
from niangjia.policies.rules.typing import as_typed, dims_key, hint_for, read_bound, read_typed
from niangjia.policies.rules.wording import (
    AREA_WORDS,
    CHOICE_WORDS,
    COLUMN_WORDS,
    DIM_VALUES,
    DIM_WORDS,
    amount_said,
    bounds_said,
    dims_said,
    is_example,
    levels_said,
    mark_said,
    number_text,
    stored_said,
    value_said,
    words_said,
)

__all__ = [
    "AREA_WORDS",
    "CHOICE_WORDS",
    "COLUMN_WORDS",
    "DIM_VALUES",
    "DIM_WORDS",
    "amount_said",
    "as_typed",
    "bounds_said",
    "dims_key",
    "dims_said",
    "hint_for",
    "is_example",
    "level_of",
    "levels_said",
    "mark_said",
    "number_text",
    "read_bound",
    "read_typed",
    "stored_said",
    "value_said",
    "words_said",
]
