"""A whole batch is taken back, the last chunk first; a row with which somebody has worked since stays."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from niangjia.exchange.actions.checking import as_hex
from niangjia.exchange.actions.committing import held, write_fates
from niangjia.exchange.actions.receiving import JOB, KIND, run_soon
from niangjia.exchange.models import Batch, Chunk, Row
from niangjia.exchange.queries.sealed import RowSeal
from niangjia.exchange.rules.kinds import ImportKind
from niangjia.exchange.rules.verdicts import Fate, Standing, State
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.saying import said_as_json
from niangjia.kernel.sheets.columns import unplain
from niangjia.kernel.words import Said, say


@transaction.atomic
def begin_undo(*, batch_id: int, reason: str, by: Actor, at: datetime, defer: bool = True) -> Batch:
    """The rows of the batch will be taken back; what was changed since stays and is told."""
    batch = held(batch_id=batch_id, by=by)
    if batch.state not in {State.COMMITTED, State.HALTED, State.UNDONE}:
        raise Refused(say("这一批还没有入册，不用撤回。"))
    again = Row.objects.filter(batch=batch, fate__in=[Fate.ENTERED, Fate.KEPT])
    if not again.exists():
        raise Refused(say("这一批没有可以撤回的行。"))
    Chunk.objects.filter(batch=batch, number__in=again.values("chunk")).update(undone_at=None)
    batch.state, batch.reason, batch.beat_at, batch.tries, batch.rows_done = State.UNDOING, reason, at, 0, 0
    batch.trouble = []
    batch.save(update_fields=["state", "reason", "beat_at", "tries", "trouble", "rows_done"])
    journal.record("begin_undo", by=by, at=at, kind=KIND, object_id=batch.pk, reason=reason)
    if defer:
        run_soon(job=JOB, number=batch.pk)
    return batch


def undo_chunk(*, batch: Batch, chunk: Chunk, kind: ImportKind, by: Actor, at: datetime) -> None:
    """The chunk's entered rows are taken back or stay with the reason, and the ledger says so."""
    rows = Row.objects.filter(batch=batch, chunk=chunk.number, fate__in=[Fate.ENTERED, Fate.KEPT])
    stored = list(rows.order_by("-number"))
    seal = RowSeal(batch)
    standing = [_standing(row, kind, seal) for row in stored]
    kept = kind.intake.undo(standing, by=by, at=at, reason=batch.reason)
    write_fates(batch=batch, fates=_fates(stored, kept, seal))
    chunk.undone_at = at
    chunk.save(update_fields=["undone_at"])
    was = Counter(row.fate for row in stored)
    now = Counter(str(Fate.KEPT if words else Fate.UNDONE) for words in kept)
    batch.rows_done, batch.beat_at, batch.tries = batch.rows_done + len(stored), at, 0
    batch.fates = {name: n for name, n in (Counter(batch.fates) + now - was).items() if n}
    batch.save(update_fields=["rows_done", "beat_at", "tries", "fates"])


def _standing(row: Row, kind: ImportKind, seal: RowSeal) -> Standing:
    before = None
    if row.before is not None:
        told = seal.open(row.before, number=row.number, part="before")
        columns = {column.name: column for column in kind.columns}
        before = {
            name: unplain(value, columns[name]) if name in columns else value for name, value in told.items()
        }
    return Standing(row.number, row.target_id or 0, row.target_version, before)


def _fates(rows: Iterable[Row], kept: Iterable[Said | None], seal: RowSeal) -> Iterable[dict[str, Any]]:
    for row, words in zip(rows, kept, strict=True):
        told = {"said": said_as_json(words)} if words else None
        yield {
            "number": row.number,
            "fate": str(Fate.KEPT if words else Fate.UNDONE),
            "target_id": row.target_id,
            "target_version": row.target_version,
            "before": None,
            "words": as_hex(value=seal.shut(told, number=row.number, part="words")) if told else None,
        }
