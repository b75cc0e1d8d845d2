"""Values against the digests of their lines: changed, removed without a tombstone, swapped, added."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from niangjia.kernel.journal import canonical, merkle
from niangjia.kernel.journal.canonical import Line
from niangjia.kernel.journal.erasing import VERB
from niangjia.kernel.journal.findings import Finding, What


class Kept(NamedTuple):
    """A row of values."""

    salt: bytes | memoryview | None
    body: str | None
    rows: bytes | memoryview | None
    erasure_id: int | None


class Tombs:
    """Which values were erased by which line: a line that is no erasure, or was changed, explains nothing."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._known: dict[int, frozenset[int]] = {}

    def learn(self, erasures: Iterable[int]) -> None:
        """Read these erasures, once."""
        new = sorted(set(erasures) - self._known.keys())
        if not new:
            return
        self._known |= dict.fromkeys(new, frozenset[int]())
        self._cursor.execute(EXPLAINING, [new])
        for row in self._cursor.fetchall():
            line, (salt, body, leaf) = row[:9], row[9:]
            sealed = leaf is None or canonical.leaf_of(line) == bytes(leaf)
            if sealed and line[5] == VERB and canonical.digest_of(salt, body) == bytes(line[8] or b""):
                self._known[line[0]] = frozenset(json.loads(body)["after"]["lines"])

    def explain(self, line: int, erasure: int) -> bool:
        """True if that erasure says that this line's values were erased."""
        return line in self._known.get(erasure, ())


EXPLAINING = """
SELECT l.id, l.at, l.user_id, l.post_id, l.unit_id, l.verb, l.kind, l.object_id, l.digest,
 v.salt, v.body, f.hash
 FROM kernel_journalline AS l JOIN kernel_journalvalues AS v ON v.line_id = l.id
 LEFT JOIN kernel_journalleaf AS f ON f.line_id = l.id
 WHERE l.id = ANY (%s) AND v.body IS NOT NULL AND v.salt IS NOT NULL
"""


def doubtful(line: Line, kept: Kept | None, tombs: Tombs) -> What | None:
    """What is wrong with a line's values, or nothing."""
    number, digest = line[0], line[8]
    if digest is None:
        return None if kept is None else What.VALUES_ADDED
    if kept is None or kept.body is None or kept.salt is None:
        explained = kept is not None and kept.erasure_id and tombs.explain(number, kept.erasure_id)
        return None if explained else What.VALUES_REMOVED
    if canonical.digest_of(kept.salt, kept.body) != bytes(digest):
        return What.VALUES_CHANGED
    return _doubtful_rows(kept) if '"root"' in kept.body else None


def _doubtful_rows(kept: Kept) -> What | None:
    """The hashes of a bulk's rows must lead to the root in its values."""
    after = json.loads(kept.body or "{}").get("after", {})
    if not {"rows", "root"} <= after.keys():
        return None
    if kept.rows is None:
        return What.VALUES_REMOVED
    _, leaves = canonical.rows_read(kept.rows)
    same = (len(leaves), merkle.root_of(leaves).hex()) == (after["rows"], after["root"])
    return None if same else What.VALUES_CHANGED


def named(
    bad: Mapping[int, tuple[What, int]], lines: Mapping[int, Line], values: Mapping[int, Kept]
) -> Iterator[Finding]:
    """The findings; values that fit another bad line's digest were swapped."""
    wanted = {bytes(lines[number][8] or b""): number for number in bad}
    for number, (what, index) in bad.items():
        kept = values.get(number)
        told = what
        if what is What.VALUES_CHANGED and kept is not None and kept.salt is not None:
            owner = wanted.get(canonical.digest_of(kept.salt, kept.body or ""), number)
            told = what if owner == number else What.VALUES_SWAPPED
        yield Finding(told, line=number, leaf=index)
