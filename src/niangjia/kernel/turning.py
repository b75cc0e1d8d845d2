"""The key ring turns: a new generation, every person's key rewrapped in small steps while work goes on.

What is still to do can be read from the rows themselves, so a turn that was killed goes on where it stopped.
"""

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Count, Model, QuerySet

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.personal import sealed_columns
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import is_of_old, keys_for, ring
from niangjia.kernel.sealing.holding import counties_of, hold_ring, unwrap, wrap
from niangjia.kernel.sealing.tables import PersonKey
from niangjia.kernel.words import say

KIND = "kernel.personkey"
BATCH = 500
Progress = Callable[[int, int], None]

REWRAP = """
UPDATE kernel_personkey AS k SET wrapped = n.wrapped, generation = %s, county = n.county
FROM unnest(%s::bigint[], %s::bytea[], %s::bigint[]) AS n(person_id, wrapped, county)
WHERE k.person_id = n.person_id
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that was begun: to which generation, of which county (None: all)."""

    generation: int
    county: int | None = None


@dataclass(frozen=True, slots=True)
class Turned:
    """What a turn has done."""

    generation: int
    rewrapped: int
    sealed_anew: int
    resumed: bool


def begun() -> Turn | None:
    """The turn that was begun and not finished, if there is one."""
    path = _note()
    return Turn(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


@transaction.atomic
def begin(*, county: int | None, by: Actor, at: datetime) -> tuple[Turn, bool]:
    """A new generation stands in the ring; or the turn that was interrupted goes on. Says whether it does.

    Raises Refused if the interrupted turn was of another county.
    """
    turn = begun()
    if turn is not None and turn.county != county:
        raise Refused(
            say("上一次更换密钥没有做完。请先不带 --county（或带同一个县）再执行一次，做完后再换别的。")
        )
    if turn is not None:
        return turn, True
    turn = Turn(ring.begin_generation(), county)
    _write(turn)
    journal.record("begin_rotation", by=by, at=at, kind=KIND, object_id=turn.generation, after=asdict(turn))
    return turn, False


def carry_on(turn: Turn, *, resumed: bool, progress: Progress, by: Actor, at: datetime) -> Turned:
    """Every person's key of the turn is wrapped by its generation, every value of old sealed anew."""
    with transaction.atomic():
        hold_ring()  # whoever was wrapping a key by the generation before has ended now
    total, done = _behind(turn).count(), 0
    while moved := _rewrap_some(turn):
        done += moved
        progress(done, max(total, done))
    anew = sum(_seal_anew(model, told.whose, name) for model, told, name in sealed_columns())
    turned = Turned(turn.generation, done, anew, resumed)
    with transaction.atomic():
        journal.record(
            "end_rotation", by=by, at=at, kind=KIND, object_id=turn.generation, after=asdict(turned)
        )
    _note().unlink(missing_ok=True)
    return turned


def destroy_old(*, by: Actor, at: datetime) -> list[int]:
    """Generations that wrap nothing any more are destroyed; refused while one still does, with how many.

    What an older backup holds sealed can then never be opened again, by nobody.
    """
    with transaction.atomic():
        hold_ring()
        newest = ring.newest()
        old = [number for number in ring.generations() if number != newest]
        rows = PersonKey.objects.exclude(wrapped=None).filter(generation__in=old)
        used = rows.values("generation").annotate(n=Count("person_id")).order_by("generation")
        if used:
            told = sum(row["n"] for row in used)
            raise Refused(
                say(
                    "还有 {n} 人的密钥由旧密钥保护，旧密钥没有销毁。请先执行 niangjia rotate-keys --all。",
                    n=told,
                )
            )
        for number in old:
            journal.record("destroy_keys", by=by, at=at, kind=KIND, object_id=number)
            ring.destroy_generation(number)
    return old


def _behind(turn: Turn) -> QuerySet[PersonKey]:
    rows = PersonKey.objects.exclude(wrapped=None).filter(generation__lt=turn.generation)
    return rows.filter(county=turn.county) if turn.county is not None else rows


@transaction.atomic
def _rewrap_some(turn: Turn) -> int:
    rows = list(_behind(turn).order_by("person_id").select_for_update()[:BATCH])
    if not rows:
        return 0
    counties = counties_of([row.person_id for row in rows])
    ids, wrapped, of = [], [], []
    for row in rows:
        county = counties[row.person_id]
        key = unwrap(row)
        ids.append(row.person_id)
        of.append(county)
        wrapped.append(wrap(key, person_id=row.person_id, county=county, generation=turn.generation))
    with connection.cursor() as cursor:
        cursor.execute(REWRAP, [turn.generation, ids, wrapped, of])
    return len(rows)


def _seal_anew(model: type[Model], whose: str, name: str) -> int:
    """Values sealed before persons had keys of their own are sealed under them; returns how many."""
    done, last = 0, 0
    while last >= 0:
        sealed, last = _seal_some(model, whose, name, last)
        done += sealed
    return done


@transaction.atomic
def _seal_some(model: type[Model], whose: str, name: str, last: int) -> tuple[int, int]:
    """One step: how many were sealed anew, and the number reached (-1: there is no more)."""
    table = model._meta.db_table  # noqa: SLF001 - Django's name for it
    with beyond():
        rows = model._base_manager.filter(pk__gt=last).exclude(**{name: None})  # noqa: SLF001
        batch = list(
            rows.order_by("pk").select_for_update(of=("self",))[:BATCH].values_list("pk", whose, name)
        )
        old = [row for row in batch if row[1] and row[2] and is_of_old(row[2])]
        keys = keys_for([row[1] for row in old])
        for pk, person_id, value in old:
            text = keys.unseal(value, table=table, person_id=person_id, field=name)
            sealed = keys.seal(text, table=table, person_id=person_id, field=name)
            model._base_manager.filter(pk=pk).update(**{name: sealed})  # noqa: SLF001
    return len(old), batch[-1][0] if len(batch) == BATCH else -1


def _note() -> Path:
    return ring.folder() / "turning.json"


def _write(turn: Turn) -> None:
    draft = _note().with_suffix(".draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(turn), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(_note())
