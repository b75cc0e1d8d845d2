"""What may stand under what, and since when: pure rules of the dated tree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from niangjia.kernel.errors import Refused
from niangjia.kernel.paths import SEGMENT, segment
from niangjia.kernel.words import say

NEVER = date.max
"""Stands for the end of what has no end, where days are compared."""


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a unit stands in a half-open period: under which parent, on which path."""

    unit_id: int
    parent_id: int | None
    path: str
    since: date
    until: date | None = None

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.until or NEVER

    def clipped(self, *, since: date, end: date) -> "Stay | None":
        """The part of it inside `[since, end)`, or None."""
        start, stop = max(self.since, since), min(self.end, end)
        return replace(self, since=start, until=None if stop == NEVER else stop) if start < stop else None


def path_under(unit_id: int, *, parent_path: str) -> str:
    """The path of a unit under a parent; a root's parent path is empty.

    >>> path_under(10, parent_path="000001")
    '00000100000a'
    """
    return parent_path + segment(unit_id)


def path_holds(path: str, unit_id: int) -> bool:
    """True if a path leads through a unit or ends in it.

    >>> path_holds("000001000002", 2), path_holds("000001000002", 3)
    (True, False)
    """
    wanted = segment(unit_id)
    return any(path[start : start + SEGMENT] == wanted for start in range(0, len(path), SEGMENT))


def carried(stays: Iterable[Stay], *, unit_id: int, above: Sequence[Stay], since: date) -> Iterator[Stay]:
    """The stays of a unit and of all below it, from `since` on, once the unit stands where `above` leads.

    `above` are the new parent's own stays: where that parent moves later, the unit moves along with it.
    """
    for stay in stays:
        below = _below(stay.path, unit_id)
        for over in above:
            part = stay.clipped(since=max(since, over.since), end=over.end)
            if part is not None:
                parent_id = over.unit_id if stay.unit_id == unit_id else stay.parent_id
                yield replace(part, parent_id=parent_id, path=over.path + below)


def _below(path: str, unit_id: int) -> str:
    """The end of a path from a unit on, that unit included."""
    wanted = segment(unit_id)
    starts = (start for start in range(0, len(path), SEGMENT) if path[start : start + SEGMENT] == wanted)
    return path[next(starts) :]


def require_no_cycle(unit_id: int, *, above: Iterable[Stay]) -> None:
    """Refuse a parent that stands, or will stand, under the unit itself (domain.md §3)."""
    if any(path_holds(stay.path, unit_id) for stay in above):
        raise Refused(say("不能把一个组织放到它自己的下级里。请另选上级组织。"), field="parent")


def require_parent_stands(above: Sequence[Stay], *, since: date) -> None:
    """Refuse a parent that does not stand on every day from `since` on."""
    if not above or above[-1].until is not None:
        raise Refused(say("这个上级组织已经撤销或定了撤销日。请另选上级组织。"), field="parent")
    if above[0].since > since:
        raise Refused(
            say("这个上级组织自 {since} 起才设立，隶属关系不能早于这一天。", since=above[0].since),
            field="since",
        )


def require_day_after(day: date, *, own: Sequence[Stay], parent_id: int) -> None:
    """Refuse a move that undoes another one, of a unit that ends, or to where it stands already."""
    last = own[-1]
    if last.until is not None:
        raise Refused(say("这个组织已经撤销或定了撤销日，不能再调整隶属关系。"), field="unit")
    if last.parent_id == parent_id:
        raise Refused(say("它已经隶属于这个上级，不用再调整。"), field="parent")
    began = last.since
    for stay in reversed(own):
        if stay.parent_id != last.parent_id:
            break
        began = stay.since
    if day <= began:
        raise Refused(
            say("现在的隶属关系自 {since} 起生效，新的隶属关系须晚于这一天。", since=began), field="since"
        )


def require_empty_below(below: int) -> None:
    """Refuse to end a unit under which others stand or will stand."""
    if below:
        raise Refused(say("它下面还有 {below} 个组织。请先转出，再撤销。", below=below))
