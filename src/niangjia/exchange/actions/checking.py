"""The dry run: a file is read row by row, each row gets its verdict, nothing of the register changes.

Rows are stored chunk by chunk, each in one transaction with its line in the ledger; whoever begins again
after a crash skips the chunks that stand.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from typing import Any

from niangjia.exchange.models import Batch, Chunk, Row
from niangjia.exchange.queries.sealed import RowSeal
from niangjia.exchange.rules.kinds import ImportKind
from niangjia.exchange.rules.verdicts import ENTERS, FileRow, Judged, Problem, Verdict
from niangjia.kernel.access import Actor
from niangjia.kernel.among import among
from niangjia.kernel.errors import BadInput
from niangjia.kernel.inserting import insert_rows
from niangjia.kernel.saying import said_as_json
from niangjia.kernel.sealing import blind_index
from niangjia.kernel.sheets.columns import Value, plain, read_cell
from niangjia.kernel.sheets.headers import SEARCHED_ROWS, Header, find_header, letters
from niangjia.kernel.sheets.reading import Cell, Sheet, SheetRow
from niangjia.kernel.words import say

CHUNK = 2000
_sorted = json.JSONEncoder(ensure_ascii=True, sort_keys=True).encode


@dataclass(slots=True)
class ReadRow:
    """A row on its way: its cells, what was understood of them, what is said of it."""

    number: int
    cells: list[Cell]
    values: dict[str, Value]
    problems: list[Problem]
    key: bytes | None = None
    leaf: bytes = b""
    judged: Judged = field(default_factory=lambda: Judged(Verdict.ERROR))


def open_table(*, sheet: Sheet, kind: ImportKind) -> tuple[Header, Iterator[list[SheetRow]]]:
    """The header of a file and its rows in chunks; raises BadInput if header or merged cells forbid it."""
    first = list(islice(sheet.rows, SEARCHED_ROWS))
    header = find_header([(row.number, row.cells) for row in first], kind.columns)
    _require_unmerged(sheet.merged, header)
    below = (row for row in first if row.number > header.row)
    return header, _chunks(chain(below, sheet.rows))


def _chunks(rows: Iterator[SheetRow]) -> Iterator[list[SheetRow]]:
    while part := list(islice(rows, CHUNK)):
        yield part


def _require_unmerged(merged: Sequence[Sequence[int]], header: Header) -> None:
    for top, left, bottom, right in merged:
        if bottom >= header.row:
            cells = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
            words = say("表格里有合并的单元格（{cells}）。请取消合并、逐行填写后再上传。", cells=cells)
            raise BadInput(words, field="file")


def check_chunk(  # noqa: PLR0913 - a chunk has these facts
    *,
    batch: Batch,
    kind: ImportKind,
    header: Header,
    rows: Sequence[SheetRow],
    number: int,
    by: Actor,
    at: datetime,
) -> None:
    """The chunk's rows stand in the staging table with their verdicts, and its line in the ledger."""
    read = [_read(row, header, kind) for row in rows]
    _find_twins(read, batch)
    fine = [row for row in read if not row.problems]
    judged = kind.intake.judge([_file_row(row) for row in fine], unit_id=batch.unit_id, by=by, at=at)
    for row, verdict in zip(fine, judged, strict=True):
        row.judged = verdict
        row.problems.extend(verdict.problems)
    seal = RowSeal(batch)
    insert_rows(Row, (_columns(row, batch, number, seal) for row in read))
    digest = hashlib.sha256(b"".join(row.leaf for row in read)).digest()
    Chunk.objects.create(batch=batch, number=number, rows=len(read), digest=digest)
    counts = Counter(batch.counts) + Counter(str(row.judged.verdict) for row in read)
    batch.counts, batch.rows_read, batch.beat_at = dict(counts), batch.rows_read + len(read), at
    batch.save(update_fields=["counts", "rows_read", "beat_at"])


def _read(row: SheetRow, header: Header, kind: ImportKind) -> ReadRow:
    """The row's cells as values; what cannot be understood is told by column."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for column in kind.columns:
        place = header.places.get(column.name)
        cell = row.cells[place] if place is not None and place < len(row.cells) else None
        try:
            values[column.name] = read_cell(cell, column) if place is not None else None
        except BadInput as error:
            values[column.name] = None
            problems += [Problem(words, column.name) for words in error.reasons]
    told = _sorted({name: plain(value) for name, value in values.items()})
    read = ReadRow(row.number, row.cells, values, problems, leaf=blind_index(told, purpose="exchange.leaf"))
    key = "" if problems else kind.intake.key(values)
    read.key = blind_index(key, purpose="exchange.key") if key else None
    return read


def _find_twins(rows: Sequence[ReadRow], batch: Batch) -> None:
    """A row whose key stands earlier in the file is a duplicate, or a conflict if it says something else."""
    keys = [row.key for row in rows if row.key]
    stood = Row.objects.filter(batch=batch, key__in=among(keys, "bytea")).order_by("-number")
    told = stood.values_list("key", "number", "leaf")
    earlier = {bytes(key or b""): (number, bytes(leaf)) for key, number, leaf in told}
    for row in rows:
        if row.key is None:
            continue
        number, leaf = earlier.setdefault(row.key, (row.number, row.leaf))
        if number == row.number:
            continue
        same = leaf == row.leaf
        words = "与第 {n} 行完全相同，只算一次。" if same else "与第 {n} 行代码相同、内容不同。请只留一行。"
        row.problems.append(Problem(say(words, n=number)))
        row.judged = Judged(Verdict.DUPLICATE if same else Verdict.CONFLICT)


def _file_row(row: ReadRow) -> FileRow:
    return FileRow(row.number, row.values)


def _columns(row: ReadRow, batch: Batch, chunk: int, seal: RowSeal) -> dict[str, Any]:
    told = {
        "cells": row.cells,
        "values": {name: plain(value) for name, value in row.values.items()},
        "problems": [[said_as_json(one.words), one.column] for one in row.problems],
        "changes": {name: [plain(was), plain(now)] for name, (was, now) in row.judged.changes.items()},
    }
    return {
        "batch_id": batch.pk,
        "chunk": chunk,
        "number": row.number,
        "verdict": str(row.judged.verdict),
        "is_chosen": row.judged.verdict in ENTERS,
        "content": as_hex(value=seal.shut(told, number=row.number)),
        "key": as_hex(value=row.key) if row.key else None,
        "leaf": as_hex(value=row.leaf),
        "target_id": row.judged.target,
        "target_version": row.judged.version,
    }


def as_hex(*, value: bytes) -> str:
    """Bytes as PostgreSQL reads them in JSON."""
    return f"\\x{value.hex()}"
