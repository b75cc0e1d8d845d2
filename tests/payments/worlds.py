"""A county with a book, a fund and three who pay; families with accounts; orders as far as a test asks."""

from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.accounts import actions as accounts
from niangjia.accounts import queries as accounts_queries
from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.money import Yuan
from niangjia.ledger import actions as ledger
from niangjia.ledger.actions import FundDraft
from niangjia.ledger.rules import EntryDraft, EntryKind, FundKind, PostingDraft
from niangjia.papers import actions as papers
from niangjia.payments import actions, queries
from niangjia.payments.models import PaymentOrder, Transfer
from niangjia.payments.rules import KIND, AccountDraft, ResultRow
from niangjia.people import actions as people
from tests.accounts.conftest import PASSWORD
from tests.conftest import AT, TODAY
from tests.network import worlds
from tests.papers.hostile import picture
from tests.payments import matters

EXPENSE, BANK, INCOME = "50301", "102", "404"
SHARE = Yuan.of("600")
NAMES = {
    "acc": "钱会计", "acc2": "孙复核", "csh": "李出纳", "csh2": "周出纳", "cty": "吴主席", "aud": "郑经审",
    "twn": "王干事", "acc3": "冯会计", "both": "陈出纳", "csh3": "褚出纳", "cty2": "卫主席",
}  # fmt: skip


def card(n):
    """A bank card of 19 digits that passes Luhn; invented."""
    body = f"622848{n:012d}"
    digits = [int(digit) for digit in reversed(body)]
    total = sum(sum(divmod(2 * digit, 10)) if place % 2 == 0 else digit for place, digit in enumerate(digits))
    return f"{body}{-total % 10}"


