"""Orders in any order of steps, by any hands, with any answers of the bank, beside a model of ten lines.

After every step: no order is paid twice, the books hold the paid sums and no others, a restricted fund never
promises more than it holds, and what the database asks at commit holds now.
"""

from collections import Counter

import pytest
from django.db import connection, transaction
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

from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.money import Yuan
from niangjia.ledger import queries as ledger
from niangjia.payments import actions, queries
from niangjia.payments.models import PaymentBatch, PaymentOrder, Transfer
from niangjia.payments.rules import OPEN, State
from tests.conftest import AT, TODAY
from tests.payments import matters
from tests.payments.worlds import Payers, card

pytestmark = pytest.mark.slow
HELD = Yuan.of("2000")
HANDS = ("accountant", "second", "cashier", "cashier2")
KEEPS = st.sampled_from(("accountant", "accountant", "accountant", *HANDS))
CHECKS = st.sampled_from(("second", "second", "second", *HANDS))
PAYS = st.sampled_from(("cashier", "cashier", "cashier", *HANDS))
"""Mostly the right hand, sometimes any."""
CROWD = 5
"""So many open orders are enough: the steps then go on with these instead of making more."""
NAMES = ("甲某", "乙某", "丙某", "丁某")
STEPS = Counter()


def where(*states):
    """The rule applies while some order is in one of these states."""
    return precondition(lambda self: any(one["state"] in states for one in self.model.values()))


