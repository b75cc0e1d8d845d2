"""Batches as a scope sees them, their rows, and the counts that must add up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from niangjia.handouts.models import HandoutBatch, HandoutRow
from niangjia.handouts.rules import (
    KIND,
    KINDS,
    OCCASION_OF,
    ROW_KIND,
    BatchKind,
    Goods,
    Outcome,
    State,
    Tally,
    Way,
)
from niangjia.kernel.access import EVERYWHERE, Actor, Scope
from niangjia.kernel.counting import Count as Counted
from niangjia.kernel.counting import Measure
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.papers import queries as papers
from niangjia.papers.rules import AttachmentKind, Subject
from niangjia.payments import queries as payments
from niangjia.payments.rules import State as PayState
from niangjia.sympathy import queries as sympathy
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.rules import Cap, GoodsState

if TYPE_CHECKING:
    from niangjia.payments.models import PaymentOrder

PAPER = (AttachmentKind.SIGNED, AttachmentKind.PHOTO)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; every field stands in the address. `open` are those under way."""

    state: str = ""
    kind: str = ""
    name: str = ""


def batches_within(*, scope: Scope) -> QuerySet[HandoutBatch]:
    """Those of the unions of a scope."""
    return within(HandoutBatch.objects.all(), scope=scope)


def batches_for(*, actor: Actor, word: Word = Word.READ) -> QuerySet[HandoutBatch]:
    """The same for an acting post."""
    return batches_within(scope=actor.scope_for(word))


def batch_for(*, batch_id: int, actor: Actor, word: Word = Word.READ) -> HandoutBatch:
    """One of them, or 404."""
    return the_one(batches_for(actor=actor, word=word).filter(pk=batch_id))


def narrowed(*, rows: QuerySet[HandoutBatch], filters: Filters) -> QuerySet[HandoutBatch]:
    """The batches that the filters leave."""
    if filters.state == "open":
        rows = rows.exclude(state__in=[State.SETTLED, State.CANCELLED])
    elif filters.state in set(State):
        rows = rows.filter(state=filters.state)
    if filters.kind in KINDS:
        rows = rows.filter(kind=filters.kind)
    return rows.filter(name__contains=filters.name) if filters.name else rows


def rows_of(*, batch: HandoutBatch, outcome: str = "", name: str = "") -> QuerySet[HandoutRow]:
    """The roster of a batch in the order of its names; birthdays in the order of their days."""
    rows = HandoutRow.objects.filter(batch=batch)
    rows = rows.filter(outcome=outcome) if outcome in set(Outcome) else rows
    rows = rows.filter(name__contains=name) if name else rows
    return rows.order_by("birthday", "name", "pk")


def row_of(*, batch: HandoutBatch, row_id: int) -> HandoutRow:
    """One row of a batch, or 404."""
    return the_one(HandoutRow.objects.filter(batch=batch, pk=row_id))


def tally_of(*, batch: HandoutBatch) -> Tally:
    """The rows of one batch by outcome."""
    return tallies_of(batch_ids=[batch.pk]).get(batch.pk, Tally())


def tallies_of(*, batch_ids: Collection[int]) -> dict[int, Tally]:
    """The rows of some batches by outcome, in one query."""
    rows = HandoutRow.objects.filter(batch__in=batch_ids).values("batch").order_by()
    told = rows.annotate(
        open=Count("pk", filter=Q(outcome=Outcome.OPEN)),
        received=Count("pk", filter=Q(outcome=Outcome.RECEIVED)),
        missed=Count("pk", filter=Q(outcome=Outcome.MISSED)),
        booked=Count("pk", filter=Q(booked_on__isnull=False)),
        paid=Count("pk", filter=Q(paid_on__isnull=False)),
    ).values_list("batch", "open", "received", "missed", "booked", "paid")
    return {number: Tally(*counts) for number, *counts in told}


def goods_of(*, batch: HandoutBatch, tally: Tally, left: int | None = None) -> Goods:
    """The goods of a batch: one portion a person who received, or a head that was counted."""
    handed = (batch.heads or 0) if batch.counted else tally.received
    told = batch.left if left is None else left
    return Goods(batch.bought or 0, handed, told or 0)


def cap_of(*, kind: str, unit_id: int, day: date) -> Cap:
    """The cap of a batch's occasion; kinds without an occasion have none of their own (R-AID-15)."""
    occasion = OCCASION_OF.get(kind)
    return sympathy.cap_at(unit_id=unit_id, occasion=occasion, day=day) if occasion else Cap()


def paper_kept(*, batch: HandoutBatch) -> bool:
    """Whether the roster that was signed on paper hangs on the batch."""
    hanging = papers.attachments_of(about_kind=KIND, about_id=batch.pk, scope=EVERYWHERE)
    return hanging.filter(kind__in=[str(one) for one in PAPER], voided_at=None).exists()


