"""What a verification may find, each thing by its name and place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

MOST = 10_000
"""More findings than these are counted and not listed."""


class What(StrEnum):
    """What is wrong."""

    LINE_CHANGED = "line changed"
    LINE_DELETED = "line deleted"
    LINE_SWAPPED = "line swapped"
    VALUES_CHANGED = "values changed"
    VALUES_REMOVED = "values removed without a tombstone"
    VALUES_SWAPPED = "values swapped"
    VALUES_ADDED = "values added"
    LEAF_CHANGED = "leaf changed"
    LEAF_MISSING = "leaf missing"
    LEAF_ADDED = "leaf added"
    NODE_CHANGED = "node changed"
    HEAD_CHANGED = "head changed"
    HEAD_MISSING = "head missing"
    HEAD_UNSIGNED = "head not signed by a key of ours"
    HEAD_CHAIN = "head does not follow the one before"
    HEAD_ROOT = "leaves do not lead to the head"
    OUTSIDE_LEAF = "leaf file differs"
    OUTSIDE_HEAD = "head file differs"
    OUTSIDE_BEHIND = "files outside lack the last head"


NOTES = {What.OUTSIDE_BEHIND}
"""Not a tampering: a crash leaves it so, and the next sealing heals it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One bad entry: which line, which place in the tree, which head."""

    what: What
    line: int | None = None
    leaf: int | None = None
    head: int | None = None

    def as_dict(self) -> dict[str, object]:
        """For JSON, without what is not known."""
        told = {"what": str(self.what), "line": self.line, "leaf": self.leaf, "head": self.head}
        return {name: value for name, value in told.items() if value is not None}


@dataclass
class Report:
    """What was checked and what was found."""

    lines: int = 0
    heads: int = 0
    waiting: int = 0
    erased: int = 0
    count: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, *found: Finding) -> None:
        """Take findings in; the first are listed, all are counted."""
        for one in found:
            self.count += one.what not in NOTES
            if len(self.findings) < MOST:
                self.findings.append(one)

    def extend(self, found: Iterable[Finding]) -> None:
        """Take many in."""
        self.add(*found)

    @property
    def good(self) -> bool:
        """True if nothing was tampered with."""
        return self.count == 0
