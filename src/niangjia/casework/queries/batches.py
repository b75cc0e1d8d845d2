"""The applications that a batch would act on: exactly those that the page shows (ui.md B4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from niangjia.aid import queries as aid
from niangjia.casework.queries.listing import filters_of
from niangjia.casework.queries.shown import COLUMNS, Told, address, amount_of, rows_of
from niangjia.casework.rules import BATCHES, MOST, Batch, Chosen
from niangjia.kernel.access import Actor
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Cell, Column, Row, Table
from niangjia.kernel.words import Said, say

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.aid.models import AidApplication


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch as it is asked: its rows, what the button will do, what was left out and how it comes back."""

    key: str
    batch: Batch
    table: Table
    chosen: Chosen
    button: Said
    left_out: int
    back_in: str
    more: int
    back: str


def batch_page(*, key: str, actor: Actor, told: Told, but: frozenset[int]) -> BatchPage:
    """The rows that the filters leave at the state where the step begins, without those left out."""
    batch = BATCHES[key]
    rows = rows_for(key=key, actor=actor, told=told, but=but)
    shown = list(rows[: MOST + 1])
    more = rows.count() - MOST if len(shown) > MOST else 0
    shown = shown[:MOST]
    chosen = chosen_of(rows=shown)
    kept = {name: value for name, value in told.items() if name != "state"}
    here = f"aid-batch-{key}"
    return BatchPage(
        key=key,
        batch=batch,
        table=_table(shown, actor, batch, here, kept, but),
        chosen=chosen,
        button=say(batch.button, n=chosen.count, sum=chosen.total),
        left_out=len(but),
        back_in=address(name=here, told=kept),
        more=more,
        back=address(name="aid-applications", told={**kept, "state": batch.state}),
    )


def rows_for(*, key: str, actor: Actor, told: Told, but: frozenset[int]) -> "QuerySet[AidApplication]":
    """The applications themselves, oldest first."""
    batch = BATCHES[key]
    every = aid.narrowed(
        rows=aid.applications_for(actor=actor), filters=filters_of(told={**told, "state": batch.state})
    )
    return every.exclude(pk__in=but).order_by("pk")


def chosen_of(*, rows: Sequence["AidApplication"]) -> Chosen:
    """Their numbers, count and sum."""
    return Chosen.of((one.pk, amount_of(row=one) or Yuan(0)) for one in rows)


def _table(
    shown: Sequence["AidApplication"], actor: Actor, batch: Batch, here: str, kept: Told, but: frozenset[int]
) -> Table:
    """Each row with a way to leave it out this time; the address keeps who is left out."""
    lines = rows_of(rows=shown, actor=actor)
    told = [
        Row([*line.cells, Cell(say("这次不办"), href=_without(here, kept, {*but, one.pk}))], href=line.href)
        for one, line in zip(shown, lines, strict=True)
    ]
    columns = (*COLUMNS, Column(say("挑出")))
    return Table(batch.title, columns, told, empty=say("现在没有可以这样办的申请。"))


def _without(here: str, kept: Told, but: set[int]) -> str:
    return address(name=here, told={**kept, "but": ",".join(str(one) for one in sorted(but))})
