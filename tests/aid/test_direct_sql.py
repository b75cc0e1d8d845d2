"""The web role tries it in plain SQL, past every action: the database refuses (issue 5, must show 2)."""

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.aid.models import AidApplication
from niangjia.aid.rules import APPLICATION, GRANTED, State
from niangjia.kernel.reaching import beyond
from tests.conftest import AT

NO_RIGHT, NOT_NULL = "42501", "23502"
PAST_THE_DOOR = (State.VISITED, State.REVIEWED, State.NOTICED, State.APPROVED, State.PAYING, *GRANTED)


def sql(text, *values):
    """The statement with everything that is asked at commit."""
    with beyond(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(text, *values):
    """Whether the database refuses it: by a rule or for want of rights, never because we wrote it wrongly."""
    try:
        sql(text, *values)
    except DatabaseError as error:
        state = str(getattr(error.__cause__, "sqlstate", ""))
        if state == NO_RIGHT or (state.startswith("23") and state != NOT_NULL):
            return True
        raise
    return False


def force(row, state):
    """Everything that a row of that state has is written along, so that only the way itself is wrong."""
    return refused(
        "UPDATE aid_aidapplication SET state = %s, amount_fen = 300000, decided_at = now(), objected = false,"
        " decided_by = %s, round_id = coalesce(round_id, (SELECT max(id) FROM aid_round)) WHERE id = %s",
        str(state), 999_999, row.pk,
    )  # fmt: skip


def test_no_statement_takes_an_application_past_the_door_without_a_visit(aiders):
    row = aiders.submitted(aiders.family())
    assert [state for state in PAST_THE_DOOR if not force(row, state)] == []


def test_no_statement_skips_a_step_of_the_way(aiders):
    row = aiders.reviewed(aiders.family())
    allowed = {step.target for step in APPLICATION.steps if step.source == row.state}
    open_to_it = {str(state) for state in State if state != row.state and not force(row, state)}
    assert open_to_it <= allowed
    assert not open_to_it & {str(State.APPROVED), str(State.PAYING), *map(str, GRANTED)}


def test_no_statement_approves_before_the_notice_has_run(aiders):
    row = aiders.reviewed(aiders.family())
    aiders.noticed(row)
    assert force(row, State.APPROVED)
    aiders.run_out()
    assert not force(row, State.APPROVED), "and once it has run the same statement is let through"


def test_no_statement_approves_against_an_open_objection(aiders):
    row = aiders.reviewed(aiders.family())
    made = aiders.noticed(row)
    aiders.run_out()
    sql(
        "INSERT INTO notices_objection (notice_id, receipt, words, signed, received_at, outcome, answer)"
        " SELECT id, 'x', '有异议', '', %s, '', '' FROM notices_publicnotice WHERE about_id = %s",
        AT, made.pk,
    )  # fmt: skip
    assert force(row, State.APPROVED)


def test_no_statement_enters_an_application_that_is_granted_already(aiders):
    row = aiders.submitted(aiders.family())
    columns = [
        one.column for one in AidApplication._meta.concrete_fields if one.column not in {"id", "state"}
    ]
    told = ", ".join(columns)
    for state in PAST_THE_DOOR:
        assert refused(
            f"INSERT INTO aid_aidapplication ({told}, state) SELECT {told}, %s"  # noqa: S608 - our own columns
            " FROM aid_aidapplication WHERE id = %s",
            str(state), row.pk,
        )  # fmt: skip


def test_whoever_asked_or_reviewed_is_not_written_in_as_the_one_who_approved(aiders):
    row = aiders.reviewed(aiders.family())
    aiders.noticed(row)
    aiders.run_out()
    for column in ("asked_by", "reviewed_by"):
        assert refused(
            f"UPDATE aid_aidapplication SET state = 'approved', amount_fen = 1, decided_at = now(),"  # noqa: S608
            f" decided_by = {column} WHERE id = %s",
            row.pk,
        )


def test_what_was_granted_stands(aiders):
    row = aiders.approved(aiders.family())
    for change in ("amount_fen = 1", "fund_id = 0", "kind = 'living'", "decided_by = NULL"):
        assert refused(f"UPDATE aid_aidapplication SET {change} WHERE id = %s", row.pk)  # noqa: S608


def order(aiders, row, *, fen=300_000, payee=None):
    """A payment order written by hand for an application."""
    return refused(
        "INSERT INTO payments_paymentorder (unit_id, path, fund_id, payee_id, account_id, amount_fen, method,"
        " expense_code, purpose, about_kind, about_id, state, maker, made_at, reason, version)"
        " SELECT b.unit_id, b.path, f.id, %s, a.id, %s, 'bank', '50301', '助学', 'aid.application', %s,"
        " 'made', %s, now(), '', 1 FROM ledger_fund AS f JOIN ledger_book AS b ON b.id = f.book_id,"
        " payments_bankaccount AS a WHERE f.id = %s AND a.person_id = %s",
        payee or row.payee_id, fen, row.pk, aiders.acc.user_id, aiders.fund.pk, payee or row.payee_id,
    )  # fmt: skip


def test_no_statement_orders_a_payment_that_was_not_granted(aiders):
    row = aiders.reviewed(aiders.family())
    assert order(aiders, row)
    aiders.noticed(row)
    assert order(aiders, row)
    aiders.run_out()
    assert order(aiders, row)
    aiders.approve(row)
    assert order(aiders, row, fen=300_001), "another sum than was granted"
    assert not order(aiders, row), "and once it is granted the same statement is let through"
    assert order(aiders, row), "but not twice"


def test_no_statement_says_paid_before_the_bank_has(aiders):
    row = aiders.approved(aiders.family())
    assert force(row, State.PAID)
    made = aiders.ordered(row)
    assert force(row, State.PAID)
    assert refused("UPDATE payments_paymentorder SET state = 'paid' WHERE id = %s", made.pk)


@pytest.mark.parametrize(
    "table", ["aid_aidapplication", "visits_homevisit", "ledger_entry", "ledger_posting"]
)
def test_nothing_of_it_is_deleted(aiders, table):
    row = aiders.approved(aiders.family())
    aiders.pay(row)
    assert refused(f"DELETE FROM {table}")  # noqa: S608
