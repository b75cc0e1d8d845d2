"""The journal as auditors search it, and the heads that anybody may check.

Auditors read who did what, when and in which post; values are told by the record's own page only.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from niangjia.chronicle.queries.lines import Chapter, told
from niangjia.kernel.access import Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.journal import heads, proofs, stored
from niangjia.kernel.journal.heads import Head
from niangjia.kernel.listing import Slice, slice_of
from niangjia.kernel.models import JournalHead, JournalLine
from niangjia.kernel.shapes import Pager

HERE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of lines is narrowed to."""

    verb: str = ""
    kind: str = ""
    day: date | None = None
    post: int | None = None


@dataclass(frozen=True, slots=True)
class HeadsPage:
    """The signed heads, newest first, and what came of comparing a printed one."""

    heads: list[Head]
    pager: Pager
    key: str
    checked: Head | None = None
    matches: bool | None = None


def lines_found(
    *, scope: Scope, asked: Asked, before: str = "", after: str = ""
) -> tuple[list[Chapter], Pager]:
    """The lines of the scope. The database shows only those whose acting unit or record lies in it."""
    part: Slice[JournalLine] = slice_of(_narrowed(asked), sort="-id", before=before, after=after)
    return told(lines=part.rows, scope=scope), part.pager(total=None)


def _narrowed(asked: Asked) -> QuerySet[JournalLine]:
    rows = JournalLine.objects.all()
    if asked.verb:
        rows = rows.filter(verb=asked.verb)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.post:
        rows = rows.filter(post_id=asked.post)
    if asked.day:
        begins = datetime.combine(asked.day, time(), tzinfo=HERE).astimezone(UTC)
        rows = rows.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    return rows


def proof_for_auditors(*, line_id: int) -> dict[str, Any]:
    """The proof of a line that the reader may see, without its values."""
    line = JournalLine.objects.filter(pk=line_id).first()
    if line is None:
        raise NotVisible
    return proofs.proof_of_line(line) | {"values": None}


def heads_page(
    *, number: int | None = None, fingerprint: str = "", before: str = "", after: str = ""
) -> HeadsPage:
    """The heads; and, where a number is asked, whether the head of that number is the printed one."""
    part: Slice[JournalHead] = slice_of(
        JournalHead.objects.all(), sort="-number", before=before, after=after, key="number"
    )
    checked = proofs.head(number) if number is not None else None
    matches = None
    if number is not None:
        matches = checked is not None and _plain(checked.fingerprint()) == _plain(fingerprint)
    return HeadsPage(
        heads=[stored.head_of(row) for row in part.rows],
        pager=part.pager(total=None),
        key=heads.public_key(settings.JOURNAL_KEY).hex(),
        checked=checked,
        matches=matches,
    )


def _plain(fingerprint: str) -> str:
    return "".join(fingerprint.split()).replace("-", "").upper()
