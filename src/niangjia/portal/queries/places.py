"""Places step by step: province, city, county, town, village; each step is a plain link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import say
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.tree.models import Division

TOWN_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Place:
    """A chosen place: the way to it from the top, and the places right below to choose from."""

    chain: Sequence["Division"] = ()
    below: Sequence["Division"] = ()

    @property
    def here(self) -> "Division | None":
        """The chosen place itself; none was chosen yet where this is empty."""
        return self.chain[-1] if self.chain else None

    @property
    def is_low(self) -> bool:
        """True for a town or a village, whose unions are few enough to list."""
        return self.here is not None and self.here.level >= TOWN_LEVEL


def place_of(*, division_id: int | None, day: date) -> Place:
    """The place of that number on a day; without one, the first step."""
    if division_id is None:
        return Place(below=tuple(tree.divisions_of(parent=None, day=day)))
    chain = tree.division_chain(division_id=division_id)
    if not chain:
        raise BadInput(say("没有这个地方。请从省开始一步一步选。"), field="place")
    return Place(chain=chain, below=tuple(tree.divisions_of(parent=chain[-1], day=day)))
