"""The bank's statement beside the books: equal to the fen, or every difference named."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.money import Yuan
from niangjia.payments import actions as payments
from niangjia.statements import actions, queries
from niangjia.statements.models import StatementLine
from niangjia.statements.rules import Banked, Booked, Sent, StatementRow, Why, reconcile
from tests.conftest import AT, TODAY
from tests.payments.test_files import as_csv
from tests.payments.worlds import card

LATER = AT + timedelta(days=2)


def line(yuan, *, on=TODAY, balance=None, serial="", words="代发"):
    told = Yuan.of(balance) if balance else None
    return StatementRow(row=2, on=on, amount=Yuan.of(yuan), balance=told, serial=serial, words=words)


def read(payers, *lines, by=None, at=LATER):
    return actions.read_statement(book_id=payers.book.pk, rows=lines, by=by or payers.cashier, at=at)


def why(compared):
    return [pair.why for pair in compared.result.pairs]


def test_a_batch_debited_in_one_sum_with_one_given_back_and_paid_again_agrees_to_the_fen(payers):
    """As in the story of the relief year: one of three bounces, is put right and paid again."""
    people = [payers.person(name) for name in ("林晓梅", "王建国", "陈一")]
    orders, batch = payers.sent(*people)
    payers.answer(batch, {1: True, 2: False, 3: True})
    payers.account(people[1], number=card(9100))
    payments.correct_order(order_id=orders[1].pk, by=payers.accountant, at=AT)
    payers.answer(payers.send(*payers.check(orders[1])), {1: True})
    statement = read(
        payers,
        line("100000", words="上级拨入", balance="100000"),
        line("-1800", balance="98200"),
        line("600", words="退回", balance="98800", on=TODAY + timedelta(days=1)),
        line("-600", balance="98200", on=TODAY + timedelta(days=1)),
    )
    found = queries.compared(statement=statement)
    assert sorted(why(found)) == [Why.BATCH, Why.ONE, Why.ONE]
    assert found.agrees
    assert found.bank_balance == found.book_balance == Yuan.of("98200")


def test_what_the_bank_has_not_given_back_yet_is_named(payers):
    _, batch = payers.sent(*[payers.person(name) for name in ("林晓梅", "王建国")])
    payers.answer(batch, {1: True, 2: False})
    found = queries.compared(statement=read(payers, line("100000"), line("-1200")))
    (pair,) = found.result.differences
    assert (pair.why, pair.difference) == (Why.NOT_BACK, Yuan.of("-600"))
    assert not found.agrees


def test_what_either_says_alone_is_listed_line_by_line(payers):
    payers.paid(payers.person("林晓梅"))
    found = queries.compared(statement=read(payers, line("100000"), line("-12.50", words="手续费")))
    told = {pair.why: pair.difference for pair in found.result.differences}
    assert told == {Why.BANK_ONLY: Yuan.of("-12.50"), Why.BOOK_ONLY: Yuan.of("600")}
    assert found.result.difference == Yuan.of("587.50")


def test_a_statement_read_again_adds_nothing_and_two_alike_stay_two(payers):
    rows = [line("-5", serial=""), line("-5", serial=""), line("100000")]
    first, again = read(payers, *rows), read(payers, *rows)
    assert (first.fresh, again.fresh, StatementLine.objects.count()) == (3, 0, 3)
    assert why(queries.compared(statement=again)) == why(queries.compared(statement=first))


def test_the_words_of_a_statement_lie_sealed(payers):
    read(payers, line("100000", words="付王建国"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(l::text, ' ') FROM statements_statementline AS l")
        assert "王建国".encode().hex() not in cursor.fetchone()[0]
    seen = queries.statements_in_scope(scope=payers.cashier.scope_for("payments.read"))
    (pair,) = queries.compared(statement=seen.get()).result.pairs
    assert pair.banked[0].words == "付王建国"


def test_a_statement_of_another_union_or_of_days_to_come_is_refused(payers):
    with pytest.raises(NotVisible):
        read(payers, line("1"), by=payers.far)
    with pytest.raises(NotAllowed):
        read(payers, line("1"), by=payers.auditor)
    with pytest.raises(BadInput, match="晚于今天"):
        read(payers, line("1", on=TODAY + timedelta(days=9)))
    with pytest.raises(Refused):
        read(payers)


AMOUNTS = st.sampled_from([-600, -600, -1200, 600, 50, -50])
DAYS = st.integers(0, 9).map(lambda n: date(2018, 8, 1) + timedelta(days=n))
ROWS = st.lists(st.tuples(AMOUNTS, DAYS), max_size=8)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(bank=ROWS, book=st.lists(st.tuples(AMOUNTS, DAYS, st.sampled_from([None, 1, 2])), max_size=8),
       unpaid=st.lists(st.just(600), max_size=2), days=st.integers(0, 9))  # fmt: skip
def test_every_line_and_entry_is_in_exactly_one_pair_and_the_differences_add_up(bank, book, unpaid, days):
    banked = [Banked(n, on, Yuan(fen)) for n, (fen, on) in enumerate(bank)]
    booked = [Booked(n, on, Yuan(fen), batch=batch) for n, (fen, on, batch) in enumerate(book)]
    batches = [Sent(1, date(2018, 8, 3), Yuan(1200), tuple(map(Yuan, unpaid)))]
    found = reconcile(banked, booked, batches, days=days)
    assert sorted(one.id for pair in found.pairs for one in pair.banked) == list(range(len(bank)))
    assert sorted(one.id for pair in found.pairs for one in pair.booked) == list(range(len(book)))
    whole = sum(fen for fen, _ in bank) - sum(fen for fen, _, _ in book)
    assert found.difference == Yuan(whole)
    assert Yuan.total(pair.difference for pair in found.differences) == Yuan(whole)
    agreed = [pair for pair in found.pairs if pair.why in {Why.ONE, Why.BATCH}]
    assert all(not pair.difference for pair in agreed)


def test_the_banks_statement_is_read_with_money_in_positive():
    head = ["交易日期", "借方金额", "贷方金额", "余额", "流水号", "摘要"]
    told = as_csv(
        [["2018-08-20", "600.00", "", "99400.00", "A1", "代发"], ["2018-08-21", "", "50", "", "", ""]], head
    )
    out, into = queries.statement_rows(content=told)
    assert (out.amount, out.balance, out.serial, out.words) == (
        Yuan.of("-600"),
        Yuan.of("99400"),
        "A1",
        "代发",
    )
    assert (into.amount, into.balance) == (Yuan.of("50"), None)
    with pytest.raises(BadInput, match="正好有一个金额"):
        queries.statement_rows(content=as_csv([["2018-08-20", "1", "1", "", "", ""]], head))
