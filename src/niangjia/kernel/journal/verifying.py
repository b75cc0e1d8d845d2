"""`niangjia verify`: every sealed line, leaf, node and head, inside and outside, in bounded memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections

from niangjia.kernel.journal import canonical, heads, judging, merkle, sealing, stored, valuing
from niangjia.kernel.journal.canonical import Line
from niangjia.kernel.journal.findings import Finding, Report, What
from niangjia.kernel.journal.heads import Head
from niangjia.kernel.journal.judging import Doubt, Stretch
from niangjia.kernel.journal.outside import Leaf, Outside
from niangjia.kernel.journal.stored import OWNER
from niangjia.kernel.journal.tables import JournalHead
from niangjia.kernel.journal.valuing import Kept

CHUNK = 20_000
LEAVES = "SELECT index, line_id, hash FROM kernel_journalleaf WHERE index >= %s AND index < %s"
LINES = f"""
SELECT {sealing.COLUMNS}, v.line_id IS NOT NULL, v.salt, v.body, v.rows, v.erasure_id
 FROM kernel_journalline AS l LEFT JOIN kernel_journalvalues AS v ON v.line_id = l.id WHERE l.id = ANY (%s)
"""  # noqa: S608 - constants
STRAYS = "SELECT index, line_id FROM kernel_journalleaf WHERE index < 0 OR index >= %s ORDER BY index"
WAITING = """SELECT count(*) FROM kernel_journalline AS l
 WHERE NOT EXISTS (SELECT 1 FROM kernel_journalleaf AS f WHERE f.line_id = l.id)"""
WIDTH = 9


def verify(*, outside: Outside | None = None, using: str = OWNER) -> Report:
    """Check everything that was ever sealed; nothing is written, and nobody seals meanwhile."""
    files = outside or stored.outside(using)
    with _still(using) as cursor:
        return _Verification(cursor, files, using).run()


@contextmanager
def _still(using: str) -> Iterator[Any]:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [sealing.LOCK])
        try:
            yield cursor
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [sealing.LOCK])


class _Verification:
    def __init__(self, cursor: Any, files: Outside, using: str) -> None:
        self.cursor, self.files, self.using = cursor, files, using
        self.report = Report()
        self.tree = merkle.Frontier()
        self.tombs = valuing.Tombs(cursor)
        self.highest = 0
        self.has_files = files.exists() or files.size() > 0

    def run(self) -> Report:
        """From the first head to the last, then what lies beyond."""
        before: Head | None = None
        for number, copy, row in self._heads():
            head = self._head(number, copy, row, before)
            if head is None:
                continue
            self._stretch(head, row)
            before = head
        self._beyond(before.size if before else 0)
        return self.report

    def _heads(self) -> Iterator[tuple[int, Head | None, JournalHead | None]]:
        """Each number with the copy outside and the row, whichever stand."""
        rows = iter(JournalHead.objects.using(self.using).order_by("number").iterator(1000))
        copies = self._copies()
        row, copy = next(rows, None), next(copies, None)
        while row is not None or copy is not None:
            number = min(one.number for one in (row, copy) if one is not None)
            mine = copy if copy is not None and copy.number == number else None
            theirs = row if row is not None and row.number == number else None
            yield number, mine, theirs
            copy = next(copies, None) if mine else copy
            row = next(rows, None) if theirs else row

    def _copies(self) -> Iterator[Head]:
        """The heads of the file in rising order; what is none or stands out of order is a finding."""
        last = 0
        for place, head in enumerate(self.files.signed(), start=1):
            if head is None or head.number <= last:
                self.report.add(Finding(What.OUTSIDE_HEAD, head=head.number if head else place))
                continue
            last = head.number
            yield head

    def _head(
        self, number: int, copy: Head | None, row: JournalHead | None, before: Head | None
    ) -> Head | None:
        """The head that counts; what is wrong with either copy is told."""
        self.report.heads += 1
        mine = stored.head_of(row) if row else None
        signed = [head for head in (copy, mine) if head is not None and is_ours(head)]
        if not signed:
            self.report.add(Finding(What.HEAD_UNSIGNED, head=number))
            return None
        head = signed[0]
        if mine != head:
            self.report.add(Finding(What.HEAD_CHANGED if mine else What.HEAD_MISSING, head=number))
        if copy != head and self.has_files:
            behind = copy is None and self._is_last(number)
            self.report.add(Finding(What.OUTSIDE_BEHIND if behind else What.OUTSIDE_HEAD, head=number))
        follows = head.previous == (before.digest() if before else heads.FIRST)
        same_log = before is None or before.log == head.log
        if not (follows and same_log and head.size > (before.size if before else 0)):
            self.report.add(Finding(What.HEAD_CHAIN, head=number))
        return head if head.size > self.tree.size else None

    def _is_last(self, number: int) -> bool:
        return not JournalHead.objects.using(self.using).filter(number__gt=number).exists()

    def _stretch(self, head: Head, row: JournalHead | None) -> None:
        """The leaves up to a head, a chunk at a time, then the judgement."""
        stretch = Stretch(self.tree.size)
        while stretch.stop < head.size:
            self._chunk(stretch, min(stretch.stop + CHUNK, head.size))
        told, grown = stretch.settle(self.tree, head)
        self.report.extend(judging.judged(stretch.doubts, told))
        self.report.lines += len(stretch.hashes)
        self.highest = max([self.highest, *(leaf[0] for leaf in told.values() if leaf)])
        if grown is not None and row is not None and row.last_line != self.highest:
            self.report.add(Finding(What.HEAD_CHANGED, head=head.number))
        if grown is None:
            self.report.add(Finding(What.HEAD_ROOT, head=head.number, leaf=stretch.start))
            grown = stretch.as_told(self.tree, told)
        self.tree = grown.tree
        self._nodes(grown)

    def _chunk(self, stretch: Stretch, stop: int) -> None:
        start = stretch.stop
        copies: list[Leaf | None] = [*self.files.read(start, stop)]
        copies += [None] * (stop - start - len(copies))
        self.cursor.execute(LEAVES, [start, stop])
        rows: dict[int, Leaf] = {
            index: (int(line), bytes(found)) for index, line, found in self.cursor.fetchall()
        }
        lines, values = self._lines({leaf[0] for leaf in (*copies, *rows.values()) if leaf})
        bad: dict[int, tuple[What, int]] = {}
        for index, copy in enumerate(copies, start=start):
            row = rows.get(index)
            leaf: Leaf | None = copy or row
            stretch.hashes.append(leaf[1] if leaf else None)
            line = lines.get(leaf[0]) if leaf else None
            if leaf is None or line is None or row != leaf or not self._agrees(copy, line, leaf):
                near = {one[0]: lines[one[0]] for one in (copy, row) if one and one[0] in lines}
                stretch.doubts.append(Doubt(index, copy, row, near))
                continue
            self.highest = max(self.highest, leaf[0])
            if (what := valuing.doubtful(line, values.get(line[0]), self.tombs)) is not None:
                bad[line[0]] = what, index
        self.report.extend(valuing.named(bad, lines, values))

    def _agrees(self, copy: Leaf | None, line: Line, leaf: Leaf) -> bool:
        return canonical.leaf_of(line) == leaf[1] and (copy is not None or not self.has_files)

    def _lines(self, numbers: set[int]) -> tuple[dict[int, Line], dict[int, Kept]]:
        lines: dict[int, Line] = {}
        values: dict[int, Kept] = {}
        self.cursor.execute(LINES, [sorted(numbers)])
        for row in self.cursor.fetchall():
            lines[row[0]] = row[:WIDTH]
            if row[WIDTH]:
                values[row[0]] = Kept(*row[WIDTH + 1 :])
        erasures = {kept.erasure_id for kept in values.values() if kept.erasure_id}
        self.report.erased += sum(kept.erasure_id is not None for kept in values.values())
        self.tombs.learn(erasures)
        return lines, values

    def _nodes(self, grown: judging.Grown) -> None:
        """The stored nodes are those of the true leaves."""
        wanted = dict(pair for size, done in grown.completed for pair in stored.stored_nodes(size, done))
        if not wanted:
            return
        self.cursor.execute(
            "SELECT place, hash FROM kernel_journalnode WHERE place = ANY (%s)", [list(wanted)]
        )
        found = {place: bytes(value) for place, value in self.cursor.fetchall()}
        for place, value in wanted.items():
            if found.get(place) != value:
                level, index = place >> stored.LEVEL, place & ((1 << stored.LEVEL) - 1)
                self.report.add(Finding(What.NODE_CHANGED, leaf=index << level))

    def _beyond(self, size: int) -> None:
        """Leaves that no head speaks of, and lines that wait to be sealed."""
        self.cursor.execute(STRAYS, [size])
        for index, line in self.cursor.fetchall():
            self.report.add(Finding(What.LEAF_ADDED, line=line, leaf=index))
        for place in range(size, self.files.size()):
            self.report.add(Finding(What.OUTSIDE_LEAF, leaf=place))
        self.cursor.execute(WAITING)
        self.report.waiting = int(self.cursor.fetchone()[0])


def is_ours(head: Head) -> bool:
    """Signed, by the key of this installation or one that it had before."""
    ours = {heads.public_key(settings.JOURNAL_KEY), *map(bytes.fromhex, settings.JOURNAL_KEYS_BEFORE)}
    return head.key in ours and head.is_signed()
