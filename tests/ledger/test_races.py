"""Two at the same moment: money is spent once, numbers have no gap; controls show that the races are real."""

from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections
from tests.conftest import AT
from tests.founding.test_races import at_once as all_at_once
from tests.ledger.worlds import BANK, CITY, OFFICE, Office, at_once, receipt
from tests.network.test_races import together
from tests.network.worlds import zhejiang

from niangjia.kernel.money import Yuan
from niangjia.ledger import actions, queries
from niangjia.ledger.models import Entry
from niangjia.recount import queries as recount

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
CALL = (
    "SELECT entry FROM ledger_enter(%s, ':~', '2018-08-20', 'payment', 'x', 'payments.paymentorder', %s, %s, "
    "NULL, '', NULL, 1, 2, now(), %s::text[], %s::text[], %s::bigint[], '{\"\",\"\"}', NULL, NULL, NULL, "
    "'post_entry', 'ledger.entry', NULL, NULL, '')"
)
GUARDS = ("ledger_balance_floor", "payments_fund_reserved")
HOLD = "PERFORM pg_advisory_xact_lock(hashtextextended('ledger_book', of_book));"


@pytest.fixture
def office():
    def make():
        made = Office(zhejiang())
        made.receive("600.00")
        return made

    return at_once(make)


def by_owner(statement):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def held(office):
    return at_once(lambda: queries.fund_available(fund_id=office.aid.pk))


def test_two_payments_at_once_never_overdraw_a_restricted_fund(office):
    for turn in range(4):
        told = all_at_once(*[lambda n=10 * turn + n: office.pay("400.00", order=n) for n in range(2)])
        assert sorted(word == "done" for word in told) == [False, turn == 0]
        assert any("余额不足" in word for word in told)
    assert str(held(office)) == "200.00"
    assert recount.verify().good


def test_the_control_without_the_check_at_commit_the_same_two_overdraw(office):
    """Each looks, sees enough, and pays: what any program does that does not ask the database."""
    seen = Barrier(2)

    def pay(order):
        def act():
            assert queries.fund_available(fund_id=office.aid.pk) >= Yuan(40_000)
            seen.wait(10)
            with connection.cursor() as cursor:
                lines = ([OFFICE, BANK], [CITY, CITY], [40_000, -40_000])
                cursor.execute(CALL, [office.book.pk, order, f"naive {order}", *lines])

        return lambda: at_once(act)

    for guard in GUARDS:
        by_owner(f"ALTER TABLE ledger_balance DISABLE TRIGGER {guard}")
    try:
        errors = together(pay(1), pay(2))
    finally:
        for guard in GUARDS:
            by_owner(f"ALTER TABLE ledger_balance ENABLE TRIGGER {guard}")
    assert errors == []
    assert str(held(office)) == "-200.00"
    assert {one.what for one in recount.verify().findings} == {"restricted fund below nought"}


def test_many_who_post_at_once_leave_no_gap(office):
    def post(n):
        for k in range(3):
            at_once(lambda key=f"{n}/{k}": office.receive("1.00", key=key, fund="GH"))

    errors = together(*[lambda n=n: post(n) for n in range(4)])
    assert errors == []
    numbers = at_once(lambda: list(Entry.objects.order_by("id").values_list("number", flat=True)))
    assert numbers == list(range(1, 14)), "the later row has the later number"
    assert recount.verify().good


def test_the_control_without_holding_the_book_numbers_collide(office):
    body = definition("ledger_enter")
    assert HOLD in body
    start = Barrier(2)

    def post(n):
        def act():
            start.wait(10)
            office.receive("1.00", key=f"n{n}", fund="GH")
            start.wait(10)

        return lambda: at_once(act)

    by_owner(body.replace(HOLD, ""))
    try:
        errors = together(post(1), post(2))
    finally:
        by_owner(body)
    assert errors, "one of the two numbers was given twice"
    assert any(isinstance(error, IntegrityError) or "Barrier" in type(error).__name__ for error in errors)


def definition(name):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [name])
        return cursor.fetchone()[0]


def test_the_same_order_paid_twice_at_once_is_one_entry(office):
    told = all_at_once(*[lambda: office.pay("100.00", order=7) for _ in range(4)])
    assert told == ["done"] * 4
    assert str(held(office)) == "500.00"


def test_a_payment_reversed_twice_at_once_comes_back_once(office):
    paid = at_once(lambda: office.pay("100.00"))
    told = all_at_once(*[lambda: office.reverse(paid) for _ in range(4)])
    assert told == ["done"] * 4
    assert str(held(office)) == "600.00"
    assert at_once(lambda: Entry.objects.filter(contra_of=paid).count()) == 1


def test_a_batch_and_a_single_payment_at_once_keep_the_fund_whole(office):
    drafts = [receipt("1.00", key=f"b{n}") for n in range(200)]

    def batch():
        actions.post_many(book_id=office.book.pk, drafts=drafts, checked_by=13, by=office.accountant, at=AT)

    told = all_at_once(batch, lambda: office.pay("700.00"), lambda: office.pay("90.00", order=2))
    assert told.count("done") >= 2
    assert held(office).fen >= 0
    assert recount.verify().good
