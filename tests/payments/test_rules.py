"""The rules of paying: no database."""

from datetime import date
from itertools import product

import pytest

from niangjia.kernel.errors import BadInput, NotAllowed, Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.workflow import explore, mermaid, way_around
from niangjia.payments import rules
from niangjia.payments.rules import (
    PAYMENT,
    AccountDraft,
    Chosen,
    Hands,
    OrderDraft,
    Outcome,
    ResultRow,
    Sent,
    State,
    Verdict,
)

GOOD = "6228480000000000018"
WIDE = {code: code + 0xFEE0 for code in range(0x30, 0x3A)}


def test_every_state_is_reached_and_every_way_ends():
    assert PAYMENT.unreachable == frozenset()
    assert PAYMENT.dead_ends == frozenset()
    assert set(PAYMENT.ends or PAYMENT.last_states) == {State.REFUNDED, State.CANCELLED}
    assert "made --> checked" in mermaid(PAYMENT)


@pytest.mark.parametrize("left_out", ["check", "send", "pay"])
def test_no_order_is_paid_that_was_not_checked_sent_and_told_paid(left_out):
    assert way_around(PAYMENT, State.PAID, without=[left_out]) is None


def test_nothing_is_refunded_that_the_accountant_did_not_ask_for():
    def facts(world):
        return {"refund_asked": "asked" in world}

    def after(world, step):
        return frozenset(world | {step.name})

    def events(world):
        return [("asked", frozenset(world | {"asked"}))] if "asked" not in world else []

    found = list(explore(PAYMENT, frozenset(), after=after, facts=facts, events=events))
    assert len(found) > 100
    refunded = [one for one in found if one.state == State.REFUNDED]
    assert refunded
    assert all("asked" in one.world and "pay" in one.world for one in refunded)


def test_the_three_hands_are_three_people_and_never_the_payees():
    hands = Hands(maker=1, checker=2, sender=3, payee=70)
    rules.require_other_hands(hands, user_id=4, person_id=71)
    for user_id, person_id in ((1, 71), (2, 71), (3, 71), (4, 70), (None, 71)):
        with pytest.raises(NotAllowed):
            rules.require_other_hands(hands, user_id=user_id, person_id=person_id)


def draft(**more):
    told = {
        "unit_id": 1, "fund_id": 1, "payee_id": 1, "amount": Yuan.of("600"), "about": ("test.matter", 1),
        "purpose": "春风助学款", "expense_code": "50301",
    }  # fmt: skip
    return OrderDraft(**told | more)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", Yuan(0)), ("amount", Yuan(-1)), ("purpose", " "), ("purpose", "字" * 31),
        ("purpose", "助学,款"), ("purpose", "=cmd|'x'"), ("method", "cheque"),
    ],
)  # fmt: skip
def test_a_draft_says_which_field_is_wrong(field, value):
    with pytest.raises(BadInput) as refused:
        rules.require_draft(draft(**{field: value}))
    assert refused.value.field == field


def test_the_purpose_is_one_line_of_words():
    assert rules.require_draft(draft(purpose="  春风  助学款 ")) == "春风 助学款"
    assert rules.require_draft(draft(purpose="字" * 30)) == "字" * 30


def test_what_was_seen_is_what_is_done():
    found = Chosen.of([Yuan(100), Yuan(200)])
    rules.require_same(None, found)
    rules.require_same(Chosen(2, Yuan(300)), found)
    for seen in (Chosen(3, Yuan(300)), Chosen(2, Yuan(301))):
        with pytest.raises(Refused):
            rules.require_same(seen, found)
    with pytest.raises(Refused):
        rules.require_same(None, Chosen(0, Yuan(0)))
    assert str(rules.said_chosen(found)) == "将作用于 2 笔，合计 3.00 元。"


def account(**more):
    return AccountDraft(**{"number": GOOD, "bank": "农业银行", "holder": "林晓梅"} | more)


@pytest.mark.parametrize(
    ("number", "holds"),
    [
        (GOOD, True), ("6228 4800 0000 0000 018", True), (GOOD.translate(WIDE), True),
        ("6228480000000000019", False), ("62284800000", False), ("62284800000000000180", False),
        ("abc", False), ("", False),
    ],
)  # fmt: skip
def test_an_account_number_has_12_to_19_digits_and_passes_its_check(number, holds):
    if holds:
        assert rules.account_number(account(number=number)) == GOOD
        return
    with pytest.raises(BadInput) as refused:
        rules.account_number(account(number=number))
    assert refused.value.field == "number"