class Orders(RuleBasedStateMachine):
    """The actions, and beside them what each order should be."""

    payers: Payers
    people: list

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.model, self.cards, self.asked = {}, 0, set()

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def tried(self, verb, act):
        """True if it was done; what is refused leaves everything as it was."""
        try:
            with transaction.atomic():
                act()
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        except NiangjiaError:
            STEPS[f"{verb} refused"] += 1
            return False
        STEPS[verb] += 1
        return True

    @initialize(fates=st.lists(st.sampled_from((True, False, None)), min_size=3, max_size=3))
    def begin(self, fates):
        """Three orders on their way, some answered: the steps below start in the middle."""
        for payee in range(3):
            self.make("accountant", payee, 100, again=False)
            self.check("second", 0)
        self.send("cashier", {0, 1, 2})
        self.answer(0, fates, twice=False)

    @precondition(lambda self: sum(one["state"] in OPEN for one in self.model.values()) < CROWD)
    @rule(
        who=KEEPS,
        payee=st.integers(0, 3),
        yuan=st.sampled_from((100, 100, 250, 600, 1900)),
        again=st.booleans(),
    )
    def make(self, who, payee, yuan, again):
        amount, someone = Yuan.of(yuan), self.people[payee]
        about = next(iter(self.model), None) if again else None
        draft = self.payers.draft(someone, amount=amount, about=(matters.KIND, about) if about else None)
        made = []
        done = self.tried(
            "make", lambda: made.append(actions.order_payment(draft=draft, by=self.hand(who), at=AT))
        )
        if done:
            assert draft.about[1] not in {
                number for number, one in self.model.items() if one["state"] in self.live()
            }
            self.model[draft.about[1]] = {
                "pk": made[0].pk, "state": State.MADE, "fen": amount.fen, "maker": who, "checker": "",
                "sender": "",
            }  # fmt: skip

    @where(State.MADE)
    @rule(who=CHECKS, which=st.integers(0, 9))
    def check(self, who, which):
        one = self.one(which, State.MADE)
        if self.tried("check", lambda: self.payers.check(self.row(one), by=self.hand(who))):
            assert who != one["maker"]
            one |= {"state": State.CHECKED, "checker": who}

    @where(State.CHECKED)
    @rule(who=PAYS, some=st.sets(st.integers(0, 3), min_size=1))
    def send(self, who, some):
        ready = [one for one in self.model.values() if one["state"] == State.CHECKED]
        chosen = [ready[place] for place in sorted(some) if place < len(ready)]
        if chosen and self.tried("send", lambda: self.payers.send(*map(self.row, chosen), by=self.hand(who))):
            for one in chosen:
                assert who not in {one["maker"], one["checker"]}
                one |= {"state": State.SENT, "sender": who}

    @where(State.SENT, State.PAID)
    @rule(
        which=st.integers(0, 2),
        fates=st.lists(st.sampled_from((True, False, False, None)), min_size=1, max_size=4),
        twice=st.booleans(),
    )
    def answer(self, which, fates, twice):
        batches = list(PaymentBatch.objects.order_by("-pk"))
        batch = batches[which % len(batches)]
        count = min(batch.count, len(fates))
        told = {line + 1: fates[line] for line in range(count)}
        lines = {one.line: one for one in queries.transfers_of(batch=batch)}
        for _ in range(1 + twice):
            if self.tried("answer", lambda: self.payers.answer(batch, told)):
                for line, paid in told.items():
                    self.noted(lines[line], paid)

    def noted(self, line, paid):
        """What one line of an answer makes of its order, if this attempt is the one under way or paid."""
        one = next((one for one in self.model.values() if one["pk"] == line.order_id), None)
        if one is None:  # a refunded order of a matter that has a newer one: nothing moves it
            return
        latest = (
            Transfer.objects.filter(order=line.order_id).order_by("-attempt").values_list("attempt").first()
        )
        if paid is None or latest[0] != line.attempt or one["state"] not in {State.SENT, State.PAID}:
            return
        if paid and one["state"] == State.SENT:
            one["state"] = State.PAID
        elif not paid:
            one["state"] = State.FAILED

    @where(State.FAILED)
    @rule(who=KEEPS, which=st.integers(0, 9), new_card=st.booleans())
    def correct(self, who, which, new_card):
        one = self.one(which, State.FAILED)
        row = self.row(one)
        if new_card:
            self.cards += 1
            self.payers.account(row.payee, number=card(70_000 + self.cards))
        fixed = {"order_id": row.pk, "same_account": not new_card, "by": self.hand(who), "at": AT}
        if self.tried("correct", lambda: actions.correct_order(**fixed)):
            one |= {"state": State.MADE, "maker": who, "checker": "", "sender": ""}
            self.asked.discard(row.pk)

    @where(State.MADE, State.FAILED, State.CHECKED, State.PAID)
    @rule(who=KEEPS, which=st.integers(0, 9), sure=st.integers(0, 4))
    def cancel(self, who, which, sure):
        if sure:
            return
        one = self.one(which, State.MADE, State.FAILED, State.CHECKED, State.PAID)
        told = {"reason": "填错", "by": self.hand(who), "at": AT}
        if self.tried("cancel", lambda: actions.cancel_order(order_id=one["pk"], **told)):
            assert one["state"] in {State.MADE, State.FAILED}
            one["state"] = State.CANCELLED

    @where(State.PAID)
    @rule(asks=KEEPS, who=PAYS, which=st.integers(0, 9))
    def refund(self, asks, who, which):
        one = self.one(which, State.PAID)
        told = {"order_id": one["pk"], "at": AT}
        if self.tried("ask", lambda: actions.ask_refund(**told, reason="退学", by=self.hand(asks))):
            self.asked.add(one["pk"])
        if self.tried("refund", lambda: actions.refund_order(**told, on=TODAY, by=self.hand(who))):
            assert one["pk"] in self.asked
            one["state"] = State.REFUNDED

    @invariant()
    def the_books_say_what_the_orders_say(self):
        told = dict(PaymentOrder.objects.values_list("pk", "state"))
        assert {
            one["pk"]: one["state"] for one in self.model.values() if one["pk"] in told
        }.items() <= told.items()
        paid = sum(one["fen"] for one in self.model.values() if one["state"] == State.PAID)
        held = ledger.fund_available(fund_id=self.payers.fund.pk)
        assert held == HELD - Yuan(paid)
        open_ones = sum(one["fen"] for one in self.model.values() if one["state"] in OPEN)
        assert queries.reserved(fund_id=self.payers.fund.pk) == Yuan(open_ones)
        assert Yuan(open_ones) <= held
        live = Transfer.objects.filter(outcome__in=["", "paid"]).values_list("order", flat=True)
        assert len(live) == len(set(live))

    def hand(self, who):
        return getattr(self.payers, who)

    def one(self, which, *states):
        found = [one for one in self.model.values() if one["state"] in states]
        return found[which % len(found)] if found else None

    @staticmethod
    def row(one):
        return PaymentOrder.objects.get(pk=one["pk"])

    @staticmethod
    def live():
        return {*OPEN, State.PAID}


def test_whatever_is_done_in_whatever_order_no_order_is_paid_twice(land, record_property):
    payers = Payers(land, holds="2000")
    machine = type(
        "Machine", (Orders,), {"payers": payers, "people": [payers.person(name) for name in NAMES]}
    )
    STEPS.clear()
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    record_property("steps", str(dict(STEPS)))
    done = {verb for verb in STEPS if not verb.endswith("refused")}
    assert {"make", "check", "send", "answer", "correct", "cancel", "ask", "refund"} <= done
    assert sum(STEPS.values()) > 300
