"""What was checked is entered, chunk by chunk: a chunk's rows, their fates and the ledger in one transaction.

Just before, each chunk is judged again: what has changed in the register since the dry run is told, not
overwritten.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from niangjia.exchange import queries
from niangjia.exchange.actions.checking import as_hex
from niangjia.exchange.actions.receiving import JOB, KIND, run_soon
from niangjia.exchange.models import Batch, Chunk, Row
from niangjia.exchange.permissions import Word
from niangjia.exchange.queries.sealed import RowSeal
from niangjia.exchange.rules.kinds import ImportKind
from niangjia.exchange.rules.verdicts import (
    ENTERS,
    Entered,
    Fate,
    FileRow,
    Judged,
    State,
    Verdict,
)
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.saying import said_as_json
from niangjia.kernel.sheets.columns import plain, unplain
from niangjia.kernel.words import say

ALL, NEW, CHOSEN = "all", "new", "chosen"


@transaction.atomic
def begin_commit(*, batch_id: int, which: str, by: Actor, at: datetime, defer: bool = True) -> Batch:
    """The rows asked for will be entered: all that can be, the new ones, or those chosen one by one."""
    batch = held(batch_id=batch_id, by=by)
    if batch.state not in {State.CHECKED, State.HALTED} or batch.checked_at is None:
        raise Refused(say("这一批现在不能入册。请等检查完成，或重新上传。"))
    rows = Row.objects.filter(batch=batch, fate=Fate.WAITING)
    if which in {ALL, NEW}:
        wanted = ENTERS if which == ALL else (Verdict.NEW,)
        rows.update(is_chosen=False)
        rows.filter(verdict__in=wanted).update(is_chosen=True)
    if not rows.filter(is_chosen=True, verdict__in=ENTERS).exists():
        raise Refused(say("没有可以入册的行。请改好文件再上传，或另选几行。"))
    _go_on(batch, State.COMMITTING, at=at)
    journal.record("begin_import", by=by, at=at, kind=KIND, object_id=batch.pk, after={"which": which})
    if defer:
        run_soon(job=JOB, number=batch.pk)
    return batch


def held(*, batch_id: int, by: Actor) -> Batch:
    """The batch, locked, for an actor who may enter its rows."""
    by.require(Word.IMPORT)
    batch = Batch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotVisible
    by.require(Word.IMPORT, at=batch.path)
    by.require(queries.import_kind(key=batch.kind).word)
    return batch


def _go_on(batch: Batch, state: State, *, at: datetime) -> None:
    batch.state, batch.beat_at, batch.tries, batch.trouble, batch.rows_done = state, at, 0, [], 0
    batch.save(update_fields=["state", "beat_at", "tries", "trouble", "rows_done"])


@transaction.atomic
def choose_rows(*, batch_id: int, shown: Sequence[int], chosen: Sequence[int], by: Actor) -> None:
    """Of the rows shown exactly the chosen ones are to be entered."""
    batch = held(batch_id=batch_id, by=by)
    if batch.state not in {State.CHECKED, State.HALTED}:
        raise Refused(say("这一批已经开始入册，不能再改选。"))
    rows = Row.objects.filter(batch=batch, verdict__in=ENTERS, fate=Fate.WAITING, number__in=list(shown))
    rows.update(is_chosen=False)
    rows.filter(number__in=list(chosen)).update(is_chosen=True)


def commit_chunk(*, batch: Batch, chunk: Chunk, kind: ImportKind, by: Actor, at: datetime) -> None:
    """The chunk's chosen rows are entered or refused one by one, and the ledger says so."""
    waiting = Row.objects.filter(
        batch=batch, chunk=chunk.number, fate=Fate.WAITING, is_chosen=True, verdict__in=ENTERS
    )
    stored = list(waiting.order_by("number"))
    seal = RowSeal(batch)
    rows = [_file_row(row, kind, seal) for row in stored]
    told: dict[int, Entered] = {}
    fine: list[FileRow] = []
    for row, judged in zip(rows, kind.intake.judge(rows, unit_id=batch.unit_id, by=by, at=at), strict=True):
        if judged.verdict in ENTERS:
            fine.append(row)
        else:
            told[row.number] = Entered(refused=_changed(judged))
    entered = kind.intake.commit(fine, unit_id=batch.unit_id, by=by, at=at)
    told |= {row.number: one for row, one in zip(fine, entered, strict=True)}
    write_fates(batch=batch, fates=(_fate(number, one, seal) for number, one in told.items()))
    chunk.committed_at = at
    chunk.save(update_fields=["committed_at"])
    note_progress(batch=batch, rows=len(told), fates=Counter(_name(one) for one in told.values()), at=at)


def _file_row(row: Row, kind: ImportKind, seal: RowSeal) -> FileRow:
    told = seal.open(row.content, number=row.number)["values"]
    return FileRow(row.number, {one.name: unplain(told.get(one.name), one) for one in kind.columns})


def _changed(judged: Judged) -> Any:
    if judged.verdict is Verdict.UNCHANGED:
        return say("检查之后已有人登记了同样的内容，不用再入册。")
    reasons = [one.words for one in judged.problems] or [say("名册已有变动")]
    return say("检查之后情况变了：{reason}", reason=reasons[0])


def _name(one: Entered) -> str:
    return str(Fate.REFUSED if one.refused else Fate.ENTERED)


def _fate(number: int, one: Entered, seal: RowSeal) -> dict[str, Any]:
    words = {"said": said_as_json(one.refused)} if one.refused else None
    before = None if one.before is None else {name: plain(value) for name, value in one.before.items()}
    return {
        "number": number,
        "fate": _name(one),
        "target_id": one.target,
        "target_version": one.version,
        "before": as_hex(value=seal.shut(before, number=number, part="before"))
        if before is not None
        else None,
        "words": as_hex(value=seal.shut(words, number=number, part="words")) if words else None,
    }


def write_fates(*, batch: Batch, fates: Iterable[dict[str, Any]]) -> None:
    """What became of the rows, in one statement."""
    told = json.dumps(list(fates))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exchange_row AS r SET fate = x.fate, target_id = x.target_id,"
            " target_version = x.target_version, before = coalesce(x.before, r.before), words = x.words"
            " FROM json_to_recordset(%s) AS x(number integer, fate text, target_id bigint,"
            " target_version integer, before bytea, words bytea)"
            " WHERE r.batch_id = %s AND r.number = x.number",
            [told, batch.pk],
        )


def note_progress(*, batch: Batch, rows: int, fates: Counter[str], at: datetime) -> None:
    """The batch says how far it is."""
    batch.rows_done, batch.beat_at, batch.tries = batch.rows_done + rows, at, 0
    batch.fates = dict(Counter(batch.fates) + fates)
    batch.save(update_fields=["rows_done", "beat_at", "tries", "fates"])
