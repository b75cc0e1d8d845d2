"""What may be booked, by whom, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.conftest import AT
from tests.ledger.worlds import (
    BANK,
    CITY,
    DAY,
    GRANTS,
    HELP,
    NET,
    OFFICE,
    OPENED,
    OWN,
    Office,
    person,
    receipt,
    settle,
)  # fmt: skip

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.money import Yuan
from niangjia.ledger import actions, queries
from niangjia.ledger.models import Account, Balance, Book, Entry, Fund
from niangjia.ledger.rules import BankRow, EntryDraft, EntryKind, FundKind, PostingDraft


def test_a_book_has_the_accounts_of_policy(office):
    codes = {account.code: account for account in Account.objects.filter(book=office.book)}
    assert codes[HELP].by_order
    assert not codes[BANK].by_order
    assert {codes[BANK].klass, codes[GRANTS].klass, codes[NET].klass} == {"asset", "income", "net"}
    with pytest.raises(Refused, match="已经启用"):
        actions.open_book(unit_id=office.town.pk, opened_on=OPENED, by=office.chair, at=AT)


def test_other_peoples_money_stands_in_a_memo_book_alone(office):
    treasury = actions.FundDraft("CZ", "镇财政垫付", FundKind.EXTERNAL_TREASURY, "欠薪职工路费")
    opened = {"since": OPENED, "by": office.chair, "at": AT}
    with pytest.raises(Refused, match="备查簿"):
        actions.open_fund(book_id=office.book.pk, draft=treasury, **opened)
    memo = actions.open_book(unit_id=office.town.pk, opened_on=OPENED, memo=True, by=office.chair, at=AT)
    dues = actions.FundDraft("GH", "工会经费", FundKind.UNION_DUES, restricted=False)
    with pytest.raises(Refused, match="备查簿"):
        actions.open_fund(book_id=memo.pk, draft=dues, **opened)
    actions.open_fund(book_id=memo.pk, draft=treasury, **opened)
    drafts = receipt("12000.00", fund="CZ", key="m")
    actions.post_entry(book_id=memo.pk, draft=drafts, checked_by=13, by=office.accountant, at=AT)
    scope = office.auditor.scope_for("ledger.read")
    assert [book.pk for book in queries.books_in_scope(scope=scope, memo=False)] == [office.book.pk]
    assert queries.balances(book_id=office.book.pk) == []


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (actions.FundDraft("", "某资金", FundKind.CITY, "某用途"), "code"),
        (actions.FundDraft("X", " ", FundKind.CITY, "某用途"), "name"),
        (actions.FundDraft("X", "某资金", FundKind.CITY), "purpose"),
        (actions.FundDraft(CITY, "某资金", FundKind.CITY, "某用途"), "code"),
    ],
)
def test_a_fund_says_what_it_is_for_and_bears_its_own_code(office, told, field):
    with pytest.raises(Refused) as refused:
        actions.open_fund(book_id=office.book.pk, draft=told, since=OPENED, by=office.chair, at=AT)
    assert refused.value.field == field


def test_a_payment_follows_the_receipt_and_both_are_numbered(office):
    office.receive("20400.00")
    paid = office.pay("600.00")
    settle()
    assert [(entry.year, entry.number) for entry in Entry.objects.order_by("id")] == [(2018, 1), (2018, 2)]
    assert queries.fund_available(fund_id=office.aid.pk) == Yuan.of("19800.00")
    assert (paid.made_by, paid.checked_by, paid.about_id) == (12, 13, 1)
    stored = Entry.objects.get(pk=paid.pk)
    for column in Entry._meta.concrete_fields:
        assert getattr(stored, column.attname) == getattr(paid, column.attname), column.name


def test_each_year_is_numbered_from_one(office):
    days = [date(2017, 12, 31), DAY, date(2018, 1, 1), date(2017, 1, 1)]
    made = [office.receive("1.00", on=day, key=str(day)) for day in days]
    assert [str(entry) for entry in made] == ["2017-1", "2018-1", "2018-2", "2017-2"]


def test_a_restricted_fund_never_runs_short(office):
    office.receive("600.00")
    office.pay("600.00")
    with pytest.raises(Refused, match="余额不足"):
        office.pay("0.01", order=2)
    settle()
    assert Entry.objects.count() == 2
    assert queries.fund_available(fund_id=office.aid.pk) == Yuan(0)


def test_an_unrestricted_fund_may_wait_for_its_money(office):
    office.pay("5.00", fund=office.own)
    settle()
    assert queries.fund_available(fund_id=office.own.pk) == Yuan.of("-5.00")


def test_the_same_order_is_paid_once(office):
    office.receive("1200.00")
    first, again = office.pay("600.00"), office.pay("600.00")
    assert first.pk == again.pk
    with pytest.raises(Refused, match="先前已经入账"):
        office.pay("601.00")
    assert office.pay("600.00", key="payments.paymentorder/1/2").pk != first.pk
    assert JournalLine.objects.filter(verb="post_entry", object_id=first.pk).count() == 1


def test_an_account_by_order_is_charged_by_a_payment_order_alone(office):
    office.receive("600.00")
    lines = (PostingDraft(HELP, CITY, Yuan(5)), PostingDraft(BANK, CITY, Yuan(-5)))
    for kind in (EntryKind.PAYMENT, EntryKind.TRANSFER, EntryKind.RECEIPT):
        with pytest.raises(Refused, match="不符"):
            office.post(EntryDraft(DAY, kind, "直接列支", lines, key="k"))
    told = EntryDraft(DAY, EntryKind.PAYMENT, "凭单列支", lines, key="k", about=(ORDER_KIND, 7))
    with pytest.raises(IntegrityError, match="by an order alone"):
        at_commit(office, told)
    back = tuple(PostingDraft(one.account_code, CITY, -one.amount) for one in lines)
    office.post(EntryDraft(DAY, EntryKind.RECEIPT, "退回多付", back, key="back"))
    settle()


ORDER_KIND = "payments.paymentorder"


def at_commit(office, draft):
    with transaction.atomic():
        office.post(draft)
        settle()


@pytest.mark.parametrize("code", [GRANTS, OFFICE])
def test_an_opening_entry_is_about_what_lasts(office, code):
    lines = (PostingDraft(BANK, OWN, Yuan(5)), PostingDraft(code, OWN, Yuan(-5)))
    with pytest.raises(Refused, match="不符"):
        office.post(EntryDraft(OPENED, EntryKind.OPENING, "期初", lines, key="o"))
    good = (PostingDraft(BANK, OWN, Yuan(5)), PostingDraft(NET, OWN, Yuan(-5)))
    assert office.post(EntryDraft(OPENED, EntryKind.OPENING, "期初", good, key="o")).number == 1


def test_what_is_not_in_the_book_is_refused(office):
    for code, fund in (("999", CITY), (BANK, "ZZ")):
        lines = (PostingDraft(code, fund, Yuan(5)), PostingDraft(GRANTS, fund, Yuan(-5)))
        with pytest.raises(Refused, match="没有这个科目或资金来源"):
            office.post(EntryDraft(DAY, EntryKind.RECEIPT, "收款", lines, key="k"))


def test_words_with_any_sign_stand_as_they_were_written(office):
    words, source = 'a"b\\c{d},NULL', '"\\,{}é NULL'
    entry = office.post(
        EntryDraft(DAY, EntryKind.RECEIPT, words, receipt("1.00", source=source).postings, key='k"\\')
    )
    stored = Entry.objects.get(pk=entry.pk)
    assert (stored.words, stored.key, stored.postings.get(line=1).source) == (words, 'k"\\', source)


def test_nothing_is_booked_before_the_book_was_opened_or_the_fund_began(office):
    with pytest.raises(Refused, match="启用期"):
        office.receive("1.00", on=OPENED - timedelta(days=1))
    warm = actions.FundDraft("SWN", "送温暖", FundKind.WARMTH, "送温暖")
    late = actions.open_fund(book_id=office.book.pk, draft=warm, since=DAY, by=office.chair, at=AT)
    with pytest.raises(Refused, match="不符"):
        office.receive("1.00", fund="SWN", on=DAY - timedelta(days=1))
    office.receive("1.00", fund="SWN", on=DAY)
    with pytest.raises(Refused, match="还有余额"):
        actions.end_fund(fund_id=late.pk, on=DAY + timedelta(days=9), by=office.chair, at=AT)
    paid = office.pay("1.00", fund=late)
    with pytest.raises(BadInput):
        actions.end_fund(fund_id=late.pk, on=DAY, by=office.chair, at=AT)
    actions.end_fund(fund_id=late.pk, on=DAY + timedelta(days=1), by=office.chair, at=AT)
    with pytest.raises(Refused, match="不符"):
        office.receive("1.00", fund="SWN", on=DAY + timedelta(days=1), key="late")
    office.reverse(paid, on=DAY + timedelta(days=5))
    assert str(queries.fund_available(fund_id=late.pk)) == "1.00", "what comes back is not refused"


# Four eyes and scope


def test_nobody_checks_his_own_entry(office):
    with pytest.raises(Refused, match="不能复核自己"):
        office.receive("1.00", checked_by=12)
    with pytest.raises(Refused, match="另一个人复核"):
        office.receive("1.00", checked_by=None)
    office.receive("1.00")
    with pytest.raises(Refused, match="不能复核自己"):
        office.pay("1.00", maker=13)
    assert (
        actions.post_entry(
            book_id=office.book.pk, draft=receipt("1.00", key="s"), checked_by=None, by=SYSTEM, at=AT
        ).made_by
        is None
    )


@pytest.mark.parametrize("name", ["cashier", "auditor", "above"])
def test_who_does_not_keep_the_books_may_not_post(office, name):
    with pytest.raises(NotAllowed):
        office.receive("1.00", by=getattr(office, name))
    assert not Entry.objects.exists()


def test_a_book_out_of_reach_does_not_exist(office):
    with pytest.raises(NotVisible):
        office.receive("1.00", by=office.elsewhere)
    with pytest.raises(NotVisible):
        office.post(receipt("1.00"), by=person(Role.ACC, office.county, 90))
    office.receive("1.00")
    with pytest.raises(NotVisible):
        office.pay("1.00", by=person(Role.CSH, office.land["right_town"], 91))
    with pytest.raises(NotAllowed):
        office.pay("1.00", by=office.accountant)
    with pytest.raises(NotVisible):
        actions.open_book(unit_id=office.land["right_town"].pk, opened_on=OPENED, by=office.chair, at=AT)
    assert Entry.objects.count() == 1


def test_the_audit_committee_reads_all_and_a_stranger_nothing(office):
    entry = office.receive("1.00")
    for who, seen in ((office.auditor, 1), (office.above, 1), (office.cashier, 1), (office.elsewhere, 0)):
        scope = who.scope_for("ledger.read")
        assert queries.entries_in_scope(scope=scope).count() == seen
        assert queries.funds_in_scope(scope=scope).count() == 2 * seen
    with pytest.raises(NotVisible):
        queries.entry_in_scope(entry_id=entry.pk, scope=office.elsewhere.scope_for("ledger.read"))


def test_entries_are_found_by_book_year_kind_day_and_business(office):
    office.receive("700.00", on=date(2017, 5, 1), key="old")
    paid = office.pay("600.00")
    scope = office.auditor.scope_for("ledger.read")

    def found(**asked):
        return [entry.pk for entry in queries.entries_in_scope(scope=scope, **asked)]

    everything = found(book_id=office.book.pk)
    assert len(everything) == 2
    assert found(year=2018) == found(kind="payment") == found(about=(ORDER_KIND, 1)) == [paid.pk]
    assert found(since=DAY) == found(since=DAY, until=DAY + timedelta(days=1)) == [paid.pk]
    assert found(until=DAY) == [everything[1]]
    assert found(book_id=office.book.pk + 1) == []


# Reversal


def test_a_reversal_is_exact_and_once(office):
    office.receive("600.00")
    paid = office.pay("600.00")
    contra = office.reverse(paid)
    assert office.reverse(paid).pk == contra.pk
    settle()
    assert queries.fund_available(fund_id=office.aid.pk) == Yuan.of("600.00")
    assert Balance.objects.get(account__code=OFFICE).fen == 0
    assert (contra.contra_of_id, contra.about_id, contra.reason) == (paid.pk, 1, "户名不符退回")
    assert JournalLine.objects.filter(verb="reverse_entry", object_id=contra.pk).count() == 1
    with pytest.raises(Refused, match="不能再冲销"):
        office.reverse(contra)


def test_a_reversal_needs_a_reason_a_day_and_another_person(office):
    received = office.receive("600.00")
    paid = office.pay("600.00")
    with pytest.raises(BadInput) as refused:
        office.reverse(paid, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(BadInput) as refused:
        office.reverse(paid, on=DAY - timedelta(days=1))
    assert refused.value.field == "on"
    with pytest.raises(Refused, match="制单人以外"):
        office.reverse(paid, by=office.accountant)
    with pytest.raises(Refused, match="制单人以外"):
        office.reverse(paid, checked_by=13)
    with pytest.raises(NotAllowed):
        office.reverse(received, by=office.cashier)
    with pytest.raises(NotAllowed):
        office.reverse(paid, by=office.auditor)
    assert office.reverse(paid, by=office.cashier).made_by == 14
    assert office.reverse(received, by=office.accountant, checked_by=13).checked_by == 13


def test_a_receipt_that_is_spent_cannot_be_taken_back(office):
    received = office.receive("600.00")
    office.pay("600.00")
    with pytest.raises(Refused, match="余额不足"):
        office.reverse(received)


# Batches


def test_a_batch_stands_whole_or_not_at_all(office):
    drafts = [receipt("1.00", key=f"k{n}", on=DAY - timedelta(days=300 * (n % 2))) for n in range(9)]
    made = actions.post_many(
        book_id=office.book.pk, drafts=drafts, checked_by=13, by=office.accountant, at=AT
    )
    settle()
    assert list(made.ids) == sorted(made.ids)
    assert list(made.numbers) == [1, 1, 2, 2, 3, 3, 4, 4, 5]
    stored = Entry.objects.order_by("id")
    assert [entry.key for entry in stored] == [f"k{n}" for n in range(9)]
    assert queries.fund_available(fund_id=office.aid.pk) == Yuan.of("9.00")
    assert JournalLine.objects.filter(verb="post_entries").count() == 1
    for bad in (
        [receipt("1.00", key="new"), drafts[0]],
        [receipt("1.00", key="x"), receipt("2.00", key="x")],
        [],
    ):
        with pytest.raises(Refused):
            actions.post_many(book_id=office.book.pk, drafts=bad, checked_by=13, by=office.accountant, at=AT)
    assert Entry.objects.count() == 9


def test_a_batch_asks_the_same_of_every_entry(office):
    lines = receipt("1.00").postings
    charged = (PostingDraft(HELP, CITY, Yuan(5)), PostingDraft(BANK, CITY, Yuan(-5)))
    bad = [
        EntryDraft(DAY, EntryKind.RECEIPT, " ", lines, key="b"),
        EntryDraft(DAY, EntryKind.RECEIPT, "直接列支", charged, key="b"),
        EntryDraft(OPENED - timedelta(days=1), EntryKind.RECEIPT, "早", lines, key="b"),
        EntryDraft(DAY, EntryKind.RECEIPT, "别的科目", [PostingDraft("9", CITY, Yuan(1)), lines[1]], key="b"),
        receipt("-1.01", key="b"),
    ]
    for one in bad:
        with pytest.raises(Refused):
            actions.post_many(
                book_id=office.book.pk, drafts=[receipt("1.00", key="a"), one], checked_by=13,
                by=office.accountant, at=AT,
            )  # fmt: skip
    with pytest.raises(Refused, match="另一个人复核"):
        actions.post_many(
            book_id=office.book.pk, drafts=[receipt("1.00")], checked_by=None, by=office.accountant, at=AT
        )
    for who in (office.elsewhere, office.cashier):
        with pytest.raises((NotVisible, NotAllowed)):
            actions.post_many(book_id=office.book.pk, drafts=[receipt("1.00")], checked_by=1, by=who, at=AT)
    assert not Entry.objects.exists()


# Reads


def test_the_trial_balance_is_nought_on_every_day_and_today(office):
    office.receive("600.00", on=date(2018, 3, 1))
    office.pay("250.00", on=date(2018, 5, 1))
    for day in (None, date(2018, 2, 28), date(2018, 3, 1), date(2018, 5, 1)):
        standing = queries.balances(book_id=office.book.pk, day=day)
        assert Yuan.total(one.amount for one in standing) == Yuan(0)
    march = queries.balances(book_id=office.book.pk, day=date(2018, 4, 30))
    assert [(one.code, one.fund_code, str(one.amount)) for one in march] == [
        (BANK, CITY, "600.00"), (GRANTS, CITY, "-600.00"),
    ]  # fmt: skip
    assert queries.balances(book_id=office.book.pk) == queries.balances(book_id=office.book.pk, day=DAY)


def test_a_statement_runs_from_what_stood_to_what_stands(office):
    office.receive("600.00", on=date(2018, 3, 1))
    office.receive("5.00", fund=OWN, on=date(2018, 4, 1), key="own")
    office.pay("250.00", on=date(2018, 5, 1))
    told = {"book_id": office.book.pk, "account_code": BANK, "until": DAY}
    whole = queries.statement(since=date(2018, 4, 1), **told)
    assert (str(whole.opening), str(whole.closing)) == ("600.00", "355.00")
    assert [str(row.balance) for row in whole.rows] == ["605.00", "355.00"]
    aid = queries.statement(since=date(2018, 4, 2), fund_id=office.aid.pk, **told)
    assert [str(row.amount) for row in aid.rows] == ["-250.00"]
    assert str(aid.closing) == "350.00"


def test_the_bank_statement_beside_the_book_tells_what_only_one_of_them_knows(office):
    office.receive("600.00")
    paid = office.pay("250.00")
    bank = [BankRow(DAY, Yuan.of("600.00")), BankRow(DAY, Yuan.of("-250.00"))]
    told = {"book_id": office.book.pk, "account_code": BANK, "since": DAY, "until": DAY}
    assert queries.reconciled(bank=bank, **told).agrees
    office.reverse(paid)
    assert [str(row.amount) for row in queries.reconciled(bank=bank, **told).only_book] == ["250.00"]
    bounced = [*bank, BankRow(DAY, Yuan.of("250.00"), "退汇")]
    assert queries.reconciled(bank=bounced, **told).agrees


def test_two_unions_keep_two_books(office):
    other = Office(office.land, side="right")
    office.receive("1.00")
    other.receive("2.00")
    assert [str(queries.fund_available(fund_id=one.aid.pk)) for one in (office, other)] == ["1.00", "2.00"]
    assert Book.objects.count() == 2
    assert Fund.objects.count() == 4
    settle()
