"""The five steps of the map's colours: only high and low, never a judgement."""

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 5


@dataclass(frozen=True, slots=True)
class Ramp:
    """The step of every value, and for each step the lowest and the highest value that it holds."""

    steps: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def ramp(values: Sequence[int]) -> Ramp:
    """Values parted into at most five steps, equal values always in the same one; fewer values, fewer steps.

    >>> ramp([0, 3, 3, 9])
    Ramp(steps=(0, 1, 1, 2), spans=((0, 0), (3, 3), (9, 9)))
    >>> ramp(range(10)).steps
    (0, 0, 1, 1, 2, 2, 3, 3, 4, 4)
    """
    ladder = sorted(set(values))
    count = min(STEPS, len(ladder))
    step_of = {value: place * count // len(ladder) for place, value in enumerate(ladder)}
    groups = [[value for value in ladder if step_of[value] == step] for step in range(count)]
    return Ramp(
        steps=tuple(step_of[value] for value in values),
        spans=tuple((group[0], group[-1]) for group in groups),
    )
