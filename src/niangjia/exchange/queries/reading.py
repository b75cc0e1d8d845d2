"""Batches, their rows and the lists that left, as a scope sees them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from niangjia.exchange.models import Batch, Leaving, Row
from niangjia.exchange.queries.kinds import import_kinds
from niangjia.exchange.queries.sealed import RowSeal
from niangjia.exchange.rules.verdicts import Fate, Verdict
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.saying import said_from_json
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.words import Said


def batches_in_scope(*, scope: Scope, kind: str = "") -> QuerySet[Batch]:
    """The batches of the units of a scope."""
    rows = within(Batch.objects.select_related("unit"), scope=scope)
    return rows.filter(kind=kind) if kind else rows


def batches_for(*, actor: Actor, word: str) -> QuerySet[Batch]:
    """Those of the reader's units whose rows he could enter one by one: others' kinds are not his to read."""
    kinds = [key for key, kind in import_kinds().items() if actor.may(kind.word)]
    return batches_in_scope(scope=actor.scope_for(word)).filter(kind__in=kinds)


def batch_in_scope(*, batch_id: int, scope: Scope) -> Batch:
    """The batch, if the scope covers its unit; otherwise it does not exist for the reader (404)."""
    return the_one(batches_in_scope(scope=scope).filter(pk=batch_id))


def leavings_in_scope(*, scope: Scope, kind: str = "") -> QuerySet[Leaving]:
    """The lists that the units of a scope asked for."""
    rows = within(Leaving.objects.select_related("unit", "file"), scope=scope)
    return rows.filter(kind=kind) if kind else rows


def leaving_in_scope(*, leaving_id: int, scope: Scope) -> Leaving:
    """The list, if the scope covers the unit that asked for it."""
    return the_one(leavings_in_scope(scope=scope).filter(pk=leaving_id))


def earlier_of(*, kind: str, sha256: str, scope: Scope) -> Batch | None:
    """The last batch of the very same file, whatever its name."""
    return batches_in_scope(scope=scope, kind=kind).filter(sha256=sha256).order_by("-id").first()


def rows_of(*, batch: Batch, verdict: str = "", fate: str = "") -> QuerySet[Row]:
    """The rows of a batch, narrowed, in the order of the file."""
    rows = Row.objects.filter(batch=batch)
    rows = rows.filter(verdict=verdict) if verdict in set(Verdict) else rows
    return rows.filter(fate=fate) if fate in set(Fate) else rows


def fates_of(*, batch: Batch) -> dict[str, int]:
    """How many rows have come to which end."""
    found = Row.objects.filter(batch=batch).values("fate").annotate(n=Count("pk")).order_by()
    return {row["fate"]: row["n"] for row in found}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row opened for a reader: its cells, what was understood, what is said of it, its place."""

    row: Row
    cells: list[Any]
    values: dict[str, Any]
    problems: tuple[tuple[Said, str], ...]
    changes: dict[str, tuple[Any, Any]]
    words: Said | None


def open_rows(*, batch: Batch, rows: Iterable[Row]) -> Iterator[ShownRow]:
    """The rows with what stands in them."""
    seal = RowSeal(batch)
    for row in rows:
        told = seal.open(row.content, number=row.number)
        words = seal.open(row.words, number=row.number, part="words") if row.words else None
        yield ShownRow(
            row=row,
            cells=told["cells"],
            values=told["values"],
            problems=tuple((said_from_json(said), column) for said, column in told["problems"]),
            changes={name: (was, now) for name, (was, now) in told["changes"].items()},
            words=said_from_json(words["said"]) if words else None,
        )
