"""A town union with a book, two funds and the people who keep it."""

import os
import shutil
from dataclasses import replace
from datetime import date

from django.db import connection, transaction
from tests.conftest import AT
from tests.network.acting import officer

from niangjia.kernel.access import EVERYWHERE, Role
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import enter_scope
from niangjia.ledger import actions
from niangjia.ledger.rules import EntryDraft, EntryKind, FundKind, PostingDraft

OPENED = date(2017, 1, 1)
DAY = date(2018, 8, 20)
ORDER = "payments.paymentorder"
BANK, CASH, NET, GRANTS, HELP, WARM, OFFICE = "102", "101", "301", "403", "50301", "50302", "505"
OWN, CITY = "GH", "BF"
BATCH = "上级补助 2018 第1批"
HLEDGER = os.environ.get("NIANGJIA_HLEDGER") or shutil.which("hledger") or ""


def person(role, organisation, number):
    """Somebody of the office, with an account number of his own."""
    return replace(officer(role, organisation), user_id=number)


def settle():
    """What waits for the commit is checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def at_once(make):
    """In a transaction of its own, in which every row may be seen."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return make()


class Office:
    """The book of the left town: its own fund `GH`, the restricted fund `BF`, and who keeps the books."""

    def __init__(self, land, side="left"):
        self.land, self.town, self.county = land, land[f"{side}_town"], land[f"{side}_county"]
        self.chair = person(Role.TWN, self.town, 11)
        self.accountant = person(Role.ACC, self.town, 12)
        self.second = person(Role.ACC, self.town, 13)
        self.cashier = person(Role.CSH, self.town, 14)
        self.auditor = person(Role.AUD, self.county, 15)
        self.above = person(Role.CTY, self.county, 17)
        self.elsewhere = person(Role.TWN, land["right_town" if side == "left" else "left_town"], 16)
        self.book = actions.open_book(unit_id=self.town.pk, opened_on=OPENED, by=self.chair, at=AT)
        own = actions.FundDraft(OWN, "工会经费", FundKind.UNION_DUES, restricted=False)
        aid = actions.FundDraft(CITY, "市级帮扶资金", FundKind.CITY, "困难职工帮扶")
        self.own, self.aid = (
            actions.open_fund(book_id=self.book.pk, draft=one, since=OPENED, by=self.chair, at=AT)
            for one in (own, aid)
        )

    def post(self, draft, *, by=None, checked_by=13):
        who = by or self.accountant
        return actions.post_entry(book_id=self.book.pk, draft=draft, checked_by=checked_by, by=who, at=AT)

    def receive(
        self, amount, *, fund=CITY, source="上级补助 2018 第1批", on=DAY, key="r1", code="403", **more
    ):
        return self.post(receipt(amount, fund=fund, source=source, on=on, key=key, code=code), **more)

    def pay(self, amount, *, fund=None, on=DAY, order=1, by=None, code=OFFICE, maker=12, checker=13, key=""):
        return actions.post_payment(
            order_ref=(ORDER, order), fund_id=(fund or self.aid).pk, expense_code=code, bank_code=BANK,
            amount=Yuan.of(amount), on=on, words="帮扶金", maker=maker, checker=checker,
            by=by or self.cashier, at=AT, key=key,
        )  # fmt: skip

    def move(self, amount, *, key="m1", on=DAY, into=OWN, out_of=CITY):
        """Money goes from one fund to another: each fund balances in itself."""
        given = Yuan.of(amount)
        lines = (
            PostingDraft(NET, out_of, given), PostingDraft(BANK, out_of, -given),
            PostingDraft(BANK, into, given), PostingDraft(NET, into, -given),
        )  # fmt: skip
        return self.post(EntryDraft(on, EntryKind.TRANSFER, "资金来源之间划转", lines, key=key))

    def reverse(self, entry, *, on=DAY, by=None, reason="户名不符退回", **more):
        return actions.reverse(entry_id=entry.pk, reason=reason, on=on, by=by or self.second, at=AT, **more)


def receipt(amount, *, fund=CITY, source="", on=DAY, key="r1", code=GRANTS, kind=EntryKind.RECEIPT, **more):
    lines = (
        PostingDraft(BANK, fund, Yuan.of(amount), source), PostingDraft(code, fund, -Yuan.of(amount)),
    )  # fmt: skip
    return EntryDraft(on, kind, "收到补助", lines, key=key, **more)
