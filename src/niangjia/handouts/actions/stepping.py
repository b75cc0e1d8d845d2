"""What every step of a batch needs: the batch held, its version, one line of the journal."""

from datetime import datetime
from typing import Any

from niangjia.handouts import queries, rules
from niangjia.handouts.models import HandoutBatch
from niangjia.handouts.rules import KIND, State
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.versions import Overtaken, lines_of
from niangjia.kernel.words import say
from niangjia.sympathy.permissions import Word


def held(*, batch_id: int, version: int | None, by: Actor, word: Word = Word.VISIT) -> HandoutBatch:
    """The batch, locked, for whoever may take a step of it; Overtaken for a stale form."""
    seen = queries.batch_for(batch_id=batch_id, actor=by, word=word)
    by.require(word, at=seen.path)
    row = HandoutBatch.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if version is not None and row.version != version:
        line = next(iter(lines_of(kind=KIND, object_ids=[row.pk], limit=1)), None)
        raise Overtaken(line, version=row.version, model=HandoutBatch)
    return row


def require_state(*, row: HandoutBatch, state: State, step: str) -> None:
    """Refused where the batch stands elsewhere than a step needs it."""
    if row.state != state:
        words = say("这一批现在的状态是“{state}”，不能办这一步。", state=rules.LABELS[row.state])
        raise StepRefused(words, step=step)


def stepped(*, row: HandoutBatch, step: str, **more: object) -> None:
    """The batch stands where the step leads, with what the guards ask; it is still to be saved."""
    with beyond():
        facts = queries.facts_for(batch=row, tally=queries.tally_of(batch=row))
    row.state = rules.BATCH.advance(row.state, step, {**facts, **more})
    row.version += 1


def record(
    *,
    verb: str,
    row: HandoutBatch,
    by: Actor,
    at: datetime,
    reason: str = "",
    person_id: int | None = None,
    **after: Any,
) -> None:
    """One line of the journal about the batch; of a row with whose it is."""
    told = {"state": str(row.state), **after}
    journal.record(
        verb,
        by=by,
        at=at,
        kind=KIND,
        object_id=row.pk,
        person_id=person_id,
        after=told,
        reason=reason,
    )