def test_a_passbook_without_a_check_digit_is_taken_by_comparison():
    assert rules.account_number(account(number="6228480000000000019", compared=True)) == "6228480000000000019"


def test_the_holder_is_the_payee_in_any_writing_of_his_name():
    rules.require_holder(account(holder="阿依·古丽"), name="阿依•古丽")
    for holder in ("林小梅", "", "林晓梅（代）"):
        with pytest.raises(BadInput) as refused:
            rules.require_holder(account(holder=holder), name="林晓梅")
        assert refused.value.field == "holder"


@pytest.mark.parametrize(
    ("born", "basis", "holds"),
    [
        (date(2008, 5, 1), "户口簿", True), (date(2008, 5, 1), "", False),
        (date(1970, 1, 1), "户口簿", False),
        (date(1970, 1, 1), "衢江区法院（2017）浙0803民特12号判决书", True), (None, "户口簿", False),
        (date(2000, 8, 20), "户口簿", False), (date(2000, 8, 21), "户口簿", True),
    ],
)  # fmt: skip
def test_a_guardian_is_paid_for_a_minor_or_by_a_courts_paper(born, basis, holds):
    told = account(guardian_id=9, basis=basis)
    if holds:
        rules.require_guardian(told, born=born, day=date(2018, 8, 20))
        return
    with pytest.raises(BadInput) as refused:
        rules.require_guardian(told, born=born, day=date(2018, 8, 20))
    assert refused.value.field == "basis"


def row(number, *, paid=True, amount=60000, tail="0018", line=None):
    return ResultRow(row=line or number + 1, number=number, amount=Yuan(amount), paid=paid, tail=tail)


def sent(number, outcome=Outcome.OPEN):
    return Sent(number, Yuan(60000), "0018", outcome)


def verdicts(rows, lines):
    return [one.verdict for one in rules.judge(rows, lines)]


def test_each_line_of_an_answer_has_its_verdict():
    lines = [sent(1), sent(2), sent(3, Outcome.PAID), sent(4), sent(5), sent(6), sent(7, Outcome.FAILED)]
    told = [
        row(1), row(2, paid=False), row(3, paid=False), row(9), row(4, amount=6000), row(5, tail="9999"),
        row(6, paid=None), row(7),
    ]  # fmt: skip
    assert verdicts(told, lines) == [
        Verdict.PAID, Verdict.FAILED, Verdict.RETURNED, Verdict.UNKNOWN, Verdict.DIFFERS, Verdict.DIFFERS,
        Verdict.UNREAD, Verdict.LATE,
    ]  # fmt: skip


def test_a_line_told_twice_counts_once_and_one_that_contradicts_itself_not_at_all():
    assert verdicts([row(1), row(1, line=3)], [sent(1)]) == [Verdict.PAID, Verdict.SAME]
    both = [row(1), row(1, paid=False, line=3)]
    assert verdicts(both, [sent(1)]) == [Verdict.DOUBLED, Verdict.DOUBLED]


def test_no_answer_read_again_changes_anything():
    """Every answer to every state, twice: what the first left stands."""
    fates = {Verdict.PAID: Outcome.PAID, Verdict.FAILED: Outcome.FAILED, Verdict.RETURNED: Outcome.RETURNED}
    for outcome, paid in product(Outcome, (True, False)):
        (first,) = verdicts([row(1, paid=paid)], [sent(1, outcome)])
        now = fates.get(first, outcome)
        (again,) = verdicts([row(1, paid=paid)], [sent(1, now)])
        assert again not in rules.CHANGING


def test_what_the_answer_leaves_out_is_told():
    judged = rules.judge([row(1)], [sent(1), sent(2), sent(3, Outcome.PAID)])
    assert rules.missing_from(judged, [sent(1), sent(2), sent(3, Outcome.PAID)]) == [2]
    assert rules.counts_of(judged) == {"paid": 1}


@pytest.mark.parametrize(
    ("word", "paid"),
    [
        ("成功", True), ("交易成功", True), ("SUCCESS", True), ("失败", False), ("未成功", False),
        ("退汇", False),
        ("付款成功后退回", False), ("不成功", False), ("处理中", None), ("", None),
    ],
)  # fmt: skip
def test_the_banks_word_is_understood_or_left(word, paid):
    assert rules.has_paid(word) is paid
