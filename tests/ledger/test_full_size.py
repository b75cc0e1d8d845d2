"""A hundred thousand entries: everything recounted, and two other programs come to the same fen."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from tests.conftest import AT
from tests.ledger.test_export import (
    beancount_balances,
    checked_by_beancount,
    hledger_balances,
    needs_hledger,
    written,
    wrong,
)  # fmt: skip
from tests.ledger.worlds import BANK, CASH, CITY, GRANTS, NET, OFFICE, OWN, Office, at_once
from tests.network.worlds import zhejiang

from niangjia.kernel.money import Yuan
from niangjia.ledger import actions, queries
from niangjia.ledger.rules import EntryDraft, EntryKind, PostingDraft
from niangjia.recount import queries as recount
from niangjia.recount.rules import Format

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
SEED, ENTRIES, A_DAY = 20180820, 100_000, 140
FIRST = date(2017, 1, 1)


def drafts(chance, model):
    """Receipts, cash drawn, ordinary payments, transfers; the restricted fund never runs short."""
    for n in range(ENTRIES):
        fund = chance.choice((OWN, CITY))
        day = FIRST + timedelta(days=n // A_DAY % 365)
        fen = chance.randrange(1, 50_000)
        kind, lines = some_entry(chance, fund, fen, model[BANK, CITY])
        for code, of, amount in lines:
            model[code, of] += amount
        postings = [PostingDraft(code, of, Yuan(amount), f"第{n}批") for code, of, amount in lines]
        yield EntryDraft(day, kind, f"第 {n} 笔", postings, key=f"e{n}")


def some_entry(chance, fund, fen, held):
    dice = chance.random()
    if dice < 0.5 or (fund == CITY and held < fen):
        return EntryKind.RECEIPT, [(BANK, fund, fen), (GRANTS, fund, -fen)]
    if dice < 0.6:
        return EntryKind.TRANSFER, [(CASH, fund, fen), (BANK, fund, -fen)]
    if dice < 0.9:
        return EntryKind.PAYMENT, [(OFFICE, fund, fen), (BANK, fund, -fen)]
    into = OWN if fund == CITY else CITY
    return EntryKind.TRANSFER, [
        (NET, fund, fen), (BANK, fund, -fen), (BANK, into, fen), (NET, into, -fen),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def model():
    return defaultdict(int)


@pytest.fixture
def full(model):
    """The office with all its entries, and what they must come to."""

    def make():
        office = Office(zhejiang())
        told = list(drafts(random.Random(SEED), model))  # noqa: S311 - a seed that can be named
        posted = {"checked_by": 13, "by": office.accountant, "at": AT}
        actions.post_many(book_id=office.book.pk, drafts=told, **posted)
        return office

    model.clear()
    return at_once(make)


def test_a_hundred_thousand_entries_come_to_the_same_fen_here_in_hledger_and_in_beancount(
    full, model, tmp_path
):
    report = recount.verify()
    assert report.good, report.findings[:3]
    assert report.entries == ENTRIES
    standing = at_once(lambda: queries.balances(book_id=full.book.pk))
    assert {(one.code, one.fund_code): one.amount.fen for one in standing} == {
        name: fen for name, fen in model.items() if fen
    }
    ours = {name: fen for name, fen in recount.export_balances(using="owner").items() if fen}
    assert sorted(ours.values()) == sorted(fen for fen in model.values() if fen)
    path = written(tmp_path / "all.beancount", Format.BEANCOUNT, using="owner")
    assert checked_by_beancount(path) == ""
    assert {name: fen for name, fen in beancount_balances(path).items() if fen} == ours
    text = path.read_text(encoding="utf-8")
    amount = text[: text.index(" CNY\n\n20")].rpartition(" ")[2]
    path.write_text(wrong(text, f" {amount}"), encoding="utf-8")
    assert checked_by_beancount(path), "one fen of two hundred thousand lines"
    hledger_too(tmp_path, ours)


def hledger_too(tmp_path, ours):
    """The same by hledger, where there is one."""
    if needs_hledger.args[0]:
        return
    path = written(tmp_path / "all.journal", Format.HLEDGER, using="owner")
    assert {name: fen for name, fen in hledger_balances(path).items() if fen} == ours
