"""What every step of a visit needs: the row held, relatives kept out, one line of the journal."""

from datetime import datetime
from typing import Any

from niangjia.households import queries as households
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotAllowed
from niangjia.kernel.sealing import seal
from niangjia.kernel.versions import Overtaken, lines_of
from niangjia.kernel.words import say
from niangjia.sympathy import queries, rules
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.queries.rows import TABLE

LONGEST_PLACE = 120


def held(*, visit_id: int, version: int | None, by: Actor, word: Word = Word.VISIT) -> SympathyVisit:
    """The visit, locked, for whoever may take a step of it and is neither visited nor of his household.

    Raises NotVisible out of scope, NotAllowed for a relative (R-G-06), Overtaken for a stale form.
    """
    seen = queries.visit_for(visit_id=visit_id, actor=by, word=word)
    by.require(word, at=seen.path)
    require_no_relative(person_id=seen.person_id, by=by)
    row = SympathyVisit.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if version is not None and row.version != version:
        line = next(iter(lines_of(kind=rules.KIND, object_ids=[row.pk], limit=1)), None)
        raise Overtaken(line, version=row.version, model=SympathyVisit)
    return row


def require_no_relative(*, person_id: int, by: Actor) -> None:
    """Nobody decides a matter of his own, or of somebody with whom he lives (R-G-06)."""
    if by.person_id is None:
        return
    if by.person_id in households.relatives_of(person_id=person_id):
        raise NotAllowed(say("慰问对象是您本人或同住的家人，您须回避。请由本组织或上级工会的其他同志办理。"))


def stepped(*, row: SympathyVisit, step: str, facts: dict[str, object] | None = None) -> None:
    """The row stands where the step leads, and is newer; it is still to be saved."""
    row.state = rules.VISIT.advance(row.state, step, facts or {})
    row.version += 1


def sealed(*, row: SympathyVisit, text: str, field: str) -> bytes | None:
    """A text as it lies in the table, under the key of whom the visit is for."""
    return seal(text, table=TABLE, person_id=row.person_id, field=field) if text else None


def require_place(*, told: str) -> str:
    """Where he is found, in few words; it lies sealed."""
    place = told.strip()
    if len(place) > LONGEST_PLACE:
        raise BadInput(say("地点最多 {n} 个字。", n=LONGEST_PLACE), field="place")
    return place


def record(*, verb: str, row: SympathyVisit, by: Actor, at: datetime, reason: str = "", **after: Any) -> None:
    """One line of the journal about the visit."""
    told = {"state": str(row.state), **after}
    journal.record(
        verb,
        by=by,
        at=at,
        kind=rules.KIND,
        object_id=row.pk,
        person_id=row.person_id,
        after=told,
        reason=reason,
    )
