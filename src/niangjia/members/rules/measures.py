"""Bands of age, and small cells that are hidden so that nobody is exposed (features 24)."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key")
BANDS: Sequence[tuple[int, int]] = ((16, 24), (25, 34), (35, 44), (45, 54), (55, 59), (60, 150))
"""Full years of age reached in the year, both ends inside."""


def band_of(born: int, *, year: int) -> int | None:
    """The place in `BANDS` of somebody born in a year, by the age he reaches in `year`; None if outside all.

    >>> band_of(1990, year=2018)
    1
    """
    age = year - born
    return next((place for place, (low, high) in enumerate(BANDS) if low <= age <= high), None)


def hidden_small(cells: Mapping[Key, int], *, least: int) -> dict[Key, int | None]:
    """The cells of a split with small ones hidden (None), and never one alone: a second one hides beside it.

    A cell of 0 tells of nobody and stays. Otherwise the total would give a lone hidden cell away.

    >>> hidden_small({"a": 100, "b": 3, "c": 40}, least=5)
    {'a': 100, 'b': None, 'c': None}
    """
    small = {key for key, count in cells.items() if 0 < count < least}
    if len(small) == 1:
        rest = [key for key, count in cells.items() if count and key not in small]
        small |= {min(rest, key=lambda key: cells[key])} if rest else set()
    return {key: None if key in small else count for key, count in cells.items()}
