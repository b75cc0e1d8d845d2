"""One step of the table: seen, allowed, locked, fresh, taken, saved, told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.restructuring import queries
from niangjia.restructuring.actions import telling
from niangjia.restructuring.models import OpenMatter, Restructure
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import KIND, OPEN, RESTRUCTURING, State
from niangjia.tasks import actions as tasks


@contextmanager
def step(
    *,
    seen: tuple[int, int],
    name: str,
    by: Actor,
    word: Word,
    facts: Mapping[str, Any] | None = None,
) -> Iterator[Restructure]:
    """The row in the state after the step, not saved yet; inside, everything it touches may be written.

    `seen` is its number and the version that the reader saw.

    A decision needs the reach of the union that decides; any other step that of a union which it touches.
    """
    restructure_id, version = seen
    with beyond_for(restructure_id=restructure_id, word=word, by=by) as row:
        if row.version != version:
            raise StepRefused(say("这个方案刚刚有人办过一步。请打开它看现在的情况，再决定。"), step=name)
        row.state = RESTRUCTURING.advance(row.state, name, facts or {})
        row.version += 1
        yield row


@contextmanager
def beyond_for(*, restructure_id: int, word: Word, by: Actor) -> Iterator[Restructure]:
    """The row, held, for whoever may see it and carries the word there."""
    seen = queries.restructure_in_scope(restructure_id=restructure_id, scope=by.scope_for(word))
    if word is Word.DECIDE:
        by.require(word, at=seen.path)
    else:
        by.require(word)
    with beyond():
        yield queries.locked(restructure_id=restructure_id)


def save(
    *,
    row: Restructure,
    verb: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    told: Mapping[str, Any] | None = None,
) -> None:
    """The step stands: row, sides, tasks, messages, journal."""
    row.save()
    if row.state not in OPEN:
        row.sides.update(is_open=False)
    if row.state in {State.WITHDRAWN, State.REJECTED, State.UNDONE, State.RETURNED}:
        tasks.cancel(by=by, at=at, about=(KIND, row.pk), reason=reason or verb)
        OpenMatter.objects.filter(restructure=row, settled_at=None).update(settled_at=at)
    telling.move_on(row=row, by=by, at=at)
    telling.tell(row=row, by=by, at=at)
    telling.record(verb=verb, row=row, by=by, at=at, reason=reason, **(told or {}))
