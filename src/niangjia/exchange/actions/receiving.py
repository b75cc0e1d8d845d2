"""A file arrives: what it is, is looked at; the very same file twice is told; then it is checked by a job."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from niangjia.exchange import queries
from niangjia.exchange.actions import vault
from niangjia.exchange.models import Batch
from niangjia.exchange.permissions import Word
from niangjia.exchange.rules.verdicts import STATE_LABELS, State
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.sheets.cells import INVISIBLE
from niangjia.kernel.sheets.reading import probe
from niangjia.kernel.words import say

KIND = "exchange.batch"
JOB = "exchange.run_batch"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it was sent; `again` says that the sender knows of an earlier batch of the same file."""

    name: str
    content: bytes
    again: bool = False


@transaction.atomic
def receive_file(
    *, kind: str, arrival: Arrival, unit_id: int, by: Actor, at: datetime, defer: bool = True
) -> Batch:
    """The file is kept and will be checked; nothing is entered. Raises Refused for one that is not read."""
    by.require(Word.IMPORT)
    declared = queries.import_kind(key=kind)
    by.require(declared.word)
    found = probe(arrival.content)
    digest = hashlib.sha256(arrival.content).hexdigest()
    scope = by.scope_for(Word.IMPORT)
    earlier = queries.earlier_of(kind=kind, sha256=digest, scope=scope)
    if earlier is not None and not arrival.again:
        state = STATE_LABELS[State(earlier.state)]
        words = "这个文件已经上传过（第 {number} 批，{who}，{state}）。确要再检查一次，请勾选下面一项。"
        raise Refused(say(words, number=earlier.pk, who=earlier.who, state=state), field="again")
    name = INVISIBLE.sub("", arrival.name).strip()[-200:] or "—"
    keeping = {"kind": found.kind, "unpacked": found.unpacked, "unit_id": unit_id}
    file = vault.keep(content=arrival.content, name=name, by=by, at=at, **keeping)  # type: ignore[arg-type]
    batch = Batch.objects.create(
        kind=kind,
        unit_id=unit_id,
        user_id=by.user_id,
        post_id=by.post_id,
        who=by.name,
        file=file,
        file_name=name,
        file_size=file.size,
        sha256=digest,
        created_at=at,
        beat_at=at,
    )
    after = {"kind": kind, "sha256": digest, "size": file.size}
    journal.record("receive_file", by=by, at=at, kind=KIND, object_id=batch.pk, after=after)
    if defer:
        run_soon(job=JOB, number=batch.pk)
    return batch


def run_soon(*, job: str, number: int) -> None:
    """When this transaction has committed, the job waits; only one of it waits at a time."""
    transaction.on_commit(partial(_defer, job, number), robust=True)


def _defer(job: str, number: int) -> None:
    try:
        app.configure_task(job, queueing_lock=f"{job}.{number}").defer(number=number)
    except AlreadyEnqueued:
        return
