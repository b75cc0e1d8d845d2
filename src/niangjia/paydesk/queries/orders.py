"""Payment orders as an officer sees them: the list, what waits on his desk, one order whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from niangjia.accounts import queries as accounts
from niangjia.kernel.access import Actor
from niangjia.kernel.listing import slice_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Figure, Pager, Row, Tab, Table
from niangjia.kernel.words import Said, say
from niangjia.payments import queries, rules
from niangjia.payments.permissions import Word
from niangjia.payments.rules import Chosen, State
from niangjia.people import queries as people
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.payments.models import PaymentOrder

AT_ONCE = 200
"""So many orders are checked or sent with one button; the page lists every one of them."""
WAITING = {Word.CHECK: State.MADE, Word.PAY: State.CHECKED}


def names_of(*, person_ids: Iterable[int]) -> dict[int, str]:
    """Names of payees, read past the scope: whoever may see an order may see whom it pays (Appendix C)."""
    with beyond():
        return dict(people.records(person_ids=person_ids).values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class OrderList:
    """The orders of a reader, narrowed."""

    table: Table
    pager: Pager
    tabs: Sequence[Tab]
    figures: Sequence[Figure]
    acts: Sequence[Act]
    total: int
    sum: Yuan


def order_list(*, actor: Actor, filters: queries.Filters, before: str = "", after: str = "") -> OrderList:
    """Newest first, with how many of each state and their sums."""
    scope = actor.scope_for(Word.READ)
    everything = queries.orders_in_scope(
        scope=scope, filters=queries.Filters(fund=filters.fund, unit=filters.unit)
    )
    rows = queries.orders_in_scope(scope=scope, filters=filters)
    part = slice_of(rows, sort="-id", before=before, after=after)
    counts = queries.counts_of_states(rows=everything)
    total = rows.count()
    return OrderList(
        table=table_of(rows=part.rows, caption=say("支付单"), empty=_empty(filters)),
        pager=part.pager(total=total),
        tabs=_tabs(filters, counts),
        figures=_figures(filters, counts),
        acts=desk_acts(actor=actor),
        total=total,
        sum=queries.sum_of(rows=rows),
    )


def _empty(filters: queries.Filters) -> Said:
    return say("还没有支付单。") if filters == queries.Filters() else say("没有符合条件的支付单。")


def desk_acts(*, actor: Actor) -> list[Act]:
    """What waits for the reader, as buttons that say how much."""
    checks = waiting_for(actor=actor, word=Word.CHECK).count() if actor.may(Word.CHECK) else 0
    pays = waiting_for(actor=actor, word=Word.PAY).count() if actor.may(Word.PAY) else 0
    acts = (
        Act(say("复核 {n} 笔", n=checks), reverse("payments-to-check"), kind="primary") if checks else None,
        Act(say("支付 {n} 笔", n=pays), reverse("payments-to-send"), kind="primary") if pays else None,
    )
    return [one for one in acts if one]


def _query(filters: queries.Filters, **more: str) -> str:
    told = {"fund": filters.fund, "unit": filters.unit, "state": filters.state} | more
    kept = {name: value for name, value in told.items() if value}
    return f"{reverse('payments')}?{urlencode(kept)}" if kept else reverse("payments")


def _tabs(filters: queries.Filters, counts: Mapping[str, tuple[int, Yuan]]) -> list[Tab]:
    whole = sum(n for n, _ in counts.values())
    tabs = [Tab(say("全部"), _query(filters, state=""), current=not filters.state, count=whole)]
    return tabs + [
        Tab(rules.LABELS[state], _query(filters, state=state), current=filters.state == state, count=n)
        for state in rules.PAYMENT.ordered_states
        for n, _ in [counts.get(state, (0, Yuan(0)))]
        if n or filters.state == state
    ]


def _figures(filters: queries.Filters, counts: Mapping[str, tuple[int, Yuan]]) -> list[Figure]:
    none = (0, Yuan(0))
    open_sum = Yuan.total(counts.get(state, none)[1] for state in rules.OPEN)
    paid = counts.get(State.PAID, none)
    failed = counts.get(State.FAILED, none)
    return [
        Figure(say("已付"), paid[1], _query(filters, state=State.PAID), note=_items(paid[0])),
        Figure(say("在办"), open_sum, _query(filters, state="open")),
        Figure(say("待更正"), failed[0], _query(filters, state=State.FAILED), unit=say("笔")),
    ]


def _items(n: int) -> Said:
    return say("{n} 笔", n=n)


def table_of(*, rows: "Sequence[PaymentOrder]", caption: Said, empty: Said | str = "") -> Table:
    """Orders as lines: payee, sum, purpose, fund, union, state."""
    names = names_of(person_ids={one.payee_id for one in rows})
    with beyond():
        units = tree.names_of(unit_ids={one.unit_id for one in rows})
        funds = {one.pk: one.fund.name for one in rows}
    columns = (
        Column(say("收款人")),
        Column(say("金额"), right=True),
        Column(say("用途")),
        Column(say("资金来源")),
        Column(say("付款工会")),
        Column(say("制单时间")),
        Column(say("状态")),
    )
    lines = [
        Row(
            [
                names.get(one.payee_id, "—"),
                Yuan(one.amount_fen),
                one.purpose,
                funds[one.pk],
                units.get(one.unit_id, "—"),
                one.made_at,
                Cell(rules.LABELS[one.state], status=rules.STATUS.get(one.state, "now")),
            ],
            href=reverse("payment", args=[one.pk]),
        )
        for one in rows
    ]
    return Table(caption, columns, lines, empty=empty)


def waiting_for(*, actor: Actor, word: Word) -> "QuerySet[PaymentOrder]":
    """What waits to be checked, or sent, by this reader: nothing of his own hand, nothing for himself."""
    rows = queries.orders_in_scope(
        scope=actor.scope_for(word), filters=queries.Filters(state=WAITING[word])
    ).exclude(maker=actor.user_id or 0)
    rows = rows.exclude(checker=actor.user_id or 0) if word == Word.PAY else rows
    rows = rows.exclude(payee=actor.person_id) if actor.person_id else rows
    return rows.filter(method=rules.Method.BANK) if word == Word.PAY else rows


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits at one union: every order, the exact count and sum that the button acts on."""

    unit_id: int | None
    unit: str
    tabs: Sequence[Tab]
    table: Table
    orders: Sequence[int]
    chosen: Chosen
    left: int

    @property
    def said(self) -> Said:
        """What the button will act on."""
        return rules.said_chosen(self.chosen)


