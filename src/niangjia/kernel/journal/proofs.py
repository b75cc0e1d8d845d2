"""Proofs as JSON for third parties; `scripts/check_head.py` checks them without this program.

They are read with the reader's own rights: who may not see a line gets no proof of it.
"""

from collections.abc import Mapping
from typing import Any

from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.journal import canonical, merkle, stored
from niangjia.kernel.journal.heads import Head
from niangjia.kernel.journal.tables import JournalHead, JournalLeaf, JournalLine
from niangjia.kernel.words import say

INCLUSION, CONSISTENCY = "niangjia inclusion proof 1", "niangjia consistency proof 1"
Proof = dict[str, Any]


def head(number: int | None = None) -> Head | None:
    """A signed head, the newest without a number; nothing where there is none."""
    rows = JournalHead.objects.order_by("-number")
    row = rows.first() if number is None else rows.filter(number=number).first()
    return stored.head_of(row) if row else None


def head_numbered(number: int) -> Head:
    """The head of that number. Raises NotVisible."""
    found = head(number)
    if found is None:
        raise NotVisible
    return found


def heads_over(lines: list[int]) -> dict[int, int]:
    """The number of the head that sealed each of these lines; lines that wait are left out."""
    leaves = dict(JournalLeaf.objects.filter(line_id__in=lines).values_list("line_id", "index"))
    if not leaves:
        return {}
    low, high = min(leaves.values()), max(leaves.values())
    sizes = list(
        JournalHead.objects.filter(size__gt=low)
        .order_by("size")
        .values_list("size", "number")[: 1 + high - low]
    )
    return {
        line: next(number for size, number in sizes if size > index)
        for line, index in leaves.items()
        if sizes and sizes[-1][0] > index
    }


def proof_of_line(line: JournalLine, *, under: int | None = None) -> Proof:
    """That a line stands in the journal under a head, the newest if none is named; with its values.

    Raises Refused while the line waits to be sealed, NotVisible for a head that there is not.
    """
    leaf = JournalLeaf.objects.filter(line_id=line.pk).first()
    if leaf is None:
        raise Refused(say("这一条还没有封存，一般一分钟内完成。请稍后再取证明。"))
    signed = head(under)
    if signed is None or signed.size <= leaf.index:
        raise NotVisible
    kept = getattr(line, "kept", None)
    return {
        "proof": INCLUSION,
        "line": canonical.parts_of(columns_of(line)),
        "values": {"salt": bytes(kept.salt).hex(), "body": kept.body} if kept and kept.body else None,
        "index": leaf.index,
        "path": [one.hex() for one in merkle.inclusion_path(leaf.index, signed.size, stored.reader())],
        "head": signed.as_dict(),
    }


def proof_of_row(line: JournalLine, row: Mapping[str, Any], *, under: int | None = None) -> Proof:
    """That a row was among those that one line entered at once. Raises Refused if it was not."""
    kept = getattr(line, "kept", None)
    entry = canonical.row_entry(row)
    key, leaves = canonical.rows_read(kept.rows if kept is not None and kept.rows else b"")
    places = (n for n, leaf in enumerate(leaves) if canonical.row_leaf(key, n, entry) == leaf)
    place = next(places, None)
    if place is None:
        raise Refused(say("这一批里没有内容完全相同的一行。请核对每一栏的内容。"))
    path = merkle.inclusion_path(place, len(leaves), merkle.reader_of(leaves))
    told = {
        "entry": entry,
        "salt": canonical.row_salt(key, place).hex(),
        "index": place,
        "path": [one.hex() for one in path],
    }
    return proof_of_line(line, under=under) | {"row": told}


def proof_between(*, old: int, new: int | None = None) -> Proof:
    """That the journal under one head is the beginning of that under another. Raises NotVisible."""
    first, second = head(old), head(new)
    if first is None or second is None or first.size > second.size:
        raise NotVisible
    path = merkle.consistency_path(first.size, second.size, stored.reader())
    return {
        "proof": CONSISTENCY,
        "old": first.as_dict(),
        "new": second.as_dict(),
        "path": [one.hex() for one in path],
    }


def columns_of(line: JournalLine) -> canonical.Line:
    """The columns of a line that its leaf is made of."""
    return (
        line.pk,
        line.at,
        line.user_id,
        line.post_id,
        line.unit_id,
        line.verb,
        line.kind,
        line.object_id,
        line.digest,
    )
