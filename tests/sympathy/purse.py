"""The town's book with a fund, and who orders, checks and pays; bank accounts of workers."""

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.money import Yuan
from niangjia.ledger import actions as ledger
from niangjia.ledger import queries as ledger_queries
from niangjia.ledger.actions import FundDraft
from niangjia.ledger.rules import EntryDraft, EntryKind, FundKind, PostingDraft
from niangjia.payments import actions as payments
from niangjia.payments import queries
from niangjia.payments.models import PaymentOrder
from niangjia.payments.rules import AccountDraft, ResultRow
from tests.conftest import AT, TODAY
from tests.network import worlds
from tests.payments.worlds import card


class Purse:
    """What a town pays sympathy from."""

    def __init__(self, works, *, holds="10000"):
        self.works, town = works, works.land["left_town"]
        self.second = works.officer("acc2", "孙复核", Role.ACC, town)
        self.cashier = works.officer("csh", "李出纳", Role.CSH, town)
        self.book = ledger.open_book(unit_id=town.pk, opened_on=worlds.SINCE, by=SYSTEM, at=AT)
        draft = FundDraft("J01", "工会经费", FundKind.UNION_DUES, purpose="慰问")
        self.fund = ledger.open_fund(book_id=self.book.pk, draft=draft, since=worlds.SINCE, by=SYSTEM, at=AT)
        lines = (PostingDraft("102", "J01", Yuan.of(holds)), PostingDraft("402", "J01", -Yuan.of(holds)))
        ledger.post_entry(
            book_id=self.book.pk,
            draft=EntryDraft(TODAY, EntryKind.RECEIPT, "拨入", lines, key="in"),
            checked_by=None,
            by=SYSTEM,
            at=AT,
        )

    def account(self, person):
        draft = AccountDraft(number=card(person.pk), bank="农业银行衢江支行", holder=person.name)
        return payments.keep_account(person_id=person.pk, draft=draft, by=self.works.acc, at=AT)

    def orders(self, kind):
        return list(PaymentOrder.objects.filter(about_kind=kind).order_by("pk"))

    def pay(self, *orders, paid=True):
        """Checked, sent, and answered by the bank."""
        numbers = [one.pk for one in orders]
        payments.check_orders(order_ids=numbers, by=self.second, at=AT)
        batch = payments.send_batch(order_ids=numbers, by=self.cashier, at=AT)
        self.answer(batch, paid=paid)
        return batch

    def answer(self, batch, *, paid=True):
        lines = {one.line: one for one in queries.transfers_of(batch=batch)}
        rows = [
            ResultRow(
                row=line + 1, number=line, amount=Yuan(one.amount_fen), paid=paid, tail=one.account.tail,
                reason="" if paid else "账户已销",
            )
            for line, one in lines.items()
        ]  # fmt: skip
        return payments.read_results(batch_id=batch.pk, rows=rows, by=self.cashier, at=AT)

    @property
    def holds(self):
        return ledger_queries.fund_available(fund_id=self.fund.pk)
