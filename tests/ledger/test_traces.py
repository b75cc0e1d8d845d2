"""Every yuan from its source to the family and back: trace_of over books, funds and reversals."""

import random

from tests.conftest import AT
from tests.ledger.worlds import CITY, DAY, OWN, Office, person, settle

from niangjia.kernel.access import EVERYWHERE, Role
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import enter_scope
from niangjia.ledger import actions, queries


def told(legs):
    return [(leg.entry_id, leg.source, str(leg.amount), leg.held) for leg in legs]


def test_a_grant_is_traced_to_the_batches_that_paid_it(office):
    first = office.receive("500.00", source="上级补助 2018 第1批", key="r1")
    second = office.receive("300.00", source="爱心捐款", key="r2")
    paid = office.pay("600.00")
    trace = queries.trace_of(entry_id=paid.pk)
    assert told(trace.came_from) == [
        (first.pk, "上级补助 2018 第1批", "500.00", False), (second.pk, "爱心捐款", "100.00", False),
    ]  # fmt: skip
    assert (trace.spent, trace.brought, trace.uncovered) == (Yuan.of("600.00"), Yuan(0), Yuan(0))
    went = queries.trace_of(entry_id=second.pk).went_to
    assert told(went) == [(paid.pk, "", "100.00", False), (second.pk, "爱心捐款", "200.00", True)]
    assert (went[0].about, went[0].fund) == (("payments.paymentorder", 1), CITY)


def test_a_returned_payment_gives_its_money_back_to_the_same_batches(office):
    first = office.receive("500.00")
    paid = office.pay("300.00")
    office.reverse(paid)
    again = office.pay("400.00", order=2)
    assert told(queries.trace_of(entry_id=again.pk).came_from)[0][0] == first.pk
    assert told(queries.trace_of(entry_id=first.pk).went_to) == [
        (again.pk, "", "400.00", False), (first.pk, "上级补助 2018 第1批", "100.00", True),
    ]  # fmt: skip
    assert told(queries.trace_of(entry_id=paid.pk).came_from)[0][0] == first.pk


def test_money_is_followed_through_a_transfer_between_funds(office):
    first = office.receive("500.00")
    moved = office.move("200.00")
    paid = office.pay("150.00", fund=office.own)
    assert told(queries.trace_of(entry_id=paid.pk).came_from) == [
        (first.pk, "上级补助 2018 第1批", "150.00", False)
    ]
    assert told(queries.trace_of(entry_id=first.pk).went_to) == [
        (paid.pk, "", "150.00", False), (moved.pk, "", "50.00", True),
        (first.pk, "上级补助 2018 第1批", "300.00", True),
    ]  # fmt: skip
    settle()


def test_money_is_followed_into_the_book_of_the_heir_as_far_as_the_reader_sees(office):
    heir = Office(office.land, side="right")
    first = office.receive("500.00")
    city = person(Role.MUN, office.land["city"], 60)
    _, come = actions.transfer_balance(
        book_id=office.book.pk, heir_book_id=heir.book.pk, on=DAY, words="审计报告 1 号", checked_by=61,
        by=city, at=AT,
    )  # fmt: skip
    paid = heir.pay("450.00")
    settle()
    whole = queries.trace_of(entry_id=paid.pk).came_from
    assert told(whole) == [(first.pk, "上级补助 2018 第1批", "450.00", False)]
    assert told(queries.trace_of(entry_id=first.pk).went_to) == [
        (paid.pk, "", "450.00", False), (come.pk, office.book.title, "50.00", True),
    ]  # fmt: skip
    enter_scope(heir.auditor.scope_for("ledger.read"))
    there = queries.trace_of(entry_id=paid.pk).came_from
    assert told(there) == [(come.pk, office.book.title, "450.00", False)]
    enter_scope(EVERYWHERE)


def test_a_thousand_yuan_traced_both_ways_tell_the_same_to_the_fen(office):
    chance = random.Random(20180820)  # noqa: S311 - a seed that can be named
    rest, received, paid = 0, [], []
    for n in range(60):
        if chance.random() < 0.4 or rest < 200:
            fen = chance.randrange(1, 100_000)
            received.append(office.receive(str(Yuan(fen)), key=f"r{n}", source=f"第{n}批"))
            rest += fen
        else:
            fen = chance.randrange(1, rest)
            paid.append(office.pay(str(Yuan(fen)), order=n))
            rest -= fen
            if chance.random() < 0.3:
                office.reverse(paid.pop())
                rest += fen
    back = sorted(
        (leg.entry_id, entry.pk, leg.amount.fen)
        for entry in paid
        for leg in queries.trace_of(entry_id=entry.pk).came_from
    )
    traces = [(entry.pk, queries.trace_of(entry_id=entry.pk)) for entry in received]
    on = sorted(
        (number, leg.entry_id, leg.amount.fen)
        for number, trace in traces
        for leg in trace.went_to
        if not leg.held
    )
    assert back == on
    held = sum(leg.amount.fen for _, trace in traces for leg in trace.went_to if leg.held)
    assert held == rest == queries.fund_available(fund_id=office.aid.pk).fen


def test_what_was_spent_before_it_came_is_told_as_not_covered(office):
    paid = office.pay("5.00", fund=office.own)
    trace = queries.trace_of(entry_id=paid.pk)
    assert (trace.came_from, str(trace.uncovered), str(trace.spent)) == ((), "5.00", "5.00")
    late = office.receive("8.00", fund=OWN, key="late")
    assert told(queries.trace_of(entry_id=paid.pk).came_from)[0][0] == late.pk
