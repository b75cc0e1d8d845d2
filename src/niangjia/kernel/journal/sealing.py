"""A job seals lines: their leaves join the tree, a signed head says so, inside the database and outside.

Only lines whose transaction is below the snapshot's xmin are taken, in the order of their numbers, and a
leaf never moves: a line that is committed later comes later. The database comes first and the files follow;
so files that know more than the database are never a crash, and sealing stops there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.journal import canonical, heads, merkle, stored
from niangjia.kernel.journal.heads import Head
from niangjia.kernel.journal.outside import Leaf, Outside
from niangjia.kernel.journal.stored import OWNER
from niangjia.kernel.journal.tables import JournalHead
from niangjia.kernel.words import say

LOCK = 0x6E6A4A53
"""Number of the advisory lock of sealing ("njJS")."""
BATCH = 50_000
LOWEST = -(2**63)
LATE = timedelta(hours=1)
"""No transaction of ours lasts longer; what commits later all the same is found by the thorough run."""

COLUMNS = "l.id, l.at, l.user_id, l.post_id, l.unit_id, l.verb, l.kind, l.object_id, l.digest"
SETTLED = """mod(pg_snapshot_xmin(pg_current_snapshot())::text::bigint - l.xmin::text::bigint + 4294967296,
 4294967296) BETWEEN 1 AND 2147483647"""
UNSEALED = f"""
SELECT {COLUMNS} FROM kernel_journalline AS l WHERE l.id > %s AND {SETTLED}
 AND NOT EXISTS (SELECT 1 FROM kernel_journalleaf AS f WHERE f.line_id = l.id) ORDER BY l.id LIMIT %s
"""  # noqa: S608 - constants
ERASED = """
SELECT l.id, jsonb_array_elements_text(v.body::jsonb -> 'after' -> 'lines')::bigint
 FROM kernel_journalline AS l JOIN kernel_journalvalues AS v ON v.line_id = l.id
 JOIN kernel_journalleaf AS f ON f.line_id = l.id
 WHERE l.verb = 'erase_values' AND l.kind = 'kernel.journal' AND f.index >= %s AND f.index < %s ORDER BY 1, 2
"""


class OutsideDiffers(NiangjiaError):  # noqa: N818 - it reads as a sentence
    """The files outside know what the database does not: nothing is sealed over it. Run `niangjia verify`."""

    code = "outside_differs"


@dataclass
class Grown:
    """A batch of leaves and what it made of the tree."""

    tree: merkle.Frontier
    leaves: list[Leaf]
    nodes: list[tuple[int, bytes]]


def seal(*, at: datetime, thorough: bool = False) -> list[Head]:
    """Every settled line is in the tree, under signed heads; returns the new heads, none if all was sealed.

    One at a time: while another seals, this one does nothing. Raises OutsideDiffers.
    """
    made: list[Head] = []
    with _alone() as alone:
        if not alone:
            return []
        outside = stored.outside(OWNER)
        heal(outside)
        while (head := _seal_batch(at=at, thorough=thorough)) is not None:
            made.append(head)
            heal(outside)
    return made


@contextmanager
def _alone() -> Iterator[bool]:
    """The lock of this session; a sealer that is killed lets go of it."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        got = bool(cursor.fetchone()[0])
        try:
            yield got
        finally:
            if got:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _seal_batch(*, at: datetime, thorough: bool) -> Head | None:
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        last = JournalHead.objects.using(OWNER).order_by("-number").first()
        cursor.execute(UNSEALED, [LOWEST if thorough else _floor(at), BATCH])
        lines = cursor.fetchall()
        if not lines:
            return None
        size = last.size if last else 0
        grown = _grow(merkle.frontier_at(size, stored.reader(OWNER)), lines)
        head = _next_head(last, grown.tree, at)
        _keep(cursor, size, grown)
        highest = max(lines[-1][0], last.last_line if last else 0)
        _keep_head(head, highest)
    return head


def _floor(at: datetime) -> int:
    """The number below which every line is sealed or gone."""
    rows = JournalHead.objects.using(OWNER).filter(at__lt=at - LATE)
    found = rows.order_by("-number").values_list("last_line", flat=True).first()
    return LOWEST if found is None else found


def _grow(tree: merkle.Frontier, lines: list[Any]) -> Grown:
    leaves, nodes = [], []
    for line in lines:
        leaf = canonical.leaf_of(line)
        completed = tree.append(leaf)
        leaves.append((line[0], leaf))
        if len(completed) >= stored.STEP:
            nodes += stored.stored_nodes(tree.size, completed)
    return Grown(tree, leaves, nodes)


def _next_head(last: JournalHead | None, tree: merkle.Frontier, at: datetime) -> Head:
    before = stored.head_of(last) if last else None
    return Head(
        number=before.number + 1 if before else 1,
        log=before.log if before else token_hex(16),
        size=tree.size,
        root=tree.root(),
        at=at,
        previous=before.digest() if before else heads.FIRST,
        key=heads.public_key(settings.JOURNAL_KEY),
    ).signed(settings.JOURNAL_KEY)


def _keep(cursor: Any, size: int, grown: Grown) -> None:
    with cursor.copy("COPY kernel_journalleaf (index, line_id, hash) FROM STDIN") as copy:
        for index, (number, leaf) in enumerate(grown.leaves, start=size):
            copy.write_row((index, number, leaf))
    if grown.nodes:
        with cursor.copy("COPY kernel_journalnode (place, hash) FROM STDIN") as copy:
            for row in grown.nodes:
                copy.write_row(row)


def _keep_head(head: Head, highest: int) -> None:
    JournalHead.objects.using(OWNER).create(
        number=head.number,
        log=head.log,
        size=head.size,
        root=head.root,
        at=head.at,
        previous=head.previous,
        key=head.key,
        signature=head.signature,
        last_line=highest,
    )


def heal(outside: Outside) -> None:
    """The files hold what the database holds; raises OutsideDiffers where they know more, or otherwise."""
    rows = JournalHead.objects.using(OWNER).order_by("number")
    known = outside.last()
    missing = list(rows.filter(number__gt=known.number if known else 0))
    if known is not None:
        same = rows.filter(number=known.number).first()
        if same is None or stored.head_of(same) != known or outside.size() < known.size:
            raise OutsideDiffers(
                say("数据库外保存的日志头与数据库不一致，已停止封存。请运行 niangjia verify。")
            )
    for row in missing:
        _follow(outside, row, known.size if known else 0)
        known = stored.head_of(row)


def _follow(outside: Outside, row: JournalHead, size: int) -> None:
    """One more head and its leaves stand in the files; leaves that do not lead to its root stay out."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT line_id, hash FROM kernel_journalleaf WHERE index >= %s AND index < %s ORDER BY index",
            [size, row.size],
        )
        leaves = [(int(number), bytes(leaf)) for number, leaf in cursor.fetchall()]
        cursor.execute(ERASED, [size, row.size])
        erased = cursor.fetchall()
    head = stored.head_of(row)
    tree = merkle.frontier_at(size, stored.reader(OWNER))
    for _, leaf in leaves:
        tree.append(leaf)
    if (tree.size, tree.root()) != (head.size, head.root):
        raise OutsideDiffers(say("数据库里的叶与日志头不一致，已停止封存。请运行 niangjia verify。"))
    outside.append_leaves(leaves[outside.size() - size :])
    outside.append_erasures(erased)
    outside.append_heads([head])
