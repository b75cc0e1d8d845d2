"""What the database refuses by itself: to the web role, and to its own owner."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from tests.conftest import AT
from tests.ledger.worlds import BANK, CITY, GRANTS, HELP, NET, Office, at_once, receipt, settle
from tests.network.worlds import zhejiang

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.ledger import actions
from niangjia.ledger.models import BookYear, Entry
from niangjia.recount import queries as recount

REFUSED = [
    "UPDATE ledger_entry SET words = 'x'", "UPDATE ledger_posting SET fen = fen + 1",
    "DELETE FROM ledger_entry", "DELETE FROM ledger_posting", "TRUNCATE ledger_posting",
    "TRUNCATE ledger_entry CASCADE", "UPDATE ledger_balance SET fen = 0", "DELETE FROM ledger_balance",
    "INSERT INTO ledger_balance (book_id, account_id, fund_id, fen, postings) VALUES (1, 1, 1, 5, 1)",
    "INSERT INTO ledger_posting (book_id, entry_id, line, account_id, fund_id, fen) VALUES (1,1,9,1,1,5)",
    "INSERT INTO ledger_entry SELECT * FROM ledger_entry", "UPDATE ledger_bookyear SET last_number = 0",
    "INSERT INTO ledger_bookyear (book_id, year, last_number) SELECT id, 2030, 5 FROM ledger_book",
    "DELETE FROM ledger_bookyear", "UPDATE ledger_account SET by_order = false",
    "UPDATE ledger_account SET klass = 'asset'", "DELETE FROM ledger_account",
    "UPDATE ledger_fund SET restricted = false", "UPDATE ledger_fund SET kind = 'city'",
    "UPDATE ledger_fund SET since = '2000-01-01'", "DELETE FROM ledger_fund", "DELETE FROM ledger_book",
    "UPDATE ledger_book SET opened_on = '2000-01-01'", "UPDATE ledger_book SET memo = true",
    "DELETE FROM ledger_voucher", "UPDATE ledger_voucher SET postings = '[]'",
    "UPDATE ledger_voucher SET made_by = 99",
]  # fmt: skip
"""What the web role may not even try."""
HARD = [
    "UPDATE ledger_entry SET words = 'x'", "UPDATE ledger_posting SET fen = fen + 1",
    "DELETE FROM ledger_entry", "DELETE FROM ledger_posting", "TRUNCATE ledger_posting",
    "TRUNCATE ledger_entry CASCADE", "DELETE FROM ledger_balance", "DELETE FROM ledger_bookyear",
    "DELETE FROM ledger_account", "DELETE FROM ledger_fund", "DELETE FROM ledger_book",
]  # fmt: skip
"""What the triggers refuse even to the owner of the tables."""


def ask(statement, *told, using="default"):
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(statement, told or None)


@pytest.mark.parametrize("statement", REFUSED)
def test_the_web_role_may_not_touch_what_was_entered(office, statement):
    office.receive("600.00")
    actions.propose_voucher(
        book_id=office.book.pk, draft=receipt("1.00", key="v"), by=office.accountant, at=AT
    )
    with pytest.raises(DatabaseError, match="permission denied"):
        ask(statement)


CALL = (
    "SELECT * FROM ledger_enter(%s, %s, '2018-08-20', %s, 'x', %s, %s, %s, %s, %s, NULL, %s, %s, now(), "
    "%s::text[], %s::text[], %s::bigint[], %s::text[], NULL, NULL, NULL, 'post_entry', 'ledger.entry', NULL, "
    "NULL, '')"
)
EVEN = [(BANK, CITY, 500), (GRANTS, CITY, -500)]
PAID = [(HELP, CITY, 5), (BANK, CITY, -5)]


def call(office, lines, *, kind="receipt", order=None, key="k", contra=None, maker=1, checker=2, ranges=":~"):
    """`ledger_enter` as somebody would call it who passes by the actions."""
    accounts, funds, fens = ([line[place] for line in lines] for place in range(3))
    about = ("payments.paymentorder", order) if order else ("", None)
    reason = "x" if kind in {"contra", "correction"} else ""
    told = [office.book.pk, ranges, kind, *about, key, contra, reason, maker, checker]
    with transaction.atomic():
        ask(CALL, *told, accounts, funds, fens, [""] * len(lines))
        settle()


def refusal(office, lines, **more):
    """The constraint that refuses it."""
    with pytest.raises(IntegrityError) as refused:
        call(office, lines, **more)
    return refused.value.__cause__.diag.constraint_name


def test_the_function_enters_what_is_right(office):
    call(office, EVEN)
    assert Entry.objects.get().lines == 2


@pytest.mark.parametrize(
    ("lines", "more", "constraint"),
    [
        ([(BANK, CITY, 500), (GRANTS, CITY, -499)], {}, "ledger_entry_balanced"),
        ([(BANK, CITY, 500), (GRANTS, "GH", -500)], {}, "ledger_entry_balanced"),
        ([(BANK, CITY, 500)], {}, "ledger_entry_two_lines"),
        ([(BANK, CITY, 0), (GRANTS, CITY, 0)], {}, "ledger_posting_not_nought"),
        ([(BANK, CITY, -500), (NET, CITY, 500)], {}, "ledger_restricted_never_negative"),
        ([("999", CITY, 500), (GRANTS, CITY, -500)], {}, "ledger_posting_known"),
        (PAID, {"kind": "transfer"}, "ledger_posting_fits"),
        (PAID, {"kind": "payment"}, "ledger_posting_fits"),
        (EVEN, {"kind": "close"}, "ledger_posting_fits"),
        (EVEN, {"kind": "opening"}, "ledger_posting_fits"),
        (EVEN, {"kind": "gift"}, "ledger_entry_kind"),
        (EVEN, {"maker": 1, "checker": 1}, "ledger_entry_four_eyes"),
        (EVEN, {"checker": None}, "ledger_entry_checked"),
        (PAID, {"kind": "payment", "order": 1, "maker": None}, "ledger_payment_has_both"),
        (EVEN, {"kind": "contra"}, "ledger_entry_contra"),
        (EVEN, {"contra": 1}, "ledger_entry_contra"),
    ],
)
def test_the_function_refuses_what_is_wrong_to_whoever_calls_it(office, lines, more, constraint):
    assert refusal(office, lines, **more) == constraint


def test_the_function_reaches_no_further_than_the_scope_of_the_transaction(office):
    enter_scope(office.elsewhere.scope_for("ledger.keep"))
    with pytest.raises(DatabaseError, match="out of reach"):
        call(office, EVEN)
    enter_scope(EVERYWHERE)
    with pytest.raises(DatabaseError, match="out of reach"):
        call(office, EVEN, ranges="000000:000001")
    with pytest.raises(DatabaseError, match="out of reach"):
        call(office, EVEN, ranges="")


def test_a_contra_entry_is_exact_and_once(office):
    entry = office.receive("5.00")
    back = [(BANK, CITY, -500), (GRANTS, CITY, 500)]
    for lines in (EVEN, [(BANK, CITY, -400), (GRANTS, CITY, 400)], [*back, *back]):
        office.receive("9.00", key="other")
        assert refusal(office, lines, kind="contra", contra=entry.pk) == "ledger_contra_exact"
    call(office, back, kind="contra", contra=entry.pk)
    assert refusal(office, back, kind="contra", contra=entry.pk, key="again") == "ledger_contra_once"
    contra = Entry.objects.get(contra_of=entry)
    assert refusal(office, EVEN, kind="contra", contra=contra.pk, key="twice") == "ledger_contra_exact"
    strange = Office(office.land, side="right").receive("9.00")
    over = [(BANK, CITY, -900), (GRANTS, CITY, 900)]
    assert refusal(office, over, kind="contra", contra=strange.pk, key="s") == "ledger_contra_exact"
    assert refusal(office, over, kind="contra", contra=10**9, key="t") == "ledger_contra_exact"


def test_a_closed_year_stays_closed_and_as_it_was(office):
    actions.close_year(book_id=office.book.pk, year=2017, by=office.chair, at=AT)
    settle()
    for told in ("closed_at = NULL, statement = NULL", "statement = '{}'"):
        with pytest.raises(IntegrityError, match="stays as it is"):
            ask(f"UPDATE ledger_bookyear SET {told}")  # noqa: S608 - words of the test
    assert BookYear.objects.get().closed_at == AT


def test_without_a_scope_nothing_of_the_ledger_is_seen(office):
    office.receive("1.00")
    enter_scope(office.elsewhere.scope_for("ledger.read"))
    with connection.cursor() as cursor:
        for part in ("book", "account", "fund", "bookyear", "entry", "posting", "balance"):
            cursor.execute(f"SELECT count(*) FROM ledger_{part}")  # noqa: S608 - names of our own tables
            assert cursor.fetchone() == (0,), part
    enter_scope(EVERYWHERE)


# The owner

by_owner = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def committed(transactional_db):
    """The office, committed, with one receipt."""

    def make():
        office = Office(zhejiang())
        office.receive("600.00")
        return office

    return at_once(make)


@by_owner
def test_even_the_owner_may_not_change_or_delete_what_was_entered(committed):
    for statement in HARD:
        with pytest.raises(DatabaseError, match=r"append-only|never deleted"):
            ask(statement, using="owner")


ENTRY = (
    "INSERT INTO ledger_entry (book_id, year, number, entered_on, kind, words, lines, about_kind, key, "
    "reason, posted_at) VALUES (%s, 2018, %s, '2018-08-20', 'receipt', 'x', 2, '', %s, '', now())"
)
LINE = (
    "INSERT INTO ledger_posting (book_id, entry_id, line, account_id, fund_id, fen, source) "
    "SELECT f.book_id, e.id, %s, a.id, f.id, %s, '' FROM ledger_fund AS f JOIN ledger_account AS a "
    "ON a.book_id = f.book_id AND a.code = %s JOIN ledger_entry AS e ON e.key = %s WHERE f.id = %s"
)


def put(office, fen, number):
    """An entry with two lines, put in by the owner past the function."""
    with transaction.atomic(using="owner"):
        key = f"direct {number}"
        ask(ENTRY, office.book.pk, number, key, using="owner")
        ask(LINE, 1, 500, BANK, key, office.aid.pk, using="owner")
        ask(LINE, 2, fen, GRANTS, key, office.aid.pk, using="owner")


@by_owner
def test_an_entry_put_in_past_the_function_must_balance_at_commit_too(committed):
    with pytest.raises(IntegrityError, match="does not balance"):
        put(committed, -499, 2)
    with pytest.raises(IntegrityError, match="does not balance"):
        ask(ENTRY, committed.book.pk, 2, "without lines", using="owner")
    put(committed, -500, 3)
    found = {one.what for one in recount.verify().findings}
    assert found == {"numbers have a gap", "balance differs from its recount"}


@by_owner
def test_a_restricted_balance_set_below_nought_is_refused_at_commit(committed):
    with pytest.raises(IntegrityError, match="run short"):
        ask("UPDATE ledger_balance SET fen = -1 WHERE floor", using="owner")


UNCHECKED = """ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_four_eyes;
UPDATE ledger_entry SET made_by = checked_by"""
OTHER_ACCOUNT = """UPDATE ledger_posting SET account_id =
 (SELECT min(id) FROM ledger_account WHERE code = '301') WHERE fen > 0"""
BEHIND = [
    ("UPDATE ledger_posting SET fen = fen + 1 WHERE line = 1", "entry does not balance"),
    ("DELETE FROM ledger_posting WHERE line = 1", "lines are missing or too many"),
    ("UPDATE ledger_posting SET line = line + 1 WHERE line = 2", "lines are missing or too many"),
    ("UPDATE ledger_posting SET account_id = 0", "line does not belong to its entry"),
    ("UPDATE ledger_fund SET since = '2019-01-01'", "line on a day when its fund was not open"),
    ("UPDATE ledger_fund SET until = '2018-01-01'", "line on a day when its fund was not open"),
    ("UPDATE ledger_account SET klass = 'expense', by_order = true",
     "account charged without a payment order"),
    ("DELETE FROM ledger_entry WHERE number = 1", "numbers have a gap"),
    ("UPDATE ledger_bookyear SET last_number = 9 WHERE year = 2018", "numbers have a gap"),
    ("UPDATE ledger_balance SET postings = 9", "balance differs from its recount"),
    ("UPDATE ledger_posting SET fen = -fen", "restricted fund below nought"),
    ("UPDATE ledger_posting SET fen = 2 * fen WHERE entry_id = (SELECT max(id) FROM ledger_entry)",
     "contra entry is not exact"),
    ("UPDATE ledger_entry SET contra_of_id = 0 WHERE kind = 'contra'", "contra entry is not exact"),
    ("UPDATE ledger_book SET memo = true", "other people's money among own money"),
    (UNCHECKED, "maker checked his own entry"),
    ("UPDATE ledger_book SET opened_on = '2019-01-01'", "entry outside the days of its book"),
    ("UPDATE ledger_book SET ended_on = '2018-01-01'", "entry outside the days of its book"),
    ("UPDATE ledger_entry SET words = 'x' WHERE year = 2017", "closed year changed"),
    (OTHER_ACCOUNT, "balance differs from its recount"),
]  # fmt: skip
"""What somebody with every right might do to the tables, and what `verify-ledger` says to it."""


@by_owner
def test_whatever_is_done_behind_its_back_verify_names(committed):
    def more():
        committed.receive("5.00", on=committed.book.opened_on, key="old")
        actions.close_year(book_id=committed.book.pk, year=2017, by=committed.chair, at=AT)
        committed.reverse(committed.pay("7.00"))

    at_once(more)
    before = recount.verify()
    assert before.good
    assert (before.books, before.entries, before.funds, before.years) == (1, 5, 2, 1)
    for statement, what in BEHIND:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            for table in ("entry", "posting", "balance", "account", "fund", "book", "bookyear"):
                cursor.execute(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER")
            cursor.execute(statement)
            found = {one.what for one in recount.verify().findings}
            transaction.set_rollback(True, using="owner")
        assert what in found, statement
    assert recount.verify() == before
