"""Where every fen came from and went: money leaves a fund in the order in which it came in.

A lot is what an entry brought into a fund. A slice is the part of a lot that another entry took. Entries are
taken in the order in which they were posted, so a later entry never changes what was told of an earlier one.
A contra entry is not a new taker: what it brings back returns to the very lots it was taken from, and what it
takes back is taken from the very lots that the mistaken entry brought.
"""

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Flow:
    """What an entry did to the assets of one fund: its lines in order, with the words of their sources."""

    entry_id: int
    lines: Sequence[tuple[int, str]]
    contra_of: int | None = None

    @property
    def fen(self) -> int:
        """What came in (positive) or went out (negative)."""
        return sum(fen for fen, _ in self.lines)

    def parts(self) -> Iterator[tuple[int, str]]:
        """What came in by source: the lines that brought money, as far as the entry brought any.

        >>> list(Flow(1, [(70, "甲"), (50, "乙"), (-30, "")]).parts())
        [(70, '甲'), (20, '乙')]
        """
        rest = self.fen
        for fen, source in self.lines:
            part = min(fen, rest)
            if part > 0:
                yield part, source
                rest -= part


@dataclass(slots=True, eq=False)
class Lot:
    """What an entry brought into a fund from one source; `free` are the stretches of it that nobody took.

    `base` is where it begins in all that the entry brought into the fund, `place` where it stands in the
    queue.
    """

    fund: int
    entry_id: int
    source: str
    fen: int
    base: int
    place: int
    free: list[tuple[int, int]]
    slices: "list[Slice]" = field(default_factory=list)

    @property
    def left(self) -> int:
        """How many fen are still there."""
        return sum(end - start for start, end in self.free)

    def take(self, wanted: int, taker: int) -> "Iterator[Slice]":
        """Slices of the first free stretches, as much as wanted or as there is."""
        while wanted and self.free:
            start, end = self.free.pop(0)
            cut = min(end, start + wanted)
            if cut < end:
                self.free.insert(0, (cut, end))
            wanted -= cut - start
            part = Slice(self, start, cut, taker)
            self.slices.append(part)
            yield part

    def give_back(self, start: int, end: int) -> None:
        """A stretch is free again."""
        insort(self.free, (start, end))
        whole: list[tuple[int, int]] = []
        for low, high in self.free:
            if whole and whole[-1][1] == low:
                whole[-1] = (whole[-1][0], high)
            else:
                whole.append((low, high))
        self.free = whole


@dataclass(slots=True, eq=False)
class Slice:
    """The fen `start` to `end` of a lot that an entry took; `returned_by` is the contra that gave them."""

    lot: Lot
    start: int
    end: int
    taker: int
    returned_by: int | None = None

    @property
    def fen(self) -> int:
        """How many fen."""
        return self.end - self.start


@dataclass(slots=True)
class Allocation:
    """The lots of one fund and who took what of them; `open` is what was spent before it came in."""

    fund: int = 0
    lots: dict[int, list[Lot]] = field(default_factory=dict)
    taken: dict[int, list[Slice]] = field(default_factory=dict)
    open: dict[int, int] = field(default_factory=dict)
    _queue: list[Lot] = field(default_factory=list)
    _head: int = 0

    @property
    def left(self) -> int:
        """What all lots still hold, less what is spent and not yet covered: the balance of the fund."""
        return sum(lot.left for lot in self._queue) - sum(self.open.values())

    @property
    def whole(self) -> bool:
        """Whether every lot is the sum of what is left of it and of what was taken and not returned."""
        return all(
            lot.fen == lot.left + sum(part.fen for part in lot.slices if part.returned_by is None)
            for lot in self._queue
        )

    def follow(self, flow: Flow) -> None:
        """The next entry in the order of posting."""
        taker = flow.contra_of or 0
        if flow.fen > 0 and (taker in self.taken or taker in self.open):
            self._bring_back(flow, taker)
        elif flow.fen > 0:
            self._bring(flow)
        elif flow.fen < 0:
            own = reversed(self.lots.get(taker, []))
            self._take(flow.entry_id, self._take_from(own, flow.entry_id, -flow.fen))

    def _bring(self, flow: Flow) -> None:
        base = 0
        lots = self.lots.setdefault(flow.entry_id, [])
        for fen, source in flow.parts():
            lot = Lot(self.fund, flow.entry_id, source, fen, base, len(self._queue), [(0, fen)])
            base += fen
            lots.append(lot)
            self._queue.append(lot)
        self._cover()

    def _cover(self) -> None:
        """What was spent before it came in is covered first, the oldest first."""
        waiting, self.open = self.open, {}
        for taker, fen in waiting.items():
            self._take(taker, fen)

    def _take(self, taker: int, wanted: int) -> None:
        while wanted and self._head < len(self._queue):
            lot = self._queue[self._head]
            wanted = self._take_from([lot], taker, wanted)
            if not lot.free:
                self._head += 1
        if wanted:
            self.open[taker] = self.open.get(taker, 0) + wanted

    def _take_from(self, lots: Iterable[Lot], taker: int, wanted: int) -> int:
        """Takes of these lots; what is still wanted."""
        mine = self.taken.setdefault(taker, [])
        for lot in lots:
            for part in lot.take(wanted, taker):
                mine.append(part)
                wanted -= part.fen
        return wanted

    def _bring_back(self, flow: Flow, taker: int) -> None:
        """Every stretch returns to its lot; what was not yet covered need not be covered any more."""
        self.open.pop(taker, None)
        for part in self.taken.get(taker, []):
            part.returned_by = flow.entry_id
            part.lot.give_back(part.start, part.end)
            self._head = min(self._head, part.lot.place)
        self._cover()


def allocate(flows: Iterable[Flow], *, fund: int = 0) -> Allocation:
    """Follow the entries of a fund in the order of posting.

    >>> told = allocate([Flow(1, [(100, "甲")]), Flow(2, [(50, "乙")]), Flow(3, [(-120, "")])])
    >>> [(part.lot.source, part.fen) for part in told.taken[3]], told.left
    ([('甲', 100), ('乙', 20)], 30)
    """
    told = Allocation(fund)
    for flow in flows:
        told.follow(flow)
    return told