def waiting(*, actor: Actor, word: Word, unit_id: int | None, road: str) -> Waiting:
    """The orders of one union that the reader may check or send now, the oldest first."""
    rows = waiting_for(actor=actor, word=word)
    units = list(rows.order_by("unit").values_list("unit", flat=True).distinct())
    with beyond():
        names = tree.names_of(unit_ids=units)
    here = unit_id if unit_id in units else next(iter(units), None)
    found = list(rows.filter(unit=here).order_by("id").select_related("fund")[: AT_ONCE + 1])
    shown = found[:AT_ONCE]
    tabs = [
        Tab(names[one], f"{reverse(road)}?unit={one}", current=one == here) for one in units if len(units) > 1
    ]
    caption = say("待复核的支付单") if word == Word.CHECK else say("待支付的支付单")
    return Waiting(
        unit_id=here,
        unit=names.get(here or 0, ""),
        tabs=tabs,
        table=table_of(rows=shown, caption=caption),
        orders=[one.pk for one in shown],
        chosen=Chosen.of(Yuan(one.amount_fen) for one in shown),
        left=rows.filter(unit=here).count() - len(shown),
    )


def account_names(*, user_ids: Iterable[int | None]) -> dict[int, str]:
    """Who acted, by account."""
    return accounts.account_names(user_ids={one for one in user_ids if one})
