"""What is under way goes on, chunk by chunk, until it is done: from a job, or from the command line.

Every chunk is one transaction that holds the batch, so two runners do nothing twice, and one that is
killed leaves whole chunks behind; the next goes on after them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import models, transaction
from django.utils.timezone import localdate

from niangjia.accounts import queries as accounts
from niangjia.exchange import queries
from niangjia.exchange.actions import vault
from niangjia.exchange.actions.checking import check_chunk, open_table
from niangjia.exchange.actions.committing import commit_chunk
from niangjia.exchange.actions.receiving import JOB, KIND, run_soon
from niangjia.exchange.actions.undoing import undo_chunk
from niangjia.exchange.models import Batch, Chunk, Leaving, Row
from niangjia.exchange.rules.verdicts import RUNNING, Leave, State
from niangjia.kernel import journal
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Actor
from niangjia.kernel.errors import NiangjiaError, NotAllowed
from niangjia.kernel.journal import merkle
from niangjia.kernel.saying import said_as_json
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.sheets.headers import Header
from niangjia.kernel.sheets.reading import Probe, SheetRow, open_rows
from niangjia.kernel.words import say

Now = Callable[[], datetime]
Progress = Callable[[int], None]
Held = TypeVar("Held", bound=models.Model)
LISTS = "exchange.run_leaving"
PATIENCE = timedelta(seconds=90)
MOST_TRIES = 5


def run_batch(*, number: int, now: Now, progress: Progress = lambda _done: None) -> None:
    """The batch reaches the end of what it is at; whoever calls again finds nothing left to do."""
    steps = {State.CHECKING: _check, State.COMMITTING: _commit, State.UNDOING: _undo}
    with acting(model=Batch, number=number, at=now()) as (batch, _):
        state = State(batch.state)
    if state not in steps:
        return
    try:
        steps[state](number, now, progress)
    except NiangjiaError as error:
        _halt(number, State.UNREADABLE if state is State.CHECKING else State.HALTED, error)


@contextmanager
def acting(*, model: type[Held], number: int, at: datetime) -> Iterator[tuple[Held, Actor]]:
    """A transaction that holds the row, in the scope of the officer for whom the work is done.

    Raises NotAllowed if that officer's post has ended meanwhile.
    """
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        row = model._default_manager.select_for_update().get(pk=number)  # noqa: SLF001 - Django's name for it
        by = _officer(row, today=today_of(moment=at))
        words = queries.word_of(row=row)
        enter_scope(by.scope_for(words), user_id=by.user_id)
        yield row, by


def _officer(row: models.Model, *, today: date) -> Actor:
    post_id, user_id = row.post_id, row.user_id  # type: ignore[attr-defined]
    if post_id is None and user_id is None:
        return SYSTEM
    try:
        post = accounts.post_in_scope(post_id=post_id, scope=EVERYWHERE)
        return accounts.actor_for(post=post, day=today)
    except (LookupError, NiangjiaError) as error:
        raise NotAllowed(say("经办人的岗位已经结束，余下的没有办。请由在任的人接着办。")) from error


def _check(number: int, now: Now, progress: Progress) -> None:
    with acting(model=Batch, number=number, at=now()) as (batch, _):
        kind = queries.import_kind(key=batch.kind)
        file = batch.file
        if file is None:
            raise NotAllowed(say("文件已过保存期。请重新上传。"))
        content, found = vault.content_of(file=file), Probe(file.kind, file.unpacked)
    with open_rows(content, found) as sheet:
        header, chunks = open_table(sheet=sheet, kind=kind)
        done = 0
        for place, rows in enumerate(chunks):
            _check_one(number, place, header, rows, now)
            done += len(rows)
            progress(done)
    _end_check(number, header, now)


def _check_one(number: int, place: int, header: Header, rows: list[SheetRow], now: Now) -> None:
    with acting(model=Batch, number=number, at=now()) as (batch, by):
        if batch.state == State.CHECKING and not Chunk.objects.filter(batch=batch, number=place).exists():
            kind = queries.import_kind(key=batch.kind)
            check_chunk(batch=batch, kind=kind, header=header, rows=rows, number=place, by=by, at=now())


def _end_check(number: int, header: Header, now: Now) -> None:
    with acting(model=Batch, number=number, at=now()) as (batch, by):
        if batch.state != State.CHECKING:
            return
        leaves = Row.objects.filter(batch=batch).order_by("number").values_list("leaf", flat=True)
        batch.digest = merkle.root_of(bytes(leaf) for leaf in leaves.iterator(chunk_size=4000)).hex()
        batch.header = {
            "row": header.row,
            "places": dict(header.places),
            "unknown": list(header.unknown)[:50],
        }
        batch.state, batch.checked_at = State.CHECKED, now()
        batch.save(update_fields=["digest", "header", "state", "checked_at"])
        _tell(batch, "check_file", by, now())


def _commit(number: int, now: Now, progress: Progress) -> None:
    while True:
        with acting(model=Batch, number=number, at=now()) as (batch, by):
            if batch.state != State.COMMITTING:
                return
            chunk = Chunk.objects.filter(batch=batch, committed_at=None).order_by("number").first()
            if chunk is None:
                batch.state, batch.committed_at = State.COMMITTED, now()
                batch.save(update_fields=["state", "committed_at"])
                _tell(batch, "commit_import", by, now())
                return
            kind = queries.import_kind(key=batch.kind)
            commit_chunk(batch=batch, chunk=chunk, kind=kind, by=by, at=now())
        progress(batch.rows_done)


def _undo(number: int, now: Now, progress: Progress) -> None:
    while True:
        with acting(model=Batch, number=number, at=now()) as (batch, by):
            if batch.state != State.UNDOING:
                return
            waiting = Chunk.objects.filter(batch=batch, undone_at=None, committed_at__isnull=False)
            chunk = waiting.order_by("-number").first()
            if chunk is None:
                batch.state, batch.undone_at = State.UNDONE, now()
                batch.save(update_fields=["state", "undone_at"])
                _tell(batch, "undo_import", by, now())
                return
            kind = queries.import_kind(key=batch.kind)
            undo_chunk(batch=batch, chunk=chunk, kind=kind, by=by, at=now())
        progress(batch.rows_done)


def _tell(batch: Batch, verb: str, by: Actor, at: datetime) -> None:
    """One line of the journal for the whole batch; the digest is the Merkle root of its rows."""
    after = {
        "kind": batch.kind,
        "sha256": batch.sha256,
        "digest": batch.digest,
        "rows": batch.rows_read,
        "counts": batch.counts,
        "fates": batch.fates,
    }
    journal.record(verb, by=by, at=at, kind=KIND, object_id=batch.pk, after=after, reason=batch.reason)


def _halt(number: int, state: State, error: NiangjiaError) -> None:
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        told = [said_as_json(reason) for reason in error.reasons]
        Batch.objects.filter(pk=number, state__in=RUNNING).update(state=state, trouble=told)


def go_on_with_stalled(*, at: datetime) -> int:
    """What a dead runner left is taken up again; after some tries it is halted and says so."""
    words = [said_as_json(say("处理多次中断，已停下。已办的部分有效。请把批次编号告诉系统管理员。"))]
    under_way = ((Batch, RUNNING, JOB, State.HALTED), (Leaving, [Leave.RUNNING], LISTS, Leave.REFUSED))
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        found = 0
        for model, states, job, end in under_way:
            rows = model._default_manager.select_for_update(skip_locked=True)  # noqa: SLF001 - Django's name for it
            for row in rows.filter(state__in=list(states), beat_at__lt=at - PATIENCE)[:50]:
                found, row.tries, row.beat_at = found + 1, row.tries + 1, at
                if row.tries > MOST_TRIES:
                    row.state, row.trouble = end, words
                else:
                    run_soon(job=job, number=row.pk)
                row.save(update_fields=["tries", "beat_at", "state", "trouble"])
    return found


def today_of(*, moment: datetime) -> date:
    """The day of a moment where the unions are."""
    return localdate(moment)
