"""A list leaves: for a purpose, marked, a large one of persons only after a second person agrees."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from niangjia.exchange import queries
from niangjia.exchange.actions import vault
from niangjia.exchange.actions.receiving import run_soon
from niangjia.exchange.actions.running import LISTS, acting, today_of
from niangjia.exchange.models import Leaving
from niangjia.exchange.permissions import Word
from niangjia.exchange.rules.kinds import ExportKind
from niangjia.exchange.rules.verdicts import Leave
from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import BadInput, NiangjiaError, NotAllowed, NotVisible, Refused
from niangjia.kernel.saying import said_as_json
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.sheets import marks
from niangjia.kernel.sheets.columns import ColumnType
from niangjia.kernel.sheets.templates import headings_of
from niangjia.kernel.sheets.writing import Book, csv_text
from niangjia.kernel.words import say
from niangjia.policies import queries as policies

KIND = "exchange.leaving"
POLICY = "export.rows_second_approval"
AT_ONCE = 2_000
MOST = 200_000
DAYS = 7
FORMATS = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: the list, its filters as in its address, the format, what it is for."""

    kind: str
    asked: Mapping[str, str]
    format: str
    purpose: str = ""


@transaction.atomic
def ask_for_list(*, wish: Wish, unit_id: int, by: Actor, at: datetime) -> Leaving:
    """The list will be written, at once, by a job, or after a second person agrees (SC-7, R-G-11)."""
    by.require(Word.EXPORT)
    kind = queries.export_kind(key=wish.kind)
    by.require(kind.word)
    purpose = wish.purpose.strip()
    if kind.is_personal and not purpose:
        raise BadInput(say("这份名单含个人信息，请写明用途。"), field="purpose")
    today = today_of(moment=at)
    total, _ = kind.listing.rows(wish.asked, by=by, today=today)
    if total > MOST:
        raise Refused(say("共 {n} 行，一次最多导出 20 万行。请先筛选再导出。", n=total))
    limit = int(policies.value_in_force(key=POLICY, unit_id=unit_id, day=today).value)  # type: ignore[call-overload]
    needs_second = kind.always_second or (kind.is_personal and total >= limit)
    row = Leaving.objects.create(
        kind=kind.key,
        unit_id=unit_id,
        user_id=by.user_id,
        post_id=by.post_id,
        who=by.name,
        asked=dict(wish.asked),
        format=wish.format if wish.format in FORMATS else FORMATS[0],
        purpose=purpose,
        is_personal=kind.is_personal,
        rows=total,
        limit=limit,
        state=Leave.ASKED if needs_second else Leave.RUNNING,
        created_at=at,
        beat_at=at,
    )
    after = {"kind": kind.key, "rows": total, "format": row.format, "asked": sorted(wish.asked)}
    journal.record("ask_for_list", by=by, at=at, kind=KIND, object_id=row.pk, after=after, reason=purpose)
    _begin(row, by=by, at=at)
    return row


def _begin(row: Leaving, *, by: Actor, at: datetime) -> None:
    if row.state != Leave.RUNNING:
        return
    if row.rows <= AT_ONCE and row.user_id == by.user_id:
        _write(row, by=by, at=at)
    else:
        run_soon(job=LISTS, number=row.pk)


@transaction.atomic
def decide_on_list(*, leaving_id: int, agrees: bool, words: str, by: Actor, at: datetime) -> Leaving:
    """A second person lets the list go out, or not. Nobody decides on what he asked for himself (R-G-06)."""
    row = Leaving.objects.select_for_update().filter(pk=leaving_id).first()
    if row is None:
        raise NotVisible
    by.require(Word.APPROVE, at=row.path)
    if row.state != Leave.ASKED:
        raise Refused(say("这份导出已经有了结果，不用再批。"))
    if by.user_id is None or by.user_id == row.user_id:
        raise NotAllowed(say("自己申请的导出，须由另一位负责人批准。"))
    row.state = Leave.RUNNING if agrees else Leave.REFUSED
    row.decided_by, row.decider, row.decided_at, row.decision = by.user_id, by.name, at, words
    row.beat_at = at
    row.save(update_fields=["state", "decided_by", "decider", "decided_at", "decision", "beat_at"])
    verb = "agree_to_list" if agrees else "refuse_list"
    journal.record(verb, by=by, at=at, kind=KIND, object_id=row.pk, after={"rows": row.rows}, reason=words)
    _begin(row, by=by, at=at)
    return row


