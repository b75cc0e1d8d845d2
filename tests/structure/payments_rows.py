"""Money of the two cities: a book, a fund, an account, an order with its batch and entry at each town."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from tests.conftest import AT, TODAY
from tests.papers.hostile import picture
from tests.payments import matters
from tests.payments.worlds import card

from niangjia.accounts.models import User
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.money import Yuan
from niangjia.ledger import actions as ledger
from niangjia.ledger.rules import EntryDraft, EntryKind, FundKind, PostingDraft
from niangjia.papers import actions as papers
from niangjia.payments import actions
from niangjia.payments.models import PaymentBatch, PaymentOrder, ResultReading, Transfer
from niangjia.payments.rules import KIND, AccountDraft
from niangjia.people.models import Person
from niangjia.statements.actions import read_statement
from niangjia.statements.rules import StatementRow

SINCE, FEN = date(2017, 1, 1), 60_000
MAKER, CHECKER, SENDER = 4_000_001, 4_000_002, 4_000_003
NUMBERS = [0]


def lay(world, mark, town, person):
    """What is paid at a town, each thing with the mark of its county."""
    book, fund = _book(town, mark)
    account = _account(person)
    order = _order(town, fund, person, account)
    batch = _batch(order, book)
    entry = _receipt(book, fund, Yuan.of("7"), f"{mark}拨入")
    ResultReading.objects.create(batch=batch, read_at=AT, counts={"unknown": 1})
    rows = [StatementRow(2, TODAY, Yuan.of("5"), words=f"{mark}摘要")]
    statement = read_statement(book_id=book.pk, rows=rows, by=SYSTEM, at=AT)
    voucher = _voucher(book, fund, f"{mark}手工")
    for name, row, text in (
        ("book_id", book, book.title), ("fund_id", fund, fund.name), ("entry_id", entry, entry.words),
        ("order_id", order, ""), ("batch_id", batch, ""), ("account_id", account, ""),
        ("statement_id", statement, ""), ("voucher_id", voucher, voucher.words),
    ):  # fmt: skip
        world.add(name, row.pk, person.keeper.path if row == account else town.path, text)


def _book(unit, mark):
    book = ledger.open_book(unit_id=unit.pk, opened_on=SINCE, title=f"{mark}账簿", by=SYSTEM, at=AT)
    draft = ledger.FundDraft("Z01", f"{mark}资金", FundKind.CENTRAL_FISCAL, purpose="帮扶")
    fund = ledger.open_fund(book_id=book.pk, draft=draft, since=SINCE, by=SYSTEM, at=AT)
    _receipt(book, fund, Yuan.of("100000"), "拨入")
    return book, fund


def _receipt(book, fund, amount, words):
    lines = (PostingDraft("102", fund.code, amount), PostingDraft("404", fund.code, -amount))
    draft = EntryDraft(TODAY, EntryKind.RECEIPT, words, lines, key=f"in/{book.pk}/{amount.fen}")
    return ledger.post_entry(book_id=book.pk, draft=draft, checked_by=None, by=SYSTEM, at=AT)


def _voucher(book, fund, words):
    """A voucher that nobody with an account has made, so that anybody may check it or take it back."""
    lines = (PostingDraft("102", fund.code, Yuan.of("3")), PostingDraft("404", fund.code, -Yuan.of("3")))
    draft = EntryDraft(TODAY, EntryKind.RECEIPT, words, lines, key="proposed")
    return ledger.propose_voucher(book_id=book.pk, draft=draft, by=SYSTEM, at=AT)


def _account(person):
    draft = AccountDraft(card(700_000 + person.pk), "农业银行", person.name)
    return actions.keep_account(person_id=person.pk, draft=draft, by=SYSTEM, at=AT)


def _order(unit, fund, person, account, **more):
    """An order by hand: made by an account that nobody acts in."""
    NUMBERS[0] += 1
    kind, number = matters.matter(800_000 + NUMBERS[0], payee=person.pk, fen=FEN)
    return PaymentOrder.objects.create(
        unit_id=unit.pk, fund=fund, payee=person, account=account, amount_fen=FEN, expense_code="50301",
        purpose="助学款", about_kind=kind, about_id=number, maker=MAKER, made_at=AT,
        **{"method": "bank"} | more,
    )  # fmt: skip


def _step(order, state, **columns):
    PaymentOrder.objects.filter(pk=order.pk).update(state=state, version=F("version") + 1, **columns)
    order.refresh_from_db()
    return order


def _checked(order):
    return _step(order, "checked", checker=CHECKER, checked_at=AT)


def _batch(order, book):
    """The order is sent by itself."""
    _checked(order)
    number = PaymentBatch.objects.filter(unit=order.unit_id).count() + 1
    batch = PaymentBatch.objects.create(
        unit_id=order.unit_id, book=book, bank_code="102", number=number, count=1, total_fen=FEN,
        sha256="0" * 64, sent_by=SENDER, sent_at=AT,
    )  # fmt: skip
    Transfer.objects.create(
        order=order, attempt=1, batch=batch, line=1, account=order.account, amount_fen=FEN, sent_at=AT
    )
    _step(order, "sent", sender=SENDER, sent_at=AT)
    return batch


def _paid(order, book):
    _batch(order, book)
    entry = ledger.post_payment(
        order_ref=(KIND, order.pk), fund_id=order.fund_id, expense_code="50301", bank_code="102",
        amount=Yuan(FEN), on=TODAY, words="助学款", maker=MAKER, checker=CHECKER, by=SYSTEM, at=AT,
    )  # fmt: skip
    Transfer.objects.filter(order=order).update(outcome="paid", outcome_at=AT, paid_on=TODAY, entry=entry.pk)
    return _step(order, "paid", paid_on=TODAY, closed_at=AT)


WORDS = {
    "propose-voucher": {
        "kind": "receipt",
        "account_1": "102",
        "fund_1": "Z01",
        "debit_1": "5",
        "account_2": "404",
        "fund_2": "Z01",
        "credit_2": "5",
        **dict.fromkeys(("account_3", "fund_3", "account_4", "fund_4"), ""),
    },
    "correct-payment": {"same_account": "on"},
    "pay-cash": {"witness_one": "witness-one", "witness_two": "witness-two"},
    "read-results": {"file": ("结果.csv", "序号,金额,处理结果\n1,600.00,成功\n".encode())},
    "read-statement": {"file": ("对账单.csv", "交易日期,支出,收入\n2018-08-20,12.50,\n".encode())},
    "person-account": {"number": card(91), "bank": "农业银行"},
    "my-bank-account": {"number": card(92), "bank": "农业银行", "holder": "暗甲子人"},
    "reveal-account": {"purpose": "payment", "words": "核对退票的账号"},
}
"""What the forms about money are told where every road is tried once (test_once_everywhere.py)."""
SPARE = {
    "check-payment": ("made_order",),
    "send-back-payment": ("made_order",),
    "cancel-payment": ("made_order",),
    "correct-payment": ("failed_order",),
    "pay-cash": ("cash_order",),
    "ask-refund": ("paid_order",),
    "refund-payment": ("asked_order",),
    "read-results": ("sent_batch",),
    "person-account": ("payee",),
    "read-statement": ("county_book",),
    "propose-voucher": ("county_book",),
    "close-year": ("empty_book",),
    **dict.fromkeys(("check-voucher", "refuse-voucher", "withdraw-voucher"), ("voucher",)),
}
"""At which of the spare orders a road is tried."""
STATES = ("made_order", "failed_order", "cash_order", "paid_order", "asked_order")
AS = {
    **dict.fromkeys(STATES, "order_id"),
    "sent_batch": "batch_id",
    "payee": "person_id",
    "county_book": "book_id",
    "empty_book": "book_id",
    "voucher": "voucher_id",
}
PLAIN = {"year": [TODAY.year], "form": ["hledger"]}
"""What else stands in the addresses of the books."""
EXEMPT = {"bank-file": "gives a file out; each fetching is journalled, as it should be"}


def spare(world):
    """By state an order of the county's own, where accountant and cashier sit."""
    county, keeper = world.seats["county"], world.seats["single"]
    book, fund = _book(county, "暗甲子县")
    person = Person.objects.create(
        name="暗甲子收款人", name_key="暗甲子收款人", keeper=keeper.unit, created_at=AT
    )
    account = _account(person)
    for name in ("witness-one", "witness-two"):
        User.objects.create(username=name, name="见证人", created_at=AT)
    made, waiting, failed, sent, paid, asked = (_order(county, fund, person, account) for _ in range(6))
    _checked(waiting)
    _step(failed, "failed", reason="户名不符")
    batch = _batch(sent, book)
    _paid(paid, book)
    _paid(asked, book)
    PaymentOrder.objects.filter(pk=asked.pk).update(refund_asked_by=MAKER, reason="退学")
    return {
        "made_order": made.pk, "failed_order": failed.pk, "paid_order": paid.pk, "asked_order": asked.pk,
        "cash_order": _cash(county, book, fund, person).pk, "sent_batch": batch.pk, "payee": person.pk,
        "county_book": book.pk,
        "voucher": _voucher(book, fund, "手工").pk,
        "empty_book": ledger.open_book(unit_id=county.pk, opened_on=SINCE, memo=True, by=SYSTEM, at=AT).pk,
    }  # fmt: skip


def _cash(unit, book, fund, person):
    """A cash order that is checked, with the till filled and the receipt photographed."""
    lines = (PostingDraft("101", fund.code, Yuan.of("900")), PostingDraft("102", fund.code, -Yuan.of("900")))
    draft = EntryDraft(TODAY, EntryKind.TRANSFER, "提现", lines, key="draw")
    ledger.post_entry(book_id=book.pk, draft=draft, checked_by=None, by=SYSTEM, at=AT)
    order = _checked(_order(unit, fund, person, None, method="cash"))
    file = SimpleUploadedFile("收据.png", picture("PNG"), "image/png")
    papers.attach(
        file=file, kind="signed", about_kind=KIND, about_id=order.pk, unit_id=unit.pk, by=SYSTEM, at=AT
    )
    return order
