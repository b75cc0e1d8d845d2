"""A union ends: its balance goes to the heir's book, its book ends, and a restructure waits for that."""

from datetime import date

import pytest
from tests.conftest import AT
from tests.ledger.worlds import BANK, CITY, DAY, NET, Office, person, receipt, settle

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.errors import BadInput, NotVisible, Refused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.money import Yuan
from niangjia.ledger import actions, queries
from niangjia.ledger.models import Account, Book, Fund
from niangjia.ledger.rules import EntryDraft, EntryKind, FundKind, PostingDraft
from niangjia.restructuring.actions.money import MONEY
from niangjia.restructuring.rules import Kind, Plan


@pytest.fixture
def pair(office):
    office.heir = Office(office.land, side="right")
    office.city = person(Role.MUN, office.land["city"], 60)
    return office


def hand(pair, **more):
    told = {
        "book_id": pair.book.pk, "heir_book_id": pair.heir.book.pk, "on": DAY, "words": "审计报告〔2018〕1号",
        "checked_by": 61, "by": pair.city, "at": AT,
    } | more  # fmt: skip
    return actions.transfer_balance(**told)


def plan(pair):
    return Plan(1, Kind.MERGE, DAY, (pair.town.pk,), pair.heir.town.pk, ends=(pair.town.pk,))


def test_everything_that_stands_goes_over_fund_by_fund(pair):
    pair.receive("500.00")
    pair.pay("120.00")
    pair.receive("7.00", fund="GH", key="own")
    before = pair.heir.receive("1.00")
    gone, come = hand(pair)
    settle()
    assert queries.balances_of(book_id=pair.book.pk) == []
    assert (come.about_kind, come.about_id, gone.words) == ("ledger.entry", gone.pk, "审计报告〔2018〕1号")
    there = {
        (one.code, one.fund_code): str(one.amount) for one in queries.balances(book_id=pair.heir.book.pk)
    }
    assert there[(BANK, CITY)] == "381.00"
    assert (there[(BANK, "GH")], there[(NET, "GH")]) == ("7.00", "-7.00")
    assert there[(NET, CITY)] == "-380.00"
    assert before.pk < come.pk


def test_an_account_the_heir_does_not_have_is_opened_there(pair):
    Account.objects.create(book=pair.book, code="10299", name="定期存款", klass="asset")
    lines = (PostingDraft("10299", CITY, Yuan(900)), PostingDraft("403", CITY, Yuan(-900)))
    pair.post(EntryDraft(DAY, EntryKind.RECEIPT, "存入定期", lines, key="fixed"))
    hand(pair)
    settle()
    account = Account.objects.get(book=pair.heir.book, code="10299")
    assert (account.name, account.klass) == ("定期存款", "asset")
    there = {one.code: one.amount.fen for one in queries.balances(book_id=pair.heir.book.pk)}
    assert there["10299"] == 900


def test_the_end_of_a_book_and_its_return_stand_in_the_journal(pair):
    ended = actions.end_books(unit_ids=[pair.town.pk], on=DAY, by=SYSTEM, at=AT)
    actions.reopen_books(book_ids=ended, by=SYSTEM, at=AT)
    told = JournalLine.objects.filter(verb__in=("end_book", "reopen_book")).order_by("id")
    assert [(one.verb, one.object_id) for one in told] == [
        ("end_book", pair.book.pk), ("reopen_book", pair.book.pk),
    ]  # fmt: skip


def test_the_statistics_of_the_union_that_ended_stay(pair):
    pair.receive("500.00")
    pair.pay("120.00")
    hand(pair)
    lines = {line.code: line for line in queries.year_lines(book_id=pair.book.pk, year=2018)}
    assert (lines["403"].credit, lines["505"].debit) == (50_000, 12_000)


def test_a_fund_the_heir_does_not_have_keeps_its_purpose(pair):
    draft = actions.FundDraft("AXJK", "张某之子捐款", FundKind.DONATION, "救治张某之子")
    actions.open_fund(book_id=pair.book.pk, draft=draft, since=DAY, by=pair.chair, at=AT)
    pair.receive("900.00", fund="AXJK", code="40801")
    Account.objects.create(book=pair.book, code="199", name="待摊", klass="asset")
    other = actions.FundDraft("AXJK", "同号的另一笔", FundKind.CITY, "别的用途")
    actions.open_fund(book_id=pair.heir.book.pk, draft=other, since=DAY, by=pair.heir.chair, at=AT)
    hand(pair)
    settle()
    fund = Fund.objects.get(book=pair.heir.book, name="张某之子捐款")
    assert (fund.code, fund.kind, fund.purpose, fund.restricted) == (
        "AXJK-2",
        "donation",
        "救治张某之子",
        True,
    )
    assert str(queries.fund_available(fund_id=fund.pk)) == "900.00"


def test_who_reaches_both_unions_hands_over_with_a_second_person(pair):
    pair.receive("500.00")
    for who in (pair.chair, pair.above, pair.accountant, pair.heir.chair):
        with pytest.raises(NotVisible):
            hand(pair, by=who)
    with pytest.raises(Refused, match="另一个人复核"):
        hand(pair, checked_by=None)
    with pytest.raises(BadInput):
        hand(pair, words=" ")
    with pytest.raises(Refused, match="同类"):
        hand(pair, heir_book_id=pair.book.pk)
    hand(pair)
    with pytest.raises(Refused, match="没有余额"):
        hand(pair)


def test_a_restructure_waits_until_the_book_is_empty_then_ends_it_and_can_undo(pair):
    pair.receive("500.00")
    voucher = actions.propose_voucher(
        book_id=pair.book.pk, draft=receipt("1.00", key="v"), by=pair.accountant, at=AT
    )
    assert [one.unit_id for one in MONEY.check(plan=plan(pair), today=DAY)] == [pair.heir.town.pk]
    with pytest.raises(Refused, match="余额"):
        MONEY.carry(plan=plan(pair), by=SYSTEM, at=AT)
    hand(pair)
    assert len(MONEY.check(plan=plan(pair), today=DAY)) == 1, "a voucher waits"
    actions.withdraw_voucher(voucher_id=voucher.pk, version=1, by=pair.accountant, at=AT)
    assert MONEY.check(plan=plan(pair), today=DAY) == []
    facts = MONEY.carry(plan=plan(pair), by=SYSTEM, at=AT)
    assert Book.objects.get(pk=pair.book.pk).ended_on == DAY
    with pytest.raises(Refused, match="启用期"):
        pair.receive("1.00", on=date(2018, 8, 21), key="late")
    MONEY.undo(plan=plan(pair), facts=facts, by=SYSTEM, at=AT)
    pair.receive("1.00", on=date(2018, 8, 21), key="late")
    settle()