class Payers:
    """The small world, and who acts in it."""

    def __init__(self, land, *, holds="100000"):
        self.land, self.county = land, land["left_county"]
        self.accountant = self.officer("acc", Role.ACC)
        self.second = self.officer("acc2", Role.ACC)
        self.cashier = self.officer("csh", Role.CSH)
        self.cashier2 = self.officer("csh2", Role.CSH)
        self.leader = self.officer("cty", Role.CTY)
        self.auditor = self.officer("aud", Role.AUD)
        self.town = self.officer("twn", Role.TWN, land["left_town"])
        self.elsewhere = self.officer("acc3", Role.ACC, land["right_county"])
        self.far = self.officer("csh3", Role.CSH, land["right_county"])
        self.book = ledger.open_book(unit_id=self.county.pk, opened_on=worlds.SINCE, by=SYSTEM, at=AT)
        self.fund = self.open_fund("Z01", "中央财政帮扶资金", holds=holds)
        self.count = 0

    def officer(self, username, role, organisation=None):
        unit = organisation or self.county
        user = accounts.open_account(
            username=username, name=NAMES[username], password=PASSWORD, by=SYSTEM, at=AT, must_change=False
        )
        post = accounts.grant_post(
            user=user, unit_id=unit.pk, role=role, since=worlds.SINCE, by=SYSTEM, at=AT
        )
        return accounts_queries.actor_for(post=post, day=TODAY)

    def open_fund(self, code, name, *, holds, book=None):
        draft = FundDraft(code, name, FundKind.CENTRAL_FISCAL, purpose="困难职工帮扶")
        fund = ledger.open_fund(
            book_id=(book or self.book).pk, draft=draft, since=worlds.SINCE, by=SYSTEM, at=AT
        )
        if Yuan.of(holds):
            self.receive(fund, Yuan.of(holds))
        return fund

    def receive(self, fund, amount):
        lines = (PostingDraft(BANK, fund.code, amount, "上级拨入"), PostingDraft(INCOME, fund.code, -amount))
        draft = EntryDraft(TODAY, EntryKind.RECEIPT, "拨入", lines, key=f"in/{fund.pk}/{amount.fen}")
        return ledger.post_entry(book_id=fund.book_id, draft=draft, checked_by=None, by=SYSTEM, at=AT)

    def draw(self, amount):
        """Cash is drawn from the bank into the till."""
        lines = (PostingDraft("101", self.fund.code, amount), PostingDraft(BANK, self.fund.code, -amount))
        draft = EntryDraft(TODAY, EntryKind.TRANSFER, "提现", lines, key=f"draw/{amount.fen}")
        return ledger.post_entry(book_id=self.book.pk, draft=draft, checked_by=None, by=SYSTEM, at=AT)

    def receipt(self, order):
        """A picture of the signed receipt hangs on the order."""
        file = SimpleUploadedFile("收据.png", picture("PNG"), "image/png")
        return papers.attach(
            file=file,
            kind="signed",
            about_kind=KIND,
            about_id=order.pk,
            unit_id=order.unit_id,
            by=SYSTEM,
            at=AT,
        )

    def person(self, name, *, born=None, account=True, keeper=None):
        draft = people.PersonDraft(name=name, born=born)
        keeper = keeper or self.land["left_single"]
        row = people.register_person(draft=draft, keeper_id=keeper.pk, today=TODAY, by=SYSTEM, at=AT)
        if account:
            self.account(row)
        return row

    def account(self, person, *, number=None, by=None, **more):
        told = {"number": number or card(person.pk), "bank": "农业银行衢江支行", "holder": person.name}
        return actions.keep_account(
            person_id=person.pk, draft=AccountDraft(**told | more), by=by or self.accountant, at=AT
        )

    def draft(self, payee, *, amount=SHARE, about=None, fund=None, **more):
        self.count += 1
        matter = about or matters.matter(self.count, payee=payee.pk, fen=amount.fen)
        told = {"purpose": "春风助学款", "expense_code": EXPENSE}
        return actions.OrderDraft(
            unit_id=self.county.pk, fund_id=(fund or self.fund).pk, payee_id=payee.pk, amount=amount,
            about=matter, **told | more,
        )  # fmt: skip

    def order(self, payee, *, by=None, **more):
        return actions.order_payment(draft=self.draft(payee, **more), by=by or self.accountant, at=AT)

    def check(self, *orders, by=None):
        rows = actions.check_orders(order_ids=[one.pk for one in orders], by=by or self.second, at=AT)
        return [self.fresh(one) for one in rows]

    def send(self, *orders, by=None):
        return actions.send_batch(order_ids=[one.pk for one in orders], by=by or self.cashier, at=AT)

    def sent(self, *payees, **more):
        """Orders to these payees, checked and sent; returns them and their batch."""
        orders = [self.order(one, **more) for one in payees]
        batch = self.send(*self.check(*orders))
        return [self.fresh(one) for one in orders], batch

    def answer(self, batch, fates, *, by=None, at=AT):
        """The bank's answer: line -> paid or not, or a whole row."""
        lines = {one.line: one for one in queries.transfers_of(batch=batch)}
        rows = [
            fate
            if isinstance(fate, ResultRow)
            else ResultRow(
                row=line + 1, number=line, amount=Yuan(lines[line].amount_fen), paid=fate,
                tail=lines[line].account.tail, reason="" if fate else "户名不符",
            )
            for line, fate in fates.items()
        ]  # fmt: skip
        return actions.read_results(batch_id=batch.pk, rows=rows, by=by or self.cashier, at=at)

    def paid(self, *payees, **more):
        orders, batch = self.sent(*payees, **more)
        self.answer(batch, dict.fromkeys(range(1, len(orders) + 1), True))
        return [self.fresh(one) for one in orders]

    @staticmethod
    def line(batch, line, *, paid=True, **more):
        """A line of the bank's answer as it should be, but for what a test says."""
        one = queries.transfers_of(batch=batch).get(line=line)
        told = {
            "row": line + 1,
            "number": line,
            "amount": Yuan(one.amount_fen),
            "paid": paid,
            "tail": one.account.tail,
        }
        return ResultRow(**told | more)

    def approve(self, payee, *, amount=SHARE):
        """A matter of the tests is approved for a payee; its number."""
        self.count += 1
        return matters.matter(9_000 + self.count, payee=payee.pk, fen=amount.fen)[1]

    @staticmethod
    def himself(actor, person):
        """The actor, were he this person."""
        return replace(actor, person_id=person.pk)

    def member(self, person):
        """The person himself, logged in with his own account."""
        user = accounts.open_account(
            username=f"mem{person.pk}", name=person.name, password=PASSWORD, by=SYSTEM, at=AT, person=person,
            must_change=False,
        )  # fmt: skip
        return accounts_queries.actor_as_oneself(user=user)

    def as_cashier(self, actor):
        """The same account acting in a second post, that of the cashier."""
        return replace(self.cashier, user_id=actor.user_id, person_id=actor.person_id)

    @staticmethod
    def fresh(row):
        return PaymentOrder.objects.get(pk=row.pk)

    @staticmethod
    def attempts(row):
        return list(
            Transfer.objects.filter(order=row.pk).order_by("attempt").values_list("outcome", flat=True)
        )
