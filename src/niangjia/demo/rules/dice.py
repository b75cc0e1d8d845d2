"""Choices that look like chance and are none: the same words always fall the same way. Pure."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A choice depends on the seed and on what is chosen for, never on the order of asking.

    >>> Dice(1).number("headcount", 7, low=3, high=9) == Dice(1).number("headcount", 7, low=3, high=9)
    True
    """

    def __init__(self, seed: int) -> None:
        self._key = seed.to_bytes(8, "big")

    def roll(self, *what: object) -> int:
        """A whole number below 2**256 for this thing."""
        text = "|".join(map(str, what)).encode()
        return int.from_bytes(blake2b(text, digest_size=32, key=self._key).digest(), "big")

    def hand(self, *what: object) -> "Hand":
        """Many choices for one thing, in order, from one throw."""
        return Hand(self.roll(*what))

    def number(self, *what: object, low: int, high: int) -> int:
        """A number between both ends, ends included."""
        return low + self.roll(*what) % (high - low + 1)

    def pick(self, choices: Sequence[T], *what: object) -> T:
        """One of the choices."""
        return choices[self.roll(*what) % len(choices)]


class Hand:
    """A throw that is used up choice by choice; enough for some dozen small ones."""

    __slots__ = ("_left",)

    def __init__(self, roll: int) -> None:
        self._left = roll

    def number(self, low: int, high: int) -> int:
        """The next number between both ends, ends included."""
        self._left, found = divmod(self._left, high - low + 1)
        return low + found

    def pick(self, choices: Sequence[T]) -> T:
        """The next of the choices."""
        self._left, found = divmod(self._left, len(choices))
        return choices[found]


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers in the ratio of the weights whose sum is exactly `total` (largest remainders first).

    >>> shares(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    found = [total * weight // whole for weight in weights]
    left = total - sum(found)
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[:left]:
        found[i] += 1
    return found
