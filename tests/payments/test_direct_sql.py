"""The web role in plain SQL, with every row in sight: money moves by the rules alone (R-AID-01, 11, 13).

Each attempt stands beside the same statement where it is allowed, so that none is refused for another reason.
"""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.kernel.warranting import SIGNATURE
from niangjia.payments.rules import PAYMENT, State
from tests.payments import matters
from tests.payments.worlds import SHARE

COLUMNS = (
    "unit_id, path, fund_id, payee_id, account_id, amount_fen, method, expense_code, purpose, about_kind,"
    " about_id, state, maker, made_at, checker, checked_at, sender, sent_at, reason, version"
)


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def refused(name):
    """The database refuses by this constraint, at once or where the transaction would be committed."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():  # noqa: PT012 - whatever is tried inside
        yield
        run("SET CONSTRAINTS ALL IMMEDIATE")
    diag = error.value.__cause__.diag
    assert name in {diag.constraint_name, error.value.__cause__.sqlstate}, error.value


def insert(payers, someone, **more):
    """An order by hand, as the web role could write it."""
    account = run("SELECT id FROM payments_bankaccount WHERE person_id = %s", someone.pk)[0][0]
    told = {
        "unit_id": payers.county.pk, "path": "", "fund_id": payers.fund.pk, "payee_id": someone.pk,
        "account_id": account, "amount_fen": SHARE.fen, "method": "bank", "expense_code": "50301",
        "purpose": "助学", "about_kind": matters.KIND, "about_id": 501, "state": "made",
        "maker": payers.accountant.user_id, "made_at": "2018-08-20", "checker": None, "checked_at": None,
        "sender": None, "sent_at": None, "reason": "", "version": 1,
    } | more  # fmt: skip
    marks = ", ".join(["%s"] * len(told))
    sql = f"INSERT INTO payments_paymentorder ({COLUMNS}) VALUES ({marks}) RETURNING id"  # noqa: S608 - our words
    return run(sql, *told.values())[0][0]


def update(order, **columns):
    sets = ", ".join(f"{name} = %s" for name in columns)
    sql = f"UPDATE payments_paymentorder SET {sets} WHERE id = %s"  # noqa: S608 - our words
    run(sql, *columns.values(), getattr(order, "pk", order))


def attempt(order_id, number):
    run("INSERT INTO payments_transfer (order_id, attempt, amount_fen, sent_at, outcome, reason, witness_one,"
        " witness_two) VALUES (%s, %s, %s, now(), '', '', 1, 2)", order_id, number, SHARE.fen)  # fmt: skip


@pytest.fixture
def someone(payers):
    person = payers.person("林晓梅")
    matters.matter(501, payee=person.pk, fen=SHARE.fen)
    return person


def test_an_order_by_hand_needs_the_warrant_like_any_other(payers, someone, committed):
    matters.matter(502, payee=someone.pk, fen=SHARE.fen, approved=False)
    with refused("payment_warrant"):
        insert(payers, someone, about_id=502)
    with refused("payment_warrant"):
        insert(payers, someone, about_id=99_999)
    with refused("payment_warrant_unknown"):
        insert(payers, someone, about_kind="made.up")
    with refused("payment_warrant"):
        insert(payers, someone, amount_fen=SHARE.fen + 1)
    assert insert(payers, someone)
    committed()


@pytest.mark.parametrize("state", sorted(set(State) - {State.MADE}))
def test_no_order_begins_anywhere_but_where_it_is_made(payers, someone, state):
    told = {"checker": payers.second.user_id, "checked_at": "2018-08-20", "sender": payers.cashier.user_id}
    with refused("payment_order_steps"):
        insert(payers, someone, state=state, **told, sent_at="2018-08-20")


def test_every_step_that_the_workflow_does_not_know_is_refused(payers, someone):
    """All pairs of states, tried one by one: the database lets pass exactly the table of the rules."""
    let_pass, others = set(), set()
    for target in State:
        for source in State:
            try:
                with transaction.atomic():
                    order = reached(payers, someone, source)
                    update(order, state=target, **hands(payers, target))
                    let_pass.add((source, target))
                    transaction.set_rollback(True)
            except DatabaseError as error:
                others.add(error.__cause__.diag.constraint_name)
    told = {(step.source, step.target) for step in PAYMENT.steps}
    assert let_pass == told | {(state, state) for state in State}
    assert others == {"payment_order_steps"}


def reached(payers, someone, state):
    """An order in a state, the way by hand."""
    order = insert(payers, someone)
    for one in WAYS[state]:
        update(order, state=one, **hands(payers, one))
    return order


def hands(payers, state):
    """Whoever takes the step to a state."""
    if state == State.CHECKED:
        return {"checker": payers.second.user_id, "checked_at": "2018-08-20"}
    if state == State.SENT:
        return {"sender": payers.cashier.user_id, "sent_at": "2018-08-20"}
    if state == State.REFUNDED:
        return {"refund_asked_by": payers.accountant.user_id, "refunded_by": payers.cashier.user_id}
    return (
        {"checker": None, "checked_at": None, "sender": None, "sent_at": None} if state == State.MADE else {}
    )


WAYS = {
    State.MADE: (), State.CHECKED: ("checked",), State.SENT: ("checked", "sent"),
    State.PAID: ("checked", "sent", "paid"), State.FAILED: ("failed",), State.CANCELLED: ("cancelled",),
    State.REFUNDED: ("checked", "sent", "paid", "refunded"),
}  # fmt: skip


def test_a_step_by_hand_needs_its_warrant_too(payers, someone):
    order = payers.order(someone, about=(matters.KIND, 501))
    matters.matter(501, payee=someone.pk, fen=SHARE.fen, approved=False)
    with refused("payment_warrant"):
        update(order, state="checked", checker=payers.second.user_id, checked_at="2018-08-20")
    matters.matter(501, payee=someone.pk, fen=SHARE.fen)
    update(order, state="checked", checker=payers.second.user_id, checked_at="2018-08-20")


def test_one_account_cannot_stand_for_two_hands(payers, someone):
    order = payers.order(someone, about=(matters.KIND, 501))
    with refused("payment_order_four_eyes"):
        update(order, state="checked", checker=order.maker, checked_at="2018-08-20")
    payers.check(order)
    for sender in (order.maker, payers.second.user_id):
        with refused("payment_order_four_eyes"):
            update(order, state="sent", sender=sender, sent_at="2018-08-20")


def test_no_hand_is_the_payees(payers, someone):
    run("UPDATE accounts_user SET person_id = %s WHERE id = %s", someone.pk, payers.second.user_id)
    with refused("payment_order_recused"):
        insert(payers, someone, maker=payers.second.user_id)
    order = payers.order(someone, about=(matters.KIND, 501))
    with refused("payment_order_recused"):
        update(order, state="checked", checker=payers.second.user_id, checked_at="2018-08-20")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount_fen", 70_000), ("payee_id", "other"), ("account_id", "other account"),
        ("fund_id", "other fund"),
        ("expense_code", "502"), ("purpose", "别的"), ("about_id", 777), ("method", "cash"), ("maker", 12345),
    ],
)  # fmt: skip
def test_what_is_paid_to_whom_for_what_never_changes(payers, someone, column, value):
    other = payers.person("王建国")
    others = {
        "other": other.pk,
        "other account": run("SELECT id FROM payments_bankaccount WHERE person_id = %s", other.pk)[0][0],
        "other fund": payers.open_fund("Z02", "省级资金", holds="1000").pk,
    }
    order = payers.order(someone, about=(matters.KIND, 501))
    with refused("payment_order_frozen"):
        update(order, **{column: others.get(value, value)})


def test_the_money_goes_to_the_payees_own_account_and_from_the_unions_own_fund(payers, someone):
    other = payers.person("王建国")
    account = run("SELECT id FROM payments_bankaccount WHERE person_id = %s", other.pk)[0][0]
    with refused("payment_order_account"):
        insert(payers, someone, account_id=account)
    with refused("payment_order_fund"):
        insert(payers, someone, unit_id=payers.land["left_town"].pk)
    payers.account(someone, number="6228480000000000018")
    with refused("payment_order_account"):
        insert(payers, someone)


def test_a_state_without_its_attempt_is_refused_at_commit(payers, someone, committed):
    (order,), _batch = payers.sent(someone, about=(matters.KIND, 501))
    committed()
    with refused("payment_order_whole"):
        update(order, state="paid", paid_on="2018-08-20")
    with refused("payment_order_whole"):
        other = payers.person("陈一")
        attempt(insert(payers, other, about_id=payers.approve(other)), 1)


def test_an_order_under_way_has_one_attempt(payers, someone):
    (order,), _batch = payers.sent(someone, about=(matters.KIND, 501))
    with refused("transfer_pays_once"):
        attempt(order.pk, 2)


def test_an_attempt_is_never_rewritten_and_comes_to_one_end(payers, someone):
    (order,), batch = payers.sent(someone, about=(matters.KIND, 501))
    line = "UPDATE payments_transfer SET {} WHERE order_id = %s"
    for change in ("amount_fen = 1", "line = 7", "attempt = 5", "account_id = NULL"):
        with refused("payment_transfer_frozen"):
            run(line.format(change), order.pk)
    with refused("payment_transfer_steps"):
        run(line.format("outcome = 'returned'"), order.pk)
    payers.answer(batch, {1: False})
    for outcome in ("", "paid", "returned"):
        with refused("payment_transfer_steps"):
            run(line.format("outcome = %s"), outcome, order.pk)


def test_paid_without_a_booking_is_refused(payers, someone):
    (order,), _batch = payers.sent(someone, about=(matters.KIND, 501))
    with refused("transfer_paid_has_entry"):
        run(
            "UPDATE payments_transfer SET outcome = 'paid', paid_on = '2018-08-20' WHERE order_id = %s",
            order.pk,
        )


ORDERS = "payments.payment_order"


def enter(payers, *, about_kind=ORDERS, about_id=None, kind="payment", fen=SHARE.fen, fund=None,
          account="50301", contra=None, key="by hand"):  # fmt: skip
    """An entry by the one function that the web role may call, with a maker and a checker of its choice."""
    code = run("SELECT code FROM ledger_fund WHERE id = %s", fund or payers.fund.pk)[0][0]
    return run(
        "SELECT entry FROM ledger_enter(%s, ':~', '2018-08-20', %s, '助学', %s, %s, %s, %s, %s, NULL, 7, 8,"
        " now(), %s::text[], %s::text[], %s::bigint[], ARRAY['', ''], NULL, NULL, NULL, 'by_hand',"
        " 'ledger.entry', NULL, NULL, '')",
        payers.book.pk, kind, about_kind, about_id, key, contra, "退回" if contra else "",
        [account, "102"], [code, code], [fen, -fen],
    )[0][0]  # fmt: skip


def test_an_expense_by_order_is_spent_by_an_order_alone(payers, someone):
    (order,), _batch = payers.sent(someone, about=(matters.KIND, 501))
    for about in (("payments.payment_order", order.pk), ("payments.payment_order", 10**9), ("other.kind", 1)):
        with refused("payment_entry_ordered"):
            enter(payers, about_kind=about[0], about_id=about[1])
    assert enter(payers, about_kind="", about_id=None, account="504"), "other expenses go their own way"
    run("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "wrong", [{"fen": SHARE.fen + 1}, {"fen": SHARE.fen - 1}, {"account": "50302"}, {"fund": "other"}]
)
def test_what_is_booked_is_what_was_ordered(payers, someone, wrong):
    (order,), _batch = payers.sent(someone, about=(matters.KIND, 501))
    fund = payers.open_fund("Z02", "省级资金", holds="1000").pk
    with refused("payment_order_booked"):
        entry = enter(payers, about_id=order.pk, **wrong | ({"fund": fund} if "fund" in wrong else {}))
        pay_by_hand(order, entry)
    pay_by_hand(order, enter(payers, about_id=order.pk, key="right"))
    run("SET CONSTRAINTS ALL IMMEDIATE")


def pay_by_hand(order, entry):
    run("UPDATE payments_transfer SET outcome = 'paid', paid_on = '2018-08-20', entry_id = %s"
        " WHERE order_id = %s AND outcome = ''", entry, order.pk)  # fmt: skip
    update(order, state="paid", paid_on="2018-08-20")


def test_a_payment_is_booked_once(payers, someone, committed):
    (order,) = payers.paid(someone, about=(matters.KIND, 501))
    committed()
    with refused("payment_entry_ordered"):
        enter(payers, about_id=order.pk)


def test_no_booked_payment_is_taken_back_behind_its_order(payers, someone, committed):
    (order,) = payers.paid(someone, about=(matters.KIND, 501))
    committed()
    entry = run("SELECT entry_id FROM payments_transfer WHERE order_id = %s", order.pk)[0][0]
    with refused("payment_order_booked"):
        enter(payers, about_id=order.pk, kind="contra", contra=entry, fen=-SHARE.fen)


def test_a_restricted_fund_promises_no_more_than_it_holds(payers, someone):
    small = payers.open_fund("Z02", "省级资金", holds="900")
    insert(payers, someone, fund_id=small.pk)
    other = payers.person("王建国")
    about = payers.approve(other)
    with refused("payment_fund_reserved"):
        insert(payers, other, fund_id=small.pk, about_id=about)
    with refused("payment_fund_reserved"):
        enter(payers, about_kind="", about_id=None, account="504", fund=small.pk, fen=40_000)
    assert enter(payers, about_kind="", about_id=None, account="504", fund=small.pk, fen=30_000)
    run("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO payments_warrant (kind, function) VALUES ('made.up', 'warrant_test_matter')",
        "UPDATE payments_warrant SET function = 'pg_typeof'",
        "DELETE FROM payments_warrant",
        "DELETE FROM payments_paymentorder",
        "DELETE FROM payments_transfer",
        "DELETE FROM payments_paymentbatch",
        "DELETE FROM payments_bankaccount",
        "UPDATE payments_paymentbatch SET total_fen = 1",
        "UPDATE payments_resultreading SET counts = '{}'",
        "TRUNCATE payments_paymentorder CASCADE",
        "ALTER TABLE payments_paymentorder DISABLE TRIGGER USER",
        "DROP TRIGGER payments_order_warranted ON payments_paymentorder",
        f"CREATE OR REPLACE FUNCTION warrant_test_matter({SIGNATURE}) RETURNS text LANGUAGE sql AS 'SELECT'",
        "SELECT warrant_test_matter(1, 1, 1, 1)",
        "SET session_replication_role = replica",
    ],
)
def test_the_web_role_cannot_set_the_rules_aside(payers, someone, sql):
    payers.order(someone, about=(matters.KIND, 501))
    with refused("42501"):
        run(sql)


def test_an_account_is_ended_never_rewritten(payers, someone):
    change = "UPDATE payments_bankaccount SET {} WHERE person_id = %s"
    for told in ("tail = '9999'", "sealed = '\\x01'", "person_id = person_id + 1", "holder = '别人'"):
        with refused("payment_account_frozen"):
            run(change.format(told), someone.pk)
    run(change.format("ended_at = now()"), someone.pk)
    with refused("payment_account_frozen"):
        run(change.format("ended_at = NULL"), someone.pk)