def facts_for(*, batch: HandoutBatch, tally: Tally) -> dict[str, object]:
    """What the guards of the workflow ask of a batch; to be asked inside `beyond`."""
    on_paper = HandoutRow.objects.filter(batch=batch, way=Way.PAPER).exists()
    voucher = sympathy.goods_voucher(about=(KIND, batch.pk))
    cost = goods_cost(batch=batch)
    return {
        "somebody": tally.persons.value > 0 or batch.counted,
        "nobody_open": tally.open == 0 and (not batch.counted or batch.heads is not None),
        "counted": not batch.goods or goods_of(batch=batch, tally=tally).adds_up,
        "paper_kept": not on_paper or paper_kept(batch=batch),
        "untouched": not (tally.received or tally.paid or batch.heads or ordered(batch=batch)),
        "paid": batch.amount_fen == 0 or tally.paid == tally.received,
        "booked": not cost or (voucher is not None and voucher.state == GoodsState.POSTED),
        "unspent": not tally.paid and voucher is None and not ordered(batch=batch),
    }


def goods_cost(*, batch: HandoutBatch) -> Yuan:
    """What was bought comes to: every portion, handed out or left."""
    return Yuan(batch.each_fen) * (batch.bought or 0)


def _orders(batch: HandoutBatch) -> "QuerySet[PaymentOrder]":
    rows = HandoutRow.objects.filter(batch=batch).values("pk")
    found = payments.orders_in_scope(scope=EVERYWHERE).filter(about_kind=ROW_KIND, about_id__in=rows)
    return found.exclude(state__in=[PayState.REFUNDED, PayState.CANCELLED])


def ordered(*, batch: HandoutBatch) -> int:
    """For how many of the roster an order stands; inside `beyond`."""
    return _orders(batch).count() if batch.amount_fen else 0


def order_stands(*, row: HandoutRow) -> bool:
    """Whether an order stands for one of the roster; inside `beyond`."""
    return sympathy.order_standing(about=(ROW_KIND, row.pk), scope=EVERYWHERE) is not None


def owed(*, batch: HandoutBatch) -> list[HandoutRow]:
    """Who is still to be paid and has no order yet; inside `beyond`."""
    rows = HandoutRow.objects.filter(batch=batch, paid_on=None).exclude(outcome=Outcome.MISSED)
    return list(rows.exclude(pk__in=_orders(batch).values("about_id")).order_by("pk"))


def doubled(*, batch: HandoutBatch) -> int:
    """How many of the roster stand on another batch of the kind in the same month (App. D 21)."""
    with beyond():
        others = HandoutRow.objects.filter(
            batch__kind=batch.kind, batch__on__year=batch.on.year, batch__on__month=batch.on.month
        ).exclude(batch=batch)
        others = others.exclude(batch__state=State.CANCELLED).exclude(outcome=Outcome.MISSED)
        mine = HandoutRow.objects.filter(batch=batch, person__in=others.values("person_id"))
        return mine.values("person_id").distinct().count()


def year_counts(*, actor: Actor, year: int) -> Mapping[str, Counted]:
    """How many persons, each once, and how many person-times received in a year; never one number (R-G-05).

    Heads counted at a site are person-times: nobody knows who they were. A check-up is no handout.
    """
    batches = batches_for(actor=actor).filter(on__year=year).exclude(state=State.CANCELLED)
    batches = batches.exclude(kind=BatchKind.WOMEN)
    rows = HandoutRow.objects.filter(batch__in=batches, outcome=Outcome.RECEIVED)
    told = rows.aggregate(persons=Count("person_id", distinct=True), times=Count("pk"))
    heads = batches.aggregate(heads=Sum("heads"))["heads"] or 0
    return {
        "persons": Counted(told["persons"], Measure.PERSONS),
        "times": Counted(told["times"] + heads, Measure.ATTENDANCES),
    }


def own_rows(*, person_id: int) -> QuerySet[HandoutRow]:
    """The rows of somebody himself in batches that were approved; to be asked inside `beyond`."""
    living = [str(State.APPROVED), str(State.CLOSED), str(State.SETTLED)]
    rows = HandoutRow.objects.filter(person_id=person_id, batch__state__in=living)
    return rows.select_related("batch__unit").order_by("-batch__on", "-pk")


def own_row(*, batch_id: int, person_id: int) -> HandoutRow:
    """The row of somebody himself in one batch, or 404; to be asked inside `beyond`."""
    return the_one(own_rows(person_id=person_id).filter(batch_id=batch_id))


def batch_subject(*, about_id: int, scope: Scope) -> Subject:
    """The batch that a signed roster hangs on, or 404 (the port of papers)."""
    row = the_one(batches_within(scope=scope).filter(pk=about_id))
    href = reverse("handout", args=[row.pk])
    return Subject(KIND, row.pk, unit_id=row.unit_id, path=row.path, name=row.name, href=href)


def row_subject(*, about_id: int, scope: Scope) -> Subject:
    """The batch of one of the roster whom an order pays, or 404 (the port of papers)."""
    line = the_one(HandoutRow.objects.filter(pk=about_id))
    return batch_subject(about_id=line.batch_id, scope=scope)
