"""A closed year stays as it was; what was wrong in it is corrected in the current one (Appendix D 8)."""

from dataclasses import replace
from datetime import date

import pytest
from tests.conftest import AT
from tests.ledger.worlds import BANK, CITY, DAY, GRANTS, NET, OFFICE, receipt, settle

from niangjia.kernel.errors import NotAllowed, NotVisible, Refused
from niangjia.kernel.models import JournalLine
from niangjia.ledger import actions, queries
from niangjia.ledger.models import Book, BookYear, Entry
from niangjia.ledger.rules import EntryKind

OLD = date(2017, 6, 1)


def close(office, year=2017, by=None):
    return actions.close_year(book_id=office.book.pk, year=year, by=by or office.chair, at=AT)


@pytest.fixture
def closed(office):
    """2017: 1,000.00 received, 600.00 paid, closed."""
    office.receive("1000.00", on=OLD)
    office.paid = office.pay("600.00", on=OLD)
    office.year = close(office)
    settle()
    return office


def test_the_close_stands_in_the_journal(closed):
    (line,) = JournalLine.objects.filter(verb="close_year", object_id=closed.book.pk)
    assert line.after["year"] == 2017


def test_what_was_booked_on_the_last_day_of_a_closed_year_is_an_erratum_too(office):
    received = office.receive("5.00", on=date(2017, 12, 31))
    close(office)
    contra = office.reverse(received, on=DAY)
    settle()
    assert contra.erratum_year == 2017


def test_income_and_expense_are_in_the_surplus_and_the_statement_is_kept(closed):
    standing = {(one.code, str(one.amount)) for one in queries.balances(book_id=closed.book.pk)}
    assert standing == {(BANK, "400.00"), (NET, "-400.00")}
    lines = {line["code"]: line for line in closed.year.statement["lines"]}
    assert (lines[GRANTS]["credit"], lines[OFFICE]["debit"]) == (100_000, 60_000)
    assert lines[BANK]["debit"] == 100_000
    assert closed.year.statement["entries"] == 3
    assert Book.objects.get().closed_through == date(2017, 12, 31)
    assert Entry.objects.get(kind=EntryKind.CLOSE).on == date(2017, 12, 31)


def test_nothing_enters_a_closed_year(closed):
    with pytest.raises(Refused, match="已经结账"):
        closed.receive("1.00", on=date(2017, 12, 31), key="late")
    closed.receive("1.00", on=date(2018, 1, 1), key="new")


def test_a_payment_returned_after_the_close_is_taken_back_today_and_noted_on_the_closed_year(closed):
    with pytest.raises(Refused, match="已经结账"):
        closed.reverse(closed.paid, on=OLD)
    before = closed.year.statement
    contra = closed.reverse(closed.paid, on=DAY)
    settle()
    assert (contra.year, contra.erratum_year) == (2018, 2017)
    assert [entry.pk for entry in queries.errata_of(book_id=closed.book.pk, year=2017)] == [contra.pk]
    assert BookYear.objects.get(year=2017).statement == before
    digest = queries.year_digest(book_id=closed.book.pk, year=2017)
    assert digest == (before["sha256"], before["entries"])
    year = {line.code: line for line in queries.year_lines(book_id=closed.book.pk, year=2018)}
    assert (year[OFFICE].opening, year[OFFICE].credit, year[NET].opening) == (0, 60_000, -40_000)


def test_an_open_year_needs_no_erratum(office):
    office.receive("600.00")
    contra = office.reverse(office.pay("600.00"), on=DAY)
    assert contra.erratum_year is None


def test_a_correction_names_the_year_and_stands_in_this_one(closed):
    draft = receipt("1.00", kind=EntryKind.CORRECTION, reason="少记一笔", erratum_year=2017, key="c")
    entry = closed.post(draft)
    assert [one.pk for one in queries.errata_of(book_id=closed.book.pk, year=2017)] == [entry.pk]


def test_the_year_after_closes_what_came_back(closed):
    closed.reverse(closed.paid, on=DAY)
    actions.close_year(book_id=closed.book.pk, year=2018, by=closed.chair, at=AT.replace(year=2019))
    settle()
    standing = {(one.code, str(one.amount)) for one in queries.balances(book_id=closed.book.pk)}
    assert standing == {(BANK, "1,000.00"), (NET, "-1,000.00")}
    assert [year.year for year in queries.years_of(book_id=closed.book.pk)] == [2018, 2017]


def test_years_are_closed_in_order_when_they_are_over_and_once(office):
    with pytest.raises(Refused, match="没有过完"):
        close(office, 2018)
    with pytest.raises(Refused, match="没有启用"):
        close(office, 2016)
    assert close(office).statement["entries"] == 0
    with pytest.raises(Refused, match="已经结账"):
        close(office)


def test_a_year_waits_for_the_one_before_and_for_its_vouchers(office):
    late = AT.replace(year=2019)
    with pytest.raises(Refused, match="先结 2017"):
        actions.close_year(book_id=office.book.pk, year=2018, by=office.chair, at=late)
    voucher = actions.propose_voucher(
        book_id=office.book.pk, draft=receipt("1.00", on=OLD), by=office.accountant, at=AT
    )
    with pytest.raises(Refused, match="待复核"):
        close(office)
    actions.withdraw_voucher(voucher_id=voucher.pk, version=1, by=office.accountant, at=AT)
    close(office)


def test_only_the_chair_of_the_union_closes_its_years(office):
    for who in (office.accountant, office.second, office.cashier):
        with pytest.raises(NotAllowed):
            close(office, by=who)
    for who in (office.above, office.elsewhere):
        with pytest.raises(NotVisible):
            close(office, by=who)
    assert close(office, by=replace(office.chair, user_id=99)).closed_by == 99


def test_a_closing_entry_is_never_reversed(closed):
    entry = Entry.objects.get(kind=EntryKind.CLOSE)
    with pytest.raises(Refused, match="不能再冲销"):
        closed.reverse(entry)


def test_funds_are_closed_each_for_itself(office):
    office.receive("100.00", on=OLD)
    office.receive("7.00", on=OLD, fund="GH", key="own")
    close(office)
    settle()
    surplus = [one for one in queries.balances(book_id=office.book.pk) if one.code == NET]
    assert [(one.fund_code, str(one.amount)) for one in surplus] == [(CITY, "-100.00"), ("GH", "-7.00")]
