"""One stretch of the tree between two heads: which copy of a leaf is the true one, which entry is bad.

Three copies should agree: the leaf file outside, the leaf table, and the hash made anew from the line. The
signed head decides: the copy whose leaves lead to its root is the true one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from niangjia.kernel.journal import canonical, merkle
from niangjia.kernel.journal.canonical import Line
from niangjia.kernel.journal.findings import Finding, What
from niangjia.kernel.journal.heads import Head
from niangjia.kernel.journal.outside import Leaf

Told = dict[int, Leaf | None]
"""The true leaf of each doubtful place, as far as it is known."""
TRIED = 400
"""Among so many bad lines of a stretch, whose content stands in whose place is looked for."""


@dataclass(slots=True)
class Doubt:
    """A place where the copies do not all agree."""

    index: int
    outside: Leaf | None
    stored: Leaf | None
    lines: Mapping[int, Line]

    def made(self, number: int) -> bytes | None:
        """The leaf hash made anew from a line, if it stands."""
        line = self.lines.get(number)
        return canonical.leaf_of(line) if line else None

    def confirmed(self) -> Leaf | None:
        """The copy that the line itself confirms."""
        for leaf in (self.outside, self.stored):
            if leaf is not None and self.made(leaf[0]) == leaf[1]:
                return leaf
        return self.outside or self.stored


@dataclass(slots=True)
class Stretch:
    """The leaves from one head to the next, as the files outside (else the table) tell them."""

    start: int
    hashes: list[bytes | None] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def stop(self) -> int:
        """The place after the last leaf."""
        return self.start + len(self.hashes)

    def settle(self, tree: merkle.Frontier, head: Head) -> "tuple[Told, Grown | None]":
        """The true leaf of each doubtful place, and the tree grown by the true leaves.

        Where no copy leads to the head, the second is None and the leaves are what the lines confirm.
        """
        told: Told = {}
        for choose in CHOICES:
            told = {doubt.index: choose(doubt) for doubt in self.doubts}
            grown = self._grown(tree, told)
            if grown is not None and (grown.tree.size, grown.tree.root()) == (head.size, head.root):
                return told, grown
        return told, None

    def as_told(self, tree: merkle.Frontier, told: Told) -> "Grown":
        """The tree grown by what is told, where no copy leads to the head; nor will it later."""
        self.hashes = [found or bytes(32) for found in self.hashes]
        return self._grown(tree, told) or Grown(tree.copy(), [])

    def _grown(self, tree: merkle.Frontier, told: Told) -> "Grown | None":
        grown, completed = tree.copy(), []
        for place, found in enumerate(self.hashes, start=self.start):
            leaf = told.get(place)
            value = leaf[1] if leaf else found
            if value is None:
                return None
            done = grown.append(value)
            if len(done) >= merkle.STEP:
                completed.append((grown.size, done))
        return Grown(grown, completed)


@dataclass(slots=True)
class Grown:
    """A tree and the subtrees that were completed on the way."""

    tree: merkle.Frontier
    completed: list[tuple[int, list[bytes]]]


CHOICES: tuple[Callable[[Doubt], Leaf | None], ...] = (
    lambda doubt: doubt.outside or doubt.stored,
    lambda doubt: doubt.stored or doubt.outside,
    Doubt.confirmed,
)


def judged(doubts: list[Doubt], told: Told) -> Iterator[Finding]:
    """What is wrong at the doubtful places, once the true leaves are known."""
    moved = dict(_swapped(doubts, told))
    for doubt in doubts:
        true = told[doubt.index]
        if true is None:
            yield Finding(What.LEAF_MISSING, leaf=doubt.index)
            continue
        yield from _copies(doubt, true)
        made = doubt.made(true[0])
        if made == true[1]:
            continue
        if made is None:
            what = What.LINE_DELETED
        else:
            what = What.LINE_SWAPPED if true[0] in moved else What.LINE_CHANGED
        yield Finding(what, line=true[0], leaf=doubt.index)


def _copies(doubt: Doubt, true: Leaf) -> Iterator[Finding]:
    if doubt.stored is None:
        yield Finding(What.LEAF_MISSING, line=true[0], leaf=doubt.index)
    elif doubt.stored != true:
        yield Finding(What.LEAF_CHANGED, line=true[0], leaf=doubt.index)
    if doubt.outside != true:
        yield Finding(What.OUTSIDE_LEAF, line=true[0], leaf=doubt.index)


def _swapped(doubts: list[Doubt], told: Told) -> Iterator[tuple[int, int]]:
    """Lines whose content stands under another bad line's number."""
    bad: list[tuple[Leaf, Line]] = []
    for doubt in doubts:
        true = told[doubt.index]
        line = doubt.lines.get(true[0]) if true else None
        if true and line and canonical.leaf_of(line) != true[1]:
            bad.append((true, line))
    if len(bad) > TRIED:
        return
    for (number, leaf), _ in bad:
        for (other, _), line in bad:
            if other != number and canonical.leaf_of((number, *line[1:])) == leaf:
                yield number, other
