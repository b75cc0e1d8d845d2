"""The ledger against a pure model of it, driven at random: whatever is tried, both hold the same."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.conftest import AT
from tests.ledger.worlds import (
    BANK,
    CITY,
    DAY,
    GRANTS,
    NET,
    OFFICE,
    OWN,
    receipt,
    settle,
)  # fmt: skip

from niangjia.kernel.errors import Refused
from niangjia.kernel.money import Yuan
from niangjia.ledger import actions
from niangjia.ledger.models import Balance, Entry, Posting
from niangjia.ledger.queries.tracing import flows_of
from niangjia.ledger.rules import EntryDraft, EntryKind, PostingDraft, allocate

SOURCES = ("上级补助 第1批", "爱心捐款", "会费")
FEN = st.integers(1, 90_000)
FUNDS = st.sampled_from([OWN, CITY])
RESTRICTED = {CITY}
FORBIDDEN = (
    "UPDATE ledger_entry SET words = 'x'", "DELETE FROM ledger_entry", "UPDATE ledger_posting SET fen = 1",
    "DELETE FROM ledger_posting", "UPDATE ledger_balance SET fen = 0", "TRUNCATE ledger_posting",
)  # fmt: skip


class Model:
    """What a ledger is, in a few lines: sums by account and fund, and the lines of every entry."""

    def __init__(self):
        self.sums, self.lines, self.reversed, self.days = defaultdict(int), {}, set(), {}

    def would_run_short(self, lines):
        after = defaultdict(int)
        for code, fund, fen in lines:
            after[code, fund] += fen
        return any(
            code == BANK and fund in RESTRICTED and self.sums[code, fund] + fen < 0
            for (code, fund), fen in after.items()
        )

    def enter(self, number, lines, day):
        self.lines[number], self.days[number] = lines, day
        for code, fund, fen in lines:
            self.sums[code, fund] += fen


class Ledger(RuleBasedStateMachine):
    """Every run begins with the office as it is, and leaves it so."""

    office = None

    @initialize()
    def begin(self):
        self.mark = transaction.atomic()
        self.mark.__enter__()
        self.model, self.number, self.before = Model(), 0, Entry.objects.count()

    def teardown(self):
        if hasattr(self, "mark"):
            transaction.set_rollback(True)
            self.mark.__exit__(None, None, None)

    def tried(self, act, lines, day):
        """The action and the commit's checks; the model says whether they must refuse."""
        short = self.model.would_run_short(lines)
        try:
            with transaction.atomic():
                entry = act()
                settle()
        except Refused:
            assert short
            return None
        assert not short
        self.model.enter(entry.pk, lines, day)
        return entry

    def key(self):
        self.number += 1
        return f"m{self.number}"

    @rule(fund=FUNDS, fen=FEN, source=st.sampled_from(SOURCES), back=st.integers(0, 300))
    def receive(self, fund, fen, source, back):
        day = DAY - timedelta(days=back)
        lines = [(BANK, fund, fen), (GRANTS, fund, -fen)]
        told = {"fund": fund, "source": source, "on": day, "key": self.key()}
        self.tried(lambda: self.office.receive(str(Yuan(fen)), **told), lines, day)

    @rule(fund=FUNDS, fen=FEN)
    def pay(self, fund, fen):
        self.number += 1
        own = self.office.own if fund == OWN else self.office.aid
        lines = [(OFFICE, fund, fen), (BANK, fund, -fen)]
        self.tried(lambda: self.office.pay(str(Yuan(fen)), fund=own, order=self.number), lines, DAY)

    @rule(out_of=FUNDS, fen=FEN)
    def move(self, out_of, fen):
        into = OWN if out_of == CITY else CITY
        lines = [(NET, out_of, fen), (BANK, out_of, -fen), (BANK, into, fen), (NET, into, -fen)]
        key = self.key()
        self.tried(lambda: self.office.move(str(Yuan(fen)), key=key, out_of=out_of, into=into), lines, DAY)

    @precondition(lambda self: len(self.model.lines) > len(self.model.reversed))
    @rule(choice=st.integers(0, 10**6))
    def reverse(self, choice):
        open_ = sorted(set(self.model.lines) - self.model.reversed)
        entry = Entry.objects.get(pk=open_[choice % len(open_)])
        if entry.kind == EntryKind.CONTRA:
            with pytest.raises(Refused):
                self.office.reverse(entry)
            return
        lines = [(code, fund, -fen) for code, fund, fen in self.model.lines[entry.pk]]
        if self.tried(lambda: self.office.reverse(entry), lines, DAY):
            self.model.reversed.add(entry.pk)
            assert self.office.reverse(entry).contra_of_id == entry.pk
            there, back = (
                {(one.account_id, one.fund_id): one.fen for one in row.postings.all()}
                for row in (entry, entry.contras.get())
            )
            assert back == {name: -fen for name, fen in there.items()}

    @rule(fund=FUNDS, fens=st.lists(st.integers(-9_000, 9_000).filter(bool), min_size=1, max_size=60))
    def batch(self, fund, fens):
        def draft(fen):
            lines = (PostingDraft(BANK, fund, Yuan(fen), "批量"), PostingDraft(NET, fund, Yuan(-fen)))
            return EntryDraft(DAY, EntryKind.TRANSFER, "批量", lines, key=self.key())

        whole = [(BANK, fund, sum(fens)), (NET, fund, -sum(fens))]
        short, made = self.model.would_run_short(whole), None
        try:
            with transaction.atomic():
                drafts = [draft(fen) for fen in fens]
                made = actions.post_many(
                    book_id=self.office.book.pk,
                    drafts=drafts,
                    checked_by=13,
                    by=self.office.accountant,
                    at=AT,
                )
                settle()
        except Refused:
            assert short
            return
        assert not short
        for number, fen in zip(made.ids, fens, strict=True):
            self.model.enter(number, [(BANK, fund, fen), (NET, fund, -fen)], DAY)

    @rule(fund=FUNDS, fen=FEN, wrong=st.integers(-5, 5).filter(bool))
    def unbalanced(self, fund, fen, wrong):
        bad = receipt(str(Yuan(fen)), fund=fund, key=self.key())
        lines = (bad.postings[0], PostingDraft(GRANTS, fund, Yuan(wrong - fen)))
        with pytest.raises(Refused, match="借贷不平"):
            self.office.post(EntryDraft(DAY, EntryKind.RECEIPT, "不平", lines, key=bad.key))

    @rule(statement=st.sampled_from(FORBIDDEN))
    def tampering(self, statement):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    @invariant()
    def the_same_as_the_model(self):
        if not hasattr(self, "model"):
            return
        rows = Balance.objects.filter(book=self.office.book).values_list("account__code", "fund__code", "fen")
        told = {(code, fund): fen for code, fund, fen in rows if fen}
        assert told == {name: fen for name, fen in self.model.sums.items() if fen}
        assert sum(told.values()) == 0
        assert all(told.get((BANK, fund), 0) >= 0 for fund in RESTRICTED)
        assert Entry.objects.count() - self.before == len(self.model.lines)

    @invariant()
    def every_fen_has_its_source(self):
        if not hasattr(self, "model"):
            return
        for fund, row in ((OWN, self.office.own), (CITY, self.office.aid)):
            told = allocate(flows_of(fund_id=row.pk))
            assert told.whole
            assert told.left == self.model.sums[BANK, fund]


def driven(office, *, examples, steps):
    Ledger.office = office
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert not Posting.objects.exists(), "every run left the office as it was"


def test_a_short_drive_of_the_ledger_against_its_model(office):
    driven(office, examples=4, steps=15)


@pytest.mark.slow
def test_a_long_drive_of_the_ledger_against_its_model(office):
    driven(office, examples=40, steps=40)