def run_leaving(*, number: int, now: Callable[[], datetime]) -> None:
    """The list is written and kept sealed until its day; a second run finds it done."""
    try:
        with acting(model=Leaving, number=number, at=now()) as (row, by):
            if row.state == Leave.RUNNING:
                _write(row, by=by, at=now())
    except NiangjiaError as error:
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            told = [said_as_json(reason) for reason in error.reasons]
            Leaving.objects.filter(pk=number, state=Leave.RUNNING).update(state=Leave.REFUSED, trouble=told)


def _write(row: Leaving, *, by: Actor, at: datetime) -> None:
    kind = queries.export_kind(key=row.kind)
    _, rows = kind.listing.rows(row.asked, by=by, today=today_of(moment=at))
    line = line_of(row=row, at=at)
    content, n = file_of(kind=kind, rows=_marked(rows, kind, row.pk), shape=row.format, line=line)
    name = f"{kind.title}-{today_of(moment=at):%Y%m%d}-{row.pk}.{row.format}"
    row.file = vault.keep(
        content=content, name=name, kind=row.format, unit_id=row.unit_id, by=by, at=at, days=DAYS
    )
    row.state, row.rows, row.rows_done, row.ready_at = Leave.READY, n, n, at
    row.save(update_fields=["file", "state", "rows", "rows_done", "ready_at"])
    after = {"kind": row.kind, "rows": n, "sha256": row.file.sha256}
    journal.record("write_list", by=by, at=at, kind=KIND, object_id=row.pk, after=after, reason=row.purpose)


def line_of(*, row: Leaving, at: datetime) -> str:
    """The mark that everybody can read: who, where, when, what for."""
    purpose = row.purpose or "—"
    second = f" 批准：{row.decider}" if row.decider else ""
    when = localtime(at).strftime("%Y-%m-%d %H:%M")
    who = f"{row.who}（{row.unit.name}）"
    return f"导出：{who} {when} 用途：{purpose}{second} 编号：{row.pk}。请妥善保管，不得外传。"


def _marked(rows: Iterator[Sequence[Any]], kind: ExportKind, number: int) -> Iterator[Sequence[Any]]:
    """The rows with the invisible sign at the end of every text that is no code."""
    digest = queries.digest_of(leaving_id=number)
    bears = [column.type is ColumnType.TEXT for column in kind.columns]
    for row in rows:
        yield [
            marks.marked(cell, digest=digest) if sign and isinstance(cell, str) and cell else cell
            for cell, sign in zip(row, bears, strict=True)
        ]


def file_of(*, kind: ExportKind, rows: Iterable[Sequence[Any]], shape: str, line: str) -> tuple[bytes, int]:
    """The rows as a file, and how many."""
    headings = headings_of(kind.columns, translate=str)
    if shape == "csv":
        return csv_text(headings, rows, line=line)
    book = Book(title=str(kind.title))
    n = book.list(str(kind.title), headings, rows, line=line)
    return book.content(), n


@transaction.atomic
def fetch_list(*, leaving_id: int, by: Actor, at: datetime) -> tuple[str, bytes]:
    """The file, for the one who asked for it, until its day; each fetch is journalled."""
    rows = Leaving.objects.select_for_update(of=("self",)).select_related("file")
    row = rows.filter(pk=leaving_id).first()
    if row is None:
        raise NotVisible
    by.require(Word.EXPORT, at=row.path)
    if row.user_id != by.user_id and not by.everywhere:
        raise NotAllowed(say("只有申请人可以下载这份文件。"))
    if row.state != Leave.READY or row.file is None or row.file.expires_at <= at:
        raise Refused(say("文件已过保存期，或者还没有生成。请重新导出。"))
    row.downloads += 1
    row.save(update_fields=["downloads"])
    after = {"rows": row.rows, "times": row.downloads}
    journal.record("fetch_list", by=by, at=at, kind=KIND, object_id=row.pk, after=after, reason=row.purpose)
    return row.file.name, vault.content_of(file=row.file)
