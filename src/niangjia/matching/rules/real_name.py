"""Whether a member is complete by real name, and what is lacking first (R-MEM-09)."""

from collections.abc import Mapping
from dataclasses import dataclass

from niangjia.kernel.words import Said, say

COMPLETE = "complete"
FIRST: Mapping[str, Said] = {
    "id": say("缺有效证件"),
    "mobile": say("有证件，缺手机号"),
    "employer": say("有证件和手机号，缺用人单位"),
}
"""What is lacking first: every member who is not complete stands in exactly one of these."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """Members, those complete, and those who lack something, by the first thing that is lacking."""

    members: int
    complete: int
    lacks: Mapping[str, int]

    @property
    def is_closed(self) -> bool:
        """Whether the equation closes: nobody is dropped, nobody is counted twice."""
        return self.members == self.complete + sum(self.lacks.values())

    @property
    def lacking(self) -> int:
        """How many members are not complete."""
        return self.members - self.complete

    @property
    def share(self) -> str:
        """The share of complete members in per cent, cut, so that 100 % means everybody."""
        if not self.members:
            return "—"
        tenths = self.complete * 1000 // self.members
        return f"{tenths // 10}.{tenths % 10}%"
