"""What the database keeps of the tree: every leaf, and the nodes over 256, 65,536, … leaves.

A hash between those levels is folded from at most 256 stored ones: a proof reads three short ranges of keys.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import connections

from niangjia.kernel.journal import merkle
from niangjia.kernel.journal.heads import Head
from niangjia.kernel.journal.outside import Outside
from niangjia.kernel.journal.tables import JournalHead

STEP = merkle.STEP
LEVEL = 48
OWNER = "owner"
WEB = "default"


def place_of(level: int, index: int) -> int:
    """The key of a stored node."""
    return (level << LEVEL) + index


def stored_nodes(size: int, completed: Iterable[bytes]) -> list[tuple[int, bytes]]:
    """Of the subtrees that leaf number `size` - 1 completed, level 1 first, those that are stored."""
    return [
        (place_of(level, (size >> level) - 1), found)
        for level, found in enumerate(completed, start=1)
        if level % STEP == 0
    ]


def reader(using: str = WEB) -> merkle.Reader:
    """Read hashes of complete subtrees from the database, a range at a time."""
    kept: dict[tuple[int, int, int], list[bytes]] = {}

    def node(level: int, index: int) -> bytes:
        base = level - level % STEP
        depth = level - base
        start, stop = index << depth, (index + 1) << depth
        tile = start >> STEP
        if (base, tile, 0) not in kept:
            kept[base, tile, 0] = _stored(base, tile << STEP, (tile + 1) << STEP, using)
        row = kept[base, tile, 0]
        return merkle.root_of(row[start - (tile << STEP) : stop - (tile << STEP)])

    return node


def _stored(level: int, start: int, stop: int, using: str) -> list[bytes]:
    """The stored hashes of one level, in order."""
    if level:
        sql = "SELECT hash FROM kernel_journalnode WHERE place >= %s AND place < %s ORDER BY place"
        values = [place_of(level, start), place_of(level, stop)]
    else:
        sql = "SELECT hash FROM kernel_journalleaf WHERE index >= %s AND index < %s ORDER BY index"
        values = [start, stop]
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        return [bytes(row[0]) for row in cursor.fetchall()]


def head_of(row: JournalHead) -> Head:
    """A stored head."""
    return Head(
        number=row.number,
        log=row.log,
        size=row.size,
        root=bytes(row.root),
        at=row.at,
        previous=bytes(row.previous),
        key=bytes(row.key),
        signature=bytes(row.signature),
    )


def outside(using: str = WEB) -> Outside:
    """The files of the database that is at work: each database of an installation has its own."""
    name = str(connections[using].settings_dict["NAME"])
    return Outside(settings.JOURNAL_OUTSIDE / name)
