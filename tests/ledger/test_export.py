"""The journal leaves as text that hledger and bean-check accept, with our balances; a wrong fen is caught."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import AT
from tests.ledger.worlds import HLEDGER, Office, receipt, settle

from niangjia.ledger import actions
from niangjia.ledger.rules import EntryDraft, EntryKind, FundKind
from niangjia.recount import queries as recount
from niangjia.recount.rules import Format

BEAN_CHECK = Path(sys.executable).with_name("bean-check")
needs_hledger = pytest.mark.skipif(not HLEDGER, reason="no hledger here: neither apt nor a binary")


def run(*line):
    return subprocess.run(line, capture_output=True, text=True, check=False)  # noqa: S603 - tools of the test


def checked_by_beancount(path):
    """What bean-check says of a file; nothing if all is well."""
    done = run(str(BEAN_CHECK), str(path))
    return (done.stdout + done.stderr).strip() or ("" if done.returncode == 0 else "failed")


def beancount_balances(path):
    """What beancount computes, in fen by account: its own parser and its own sums."""
    code = (
        "import sys, collections\nfrom beancount import loader\nfrom beancount.core.data import Transaction\n"
        "entries, errors, _ = loader.load_file(sys.argv[1])\nassert not errors, errors[:3]\n"
        "sums = collections.defaultdict(int)\n"
        "for one in entries:\n"
        "    for line in (one.postings if isinstance(one, Transaction) else ()):\n"
        "        sums[line.account] += int(line.units.number.scaleb(2))\n"
        "for name in sorted(sums): print(name, sums[name])\n"
    )
    done = run(sys.executable, "-c", code, str(path))
    assert done.returncode == 0, done.stderr
    return {name: int(fen) for name, fen in (row.split() for row in done.stdout.splitlines())}


def hledger_balances(path):
    """What hledger computes, in fen by account."""
    done = run(HLEDGER, "-f", str(path), "balance", "--flat", "--no-total", "--empty", "-O", "csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.reader(io.StringIO(done.stdout)))[1:]
    return {name: fen_of(amount) for name, amount in rows}


def fen_of(amount):
    number = amount.replace("CNY", "").replace(",", "").strip()
    yuan, _, rest = number.partition(".")
    fen = int(yuan.lstrip("-") or 0) * 100 + int((rest or "0").ljust(2, "0"))
    return -fen if number.startswith("-") else fen


def written(path, form, **more):
    path.write_text("".join(recount.export_text(form=form, **more)), encoding="utf-8")
    return path


@pytest.fixture
def busy(office):
    """Receipts, payments, a reversal, a closed year, a memo book, and words that want to be quoted."""
    office.receive("20400.00", source='第1批 "特急"; |', on=office.book.opened_on)
    office.pay("600.01", on=office.book.opened_on)
    actions.close_year(book_id=office.book.pk, year=2017, by=office.chair, at=AT)
    office.reverse(office.pay("600.00", order=2))
    office.move("99.99")
    office.post(
        EntryDraft(
            office.book.opened_on.replace(year=2018), EntryKind.RECEIPT, '带 "引号"\\ ; 与 | 换行\n的摘要',
            receipt("0.01").postings, key="q",
        )
    )  # fmt: skip
    memo = actions.open_book(
        unit_id=office.town.pk, opened_on=office.book.opened_on, memo=True, by=office.chair, at=AT
    )
    fund = actions.FundDraft("CZ", "镇财政", FundKind.EXTERNAL_TREASURY, "垫付")
    opened = office.book.opened_on
    actions.open_fund(book_id=memo.pk, draft=fund, since=opened, by=office.chair, at=AT)
    actions.post_entry(
        book_id=memo.pk, draft=receipt("12000.00", fund="CZ"), checked_by=13, by=office.accountant, at=AT
    )
    Office(office.land, side="right").receive("3.50")
    settle()
    return office


def wrong(text, *amounts):
    """The text with one fen too much where each of the amounts stands first."""
    for amount in amounts:
        assert f"{amount} CNY" in text
        text = text.replace(f"{amount} CNY", f"{amount[:-1]}2 CNY", 1)
    return text


def ours():
    return {name: fen for name, fen in recount.export_balances().items() if fen}


def test_bean_check_accepts_the_journal_and_has_our_balances(busy, tmp_path):
    path = written(tmp_path / "all.beancount", Format.BEANCOUNT)
    assert checked_by_beancount(path) == ""
    assert {name: fen for name, fen in beancount_balances(path).items() if fen} == ours()


@needs_hledger
def test_hledger_accepts_the_journal_and_has_our_balances(busy, tmp_path):
    path = written(tmp_path / "all.journal", Format.HLEDGER)
    assert {name: fen for name, fen in hledger_balances(path).items() if fen} == ours()
    assert run(HLEDGER, "-f", str(path), "check", "accounts", "commodities", "ordereddates").returncode == 0


def test_bean_check_catches_one_fen(busy, tmp_path):
    path = written(tmp_path / "all.beancount", Format.BEANCOUNT)
    text = path.read_text(encoding="utf-8")
    path.write_text(wrong(text, "-600.01"), encoding="utf-8")
    assert "does not balance" in checked_by_beancount(path)
    path.write_text(wrong(text, " 600.01", "-600.01"), encoding="utf-8")
    assert "Balance failed" in checked_by_beancount(path), "both sides wrong: the asserted balance tells"


@needs_hledger
def test_hledger_catches_one_fen(busy, tmp_path):
    path = written(tmp_path / "all.journal", Format.HLEDGER)
    text = path.read_text(encoding="utf-8")
    path.write_text(wrong(text, "-600.01"), encoding="utf-8")
    assert "could not balance" in run(HLEDGER, "-f", str(path), "balance").stderr
    path.write_text(wrong(text, " 600.01", "-600.01"), encoding="utf-8")
    assert "balance assertion" in run(HLEDGER, "-f", str(path), "balance").stderr


def test_one_book_leaves_alone(busy):
    text = "".join(recount.export_text(form=Format.HLEDGER, book_ids=[busy.book.pk]))
    assert f":B{busy.book.pk}:" in text
    assert text.count("account Assets:") == 2
    assert "镇财政" not in text


def test_an_empty_ledger_leaves_as_a_journal_without_entries(world, tmp_path):
    path = written(tmp_path / "none.beancount", Format.BEANCOUNT)
    assert checked_by_beancount(path) == ""
    assert "balances" not in "".join(recount.export_text(form=Format.HLEDGER))
