"""Who approves which sum, and what a step asks: four eyes, a finished notice, no relatives (R-G-06). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from niangjia.aid.rules.cases import Case, is_complete
from niangjia.kernel.money import Yuan
from niangjia.network.rules import OrgKind

LEVELS: Mapping[OrgKind, str] = {
    OrgKind.SINGLE: "primary",
    OrgKind.JOINT: "primary",
    OrgKind.FEDERATION: "federation",
    OrgKind.TOWN: "town",
    OrgKind.COUNTY: "county",
    OrgKind.CITY: "city",
}
USUAL = (OrgKind.COUNTY, OrgKind.CITY, OrgKind.PROVINCE)
"""The county is the usual level of approval (domain.md §2.1); what passes its limit goes one level up."""


@dataclass(frozen=True, slots=True)
class Place:
    """A union on the way from the applicant to the province."""

    number: int
    kind: OrgKind


def approver_of(line: Sequence[Place], amount: Yuan, limits: Mapping[str, Yuan]) -> Place:
    """The nearest county, city or province whose limit holds the sum; the highest has none (R-AID-15).

    >>> county, city = Place(3, OrgKind.COUNTY), Place(2, OrgKind.CITY)
    >>> approver_of([city, county], Yuan.of(30_000), {"county": Yuan.of(20_000)}).number
    2
    """
    usual = sorted((one for one in line if one.kind in USUAL), key=lambda one: USUAL.index(one.kind))
    for one in usual:
        limit = limits.get(LEVELS.get(one.kind, ""))
        if limit is None or amount <= limit:
            return one
    return usual[-1]


@dataclass(frozen=True, slots=True)
class Hands:
    """Which accounts did what: the same hand never asks, reviews and approves (reliability.md, control 5)."""

    asked: int | None = None
    reviewed: int | None = None

    def leaves(self, user_id: int | None) -> bool:
        """Whether an account may still approve."""
        return user_id is None or user_id not in {self.asked, self.reviewed}


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an application: its visit, its notice, its payment order."""

    visited: bool = False
    notice_clear: bool = False
    ordered: bool = False
    paid: bool = False


def facts_of(case: Case, around: Around, hands: Hands, *, user_id: int | None) -> dict[str, bool]:
    """What the guards of the workflow ask."""
    return {
        "complete": is_complete(case),
        "visited": around.visited,
        "notice_clear": around.notice_clear,
        "apart": hands.leaves(user_id),
        "ordered": around.ordered,
        "paid": around.paid,
    }


def is_clear(*, finished: bool, unanswered: int, upheld: int, taken_out: int) -> bool:
    """Whether a round may be approved: it ran its days, all objections are answered, those upheld taken out.

    >>> is_clear(finished=True, unanswered=0, upheld=1, taken_out=0)
    False
    """
    return finished and not unanswered and taken_out >= upheld
