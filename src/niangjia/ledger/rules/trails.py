"""The way of money through transfers: what left one fund, in order, is what came into the next, in order.

An entry that takes as much as it brings is a transfer; so is the pair of entries in two books of which one is
about the other. Their money is followed fen by fen; everything else is a source or a use.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from niangjia.ledger.rules.lots import Allocation, Lot, Slice

Part = TypeVar("Part", Lot, Slice)


class Known(Protocol):
    """What a trail asks of whoever has the entries."""

    def allocation(self, fund: int) -> Allocation:
        """The lots of a fund."""
        ...

    def funds(self, entry: int) -> Sequence[int]:
        """The funds that an entry touches, in a lasting order."""
        ...

    def giver(self, entry: int) -> int | None:
        """The entry of another book whose money this one took over."""
        ...

    def receiver(self, entry: int) -> int | None:
        """The entry of another book that took this one's money over."""
        ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many fen of an entry in a fund: of a source, or of a use; `held` if nobody has used them yet."""

    entry: int
    fund: int
    source: str
    fen: int
    held: bool = False


@dataclass(frozen=True)
class Trail:
    """Follows money back to its sources and on to its uses."""

    known: Known

    def came_from(self, entry: int) -> Iterator[Stretch]:
        """The sources of all that an entry took, in order."""
        for part in self.gave(entry):
            yield from self._back(part.lot, part.start, part.end)

    def went_to(self, entry: int) -> Iterator[Stretch]:
        """The uses of all that an entry brought, in order, and what of it is still there."""
        for lot in self.brought(entry):
            yield from self._onward(lot, 0, lot.fen)

    def gave(self, entry: int) -> list[Slice]:
        """What an entry took out of its funds, end to end."""
        funds = [self.known.allocation(fund) for fund in self.known.funds(entry)]
        return [part for fund in funds for part in fund.taken.get(entry, [])]

    def brought(self, entry: int) -> list[Lot]:
        """What an entry brought into its funds, end to end."""
        funds = [self.known.allocation(fund) for fund in self.known.funds(entry)]
        return [lot for fund in funds for lot in fund.lots.get(entry, [])]

    def _back(self, lot: Lot, start: int, end: int) -> Iterator[Stretch]:
        behind = self._pair(self.known.giver(lot.entry_id), lot.entry_id)
        if behind is None:
            yield Stretch(lot.entry_id, lot.fund, lot.source, end - start)
            return
        at = before(self.brought(lot.entry_id), lot)
        for part, low, high in cut(self.gave(behind), at + start, at + end):
            yield from self._back(part.lot, part.start + low, part.start + high)

    def _onward(self, lot: Lot, start: int, end: int) -> Iterator[Stretch]:
        rest = end - start
        for part in lot.slices:
            low, high = max(start, part.start), min(end, part.end)
            if part.returned_by is None and low < high:
                rest -= high - low
                yield from self._used(part, low - part.start, high - part.start)
        if rest:
            yield Stretch(lot.entry_id, lot.fund, lot.source, rest, held=True)

    def _used(self, part: Slice, start: int, end: int) -> Iterator[Stretch]:
        receiver = self.known.receiver(part.taker)
        onto = self._pair(part.taker, receiver) if receiver else self._pair(part.taker, part.taker)
        if onto is None:
            yield Stretch(part.taker, part.lot.fund, "", end - start)
            return
        at = before(self.gave(part.taker), part)
        for lot, low, high in cut(self.brought(receiver or part.taker), at + start, at + end):
            yield from self._onward(lot, low, high)

    def _pair(self, giver: int | None, taker: int) -> int | None:
        """The entry that gave exactly what another brought; an entry may be both."""
        giver = giver or taker
        given = sum(part.fen for part in self.gave(giver))
        return giver if given and given == sum(lot.fen for lot in self.brought(taker)) else None


def before(parts: Sequence[Part], one: Part) -> int:
    """How many fen stand before one of the parts, laid end to end."""
    at = 0
    for part in parts:
        if part is one:
            return at
        at += part.fen
    raise ValueError(one)


def cut(parts: Sequence[Part], start: int, end: int) -> Iterator[tuple[Part, int, int]]:
    """Of parts laid end to end, those between `start` and `end`: each with its own stretch."""
    at = 0
    for part in parts:
        low, high = max(start, at), min(end, at + part.fen)
        if low < high:
            yield part, low - at, high - at
        at += part.fen
