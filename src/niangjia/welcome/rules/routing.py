"""Where a worker belongs who does not know his union (R-MEM-10, R-ORG-04, domain.md §2.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from niangjia.kernel.words import Said, say
from niangjia.members.rules import JOINABLE
from niangjia.network.rules import OrgKind


class Why(IntEnum):
    """Why a union is offered; the smaller, the nearer."""

    EMPLOYER = 1
    WORKPLACE = 2
    TRADE = 3
    PLACE = 4
    TOWN = 5


WHY: Mapping[Why, Said] = {
    Why.EMPLOYER: say("您的单位已经在这家工会"),
    Why.WORKPLACE: say("您上班的商圈、园区或楼宇由它服务"),
    Why.TRADE: say("您这一行有自己的联合会，在哪里跑、在哪里住都可以加入"),
    Why.PLACE: say("您那里的联合会，单位没有工会的由它吸收"),
    Why.TOWN: say("镇街总工会，上面都不合适的由它吸收"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A union that may take the worker, and why."""

    unit_id: int
    name: str
    kind: OrgKind
    why: Why
    employer_id: int | None = None
    employer: str = ""


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The unions that have members of their own, each once by its best reason, the nearest first.

    >>> mall = Candidate(2, "商厦联合会", OrgKind.FEDERATION, Why.WORKPLACE)
    >>> town = Candidate(1, "街道总工会", OrgKind.TOWN, Why.TOWN)
    >>> [one.name for one in ranked([town, mall, mall])]
    ['商厦联合会', '街道总工会']
    """
    found: dict[int, Candidate] = {}
    for one in sorted(candidates, key=lambda one: one.why):
        if one.kind in JOINABLE:
            found.setdefault(one.unit_id, one)
    return list(found.values())


def best(candidates: Iterable[Candidate]) -> Candidate | None:
    """The nearest union, or none."""
    return next(iter(ranked(candidates)), None)
