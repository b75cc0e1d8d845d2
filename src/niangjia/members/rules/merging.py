"""Two records of one person were members: which stretches move, end, go on; one counts afterwards (D-3).

What lies behind stays as it was reported: an ended stretch that overlaps the other record's is not rewritten.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from niangjia.kernel.words import Said, say
from niangjia.members.rules.standing import State

BESIDE: Mapping[str, Said] = {
    "end": say("到合并当天为止，不再保留"),
    "affiliate": say("转为挂靠，继续使用那家工会的服务"),
}
"""What becomes of the membership that counts no more, as the deciders choose."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch as the plan sees it; `mine` are those of the record that goes on."""

    number: int
    union_id: int
    counts: bool
    state: State
    since: date
    until: date | None
    mine: bool

    def meets(self, other: "Stretch") -> bool:
        """Whether both hold on some day."""
        return (other.until is None or self.since < other.until) and (
            self.until is None or other.since < self.until
        )

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day and (self.until is None or self.until > day)

    def collides(self, other: "Stretch") -> bool:
        """Whether one person could not have both."""
        return self.meets(other) and (self.union_id == other.union_id or (self.counts and other.counts))


@dataclass(frozen=True, slots=True)
class Ends:
    """The stretch ends on a day; one that began that day or later stands beside for one day, uncounted."""

    number: int
    until: date
    counts: bool


@dataclass(frozen=True, slots=True)
class Goes:
    """The person goes on from the day in the union of that stretch, counting or beside."""

    number: int
    since: date
    until: date | None
    counts: bool
    state: State


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge does with the stretches: moved whole, ended, gone on with."""

    moved: tuple[int, ...] = ()
    ended: tuple[Ends, ...] = ()
    going: tuple[Goes, ...] = ()


def plan_of(stretches: Sequence[Stretch], *, day: date, beside: str) -> Plan:
    """How two records' stretches become one person's on a day; `beside` is one of `BESIDE`.

    The record that goes on keeps its counting membership, unless it has none that day, or only a retained one
    beside an active one of the other. No worker is lost, none counts twice.
    """
    mine = [one for one in stretches if one.mine]
    others = sorted((one for one in stretches if not one.mine), key=lambda one: (one.since, one.number))
    winner = _winner(mine, others, day=day)
    ended = [one for one in mine if winner and one.collides(replace(winner, since=max(day, winner.since)))]
    ended = [one for one in ended if one.until is None or one.until > day]
    moved = [one for one in others if not any(one.collides(kept) for kept in mine)]
    cut = [one for one in others if one not in moved and (one.until is None or one.until > day)]
    stands = [one for one in mine if one not in ended]
    going = tuple(_going(cut, moved, stands, winner, day=day, beside=beside))
    return Plan(
        moved=tuple(one.number for one in moved),
        ended=tuple(_ends(one, day) for one in (*ended, *cut)),
        going=going,
    )


def _winner(mine: Sequence[Stretch], others: Sequence[Stretch], *, day: date) -> Stretch | None:
    """The other record's counting stretch, where it is the one that has to go on."""
    kept = next((one for one in mine if one.counts and (one.until is None or one.until > day)), None)
    other = next((one for one in others if one.counts and (one.until is None or one.until > day)), None)
    if other is None or kept is None:
        return other
    outranks = kept.state is State.RETAINED and other.state is State.ACTIVE
    return other if outranks else None


def _ends(one: Stretch, day: date) -> Ends:
    if one.since < day:
        return Ends(one.number, day, one.counts)
    return Ends(one.number, one.since + timedelta(days=1), counts=False)


def _going(
    cut: Sequence[Stretch],
    moved: Sequence[Stretch],
    stands: Sequence[Stretch],
    winner: Stretch | None,
    *,
    day: date,
    beside: str,
) -> Iterator[Goes]:
    there = [*stands, *moved]
    for one in sorted(cut, key=lambda one: one is not winner):
        counts = one is winner
        rest = replace(one, since=max(day, one.since), counts=counts)
        wanted = counts or not one.counts or (beside == "affiliate" and one.state is State.ACTIVE)
        if wanted and not any(rest.collides(other) for other in there):
            there.append(rest)
            yield Goes(one.number, rest.since, one.until, counts, one.state if counts else State.ACTIVE)
