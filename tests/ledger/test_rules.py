"""What the rules of bookkeeping say, without a database."""

from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.money import Yuan
from niangjia.ledger.permissions import GRANTS, LABELS, Word
from niangjia.ledger.rules import (
    VOUCHER,
    AccountFacts,
    Allocation,
    BankRow,
    BookRow,
    EntryDraft,
    EntryKind,
    Flow,
    Klass,
    PostingDraft,
    Trail,
    allocate,
    closing_lines,
    reconcile,
    require_known,
    require_over,
    require_sound,
    unbalanced,
)
from niangjia.recount.rules import amount_of

DAY = date(2018, 8, 20)


def draft(*lines, kind=EntryKind.RECEIPT, words="收到补助", key="k", **more):
    postings = [PostingDraft(code, fund, Yuan(fen)) for code, fund, fen in lines]
    return EntryDraft(DAY, kind, words, postings, key=key, **more)


EVEN = (("102", "A", 500), ("403", "A", -500))


def test_a_balanced_draft_is_sound():
    require_sound(draft(*EVEN))


@pytest.mark.parametrize(
    ("bad", "words", "field"),
    [
        (draft(("102", "A", 500)), "两行", "postings"),
        (draft(("102", "A", 500), ("403", "A", -499)), "借贷不平", "postings"),
        (draft(("102", "A", 500), ("403", "B", -500)), "借贷不平", "postings"),
        (draft(("102", "A", 0), ("403", "A", 0)), "不能为零", "postings"),
        (draft(*EVEN, words="  "), "摘要", "words"),
        (draft(*EVEN, key=""), "幂等键", "key"),
        (draft(*EVEN, kind=EntryKind.CONTRA), "系统生成", "kind"),
        (draft(*EVEN, kind=EntryKind.CLOSE), "系统生成", "kind"),
        (draft(*EVEN, kind=EntryKind.CORRECTION), "理由", "reason"),
        (draft(*EVEN, erratum_year=2018), "早于", "erratum_year"),
        (draft(*(EVEN * 1001)), "最多", "postings"),
    ],
)
def test_what_is_wrong_in_a_draft_is_named_with_its_field(bad, words, field):
    with pytest.raises(Refused, match=words) as told:
        require_sound(bad)
    assert told.value.field == field


def test_a_correction_with_its_reason_and_an_earlier_year_is_sound():
    require_sound(draft(*EVEN, kind=EntryKind.CORRECTION, reason="记错科目", erratum_year=2017))
    require_sound(draft(*(EVEN * 1000)))


def test_the_difference_is_told_for_every_fund():
    lines = [PostingDraft("102", "A", Yuan(3)), PostingDraft("102", "B", Yuan(-3))]
    assert unbalanced(lines) == {"A": Yuan(3), "B": Yuan(-3)}


ACCOUNTS = {
    "102": AccountFacts("102", "银行存款", Klass.ASSET),
    "403": AccountFacts("403", "上级补助收入", Klass.INCOME),
    "301": AccountFacts("301", "结余", Klass.NET),
    "503": AccountFacts("503", "帮扶费", Klass.EXPENSE, by_order=True),
}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (draft(("999", "A", 5), ("403", "A", -5)), "没有科目 999"),
        (draft(("102", "Z", 5), ("403", "Z", -5)), "没有资金来源 Z"),
        (draft(("503", "A", 5), ("102", "A", -5)), "只能凭支付单"),
        (draft(("503", "A", 5), ("102", "A", -5), kind=EntryKind.PAYMENT), "只能凭支付单"),
        (draft(("102", "A", 5), ("403", "A", -5), kind=EntryKind.OPENING), "期初"),
    ],
)
def test_a_line_that_does_not_fit_the_book_is_told(bad, words):
    with pytest.raises(Refused, match=words):
        require_known(bad, accounts=ACCOUNTS, funds={"A"})


def test_what_fits_the_book_passes():
    paid = draft(("503", "A", 5), ("102", "A", -5), kind=EntryKind.PAYMENT, about=("payments.order", 1))
    back = draft(("102", "A", 5), ("503", "A", -5))
    begun = draft(("102", "A", 5), ("301", "A", -5), kind=EntryKind.OPENING)
    for good in (paid, back, begun, draft(*EVEN)):
        require_known(good, accounts=ACCOUNTS, funds={"A"})


# Lots


def test_the_first_fen_in_is_the_first_fen_out():
    told = allocate(
        [Flow(1, [(100, "甲")]), Flow(2, [(50, "乙")]), Flow(3, [(-120, "")]), Flow(4, [(-20, "")])]
    )
    assert parts(told, 3) == [("甲", 0, 100), ("乙", 0, 20)]
    assert parts(told, 4) == [("乙", 20, 40)]
    assert told.left == 10


def test_a_payment_that_comes_back_returns_to_its_own_lots_and_is_spent_again_first():
    flows = [Flow(1, [(100, "甲")]), Flow(2, [(100, "乙")]), Flow(3, [(-60, "")]), Flow(4, [(-60, "")])]
    told = allocate([*flows, Flow(5, [(60, "")], contra_of=3), Flow(6, [(-70, "")])])
    assert parts(told, 3) == [("甲", 0, 60)], "it is still told where it had come from"
    assert [part.returned_by for part in told.taken[3]] == [5]
    assert parts(told, 4) == [("甲", 60, 100), ("乙", 0, 20)], "a later entry never changes an earlier one"
    assert parts(told, 6) == [("甲", 0, 60), ("乙", 20, 30)]
    assert told.left == 70


def test_a_receipt_taken_back_is_taken_from_itself():
    flows = [Flow(1, [(100, "甲")]), Flow(2, [(100, "误记")]), Flow(3, [(-100, "")], contra_of=2)]
    told = allocate([*flows, Flow(4, [(-80, "")])])
    assert parts(told, 3) == [("误记", 0, 100)]
    assert parts(told, 4) == [("甲", 0, 80)], "nobody is paid from money that never came"


def test_a_receipt_taken_back_after_it_was_spent_takes_what_there_is():
    flows = [Flow(1, [(100, "误记")]), Flow(2, [(-30, "")]), Flow(3, [(50, "乙")])]
    told = allocate([*flows, Flow(4, [(-100, "")], contra_of=1)])
    assert parts(told, 4) == [("误记", 30, 100), ("乙", 0, 30)]
    assert told.left == 20


def test_what_is_spent_before_it_comes_in_is_open_and_covered_in_order():
    told = allocate([Flow(1, [(-50, "")]), Flow(2, [(-20, "")]), Flow(3, [(60, "甲")])])
    assert parts(told, 1) == [("甲", 0, 50)]
    assert parts(told, 2) == [("甲", 50, 60)]
    assert (told.open, told.left) == ({2: 10}, -10)
    told.follow(Flow(4, [(20, "")], contra_of=2))
    assert (told.open, told.left) == ({}, 10)


def parts(told, taker):
    return [(part.lot.source, part.start, part.end) for part in told.taken[taker]]


@st.composite
def histories(draw):
    """A fund's entries: money in, money out, and each of them taken back at most once."""
    flows, open_ = [], []
    for number in range(1, draw(st.integers(1, 40)) + 1):
        if open_ and draw(st.booleans()) and draw(st.booleans()):
            back = open_.pop(draw(st.integers(0, len(open_) - 1)))
            flows.append(Flow(number, [(-fen, source) for fen, source in back.lines], back.entry_id))
            continue
        sign = draw(st.sampled_from([1, 1, -1]))
        lines = [
            (sign * fen, f"源{number}") for fen in draw(st.lists(st.integers(1, 500), min_size=1, max_size=3))
        ]
        flows.append(Flow(number, lines))
        open_.append(flows[-1])
    return flows


@given(histories())
def test_every_fen_is_told_once_whatever_happens(flows):
    told = allocate(flows)
    assert told.whole
    assert told.left == sum(flow.fen for flow in flows)
    back = {flow.contra_of: flow for flow in flows if flow.contra_of}
    for flow in flows:
        if flow.fen < 0:
            gave = told.taken.get(flow.entry_id, [])
            returned = flow.entry_id in back
            assert sum(part.fen for part in gave) + told.open.get(flow.entry_id, 0) <= -flow.fen
            if not returned:
                assert sum(part.fen for part in gave) + told.open.get(flow.entry_id, 0) == -flow.fen
    for lots in told.lots.values():
        for lot in lots:
            taken = sorted((part.start, part.end) for part in lot.slices if part.returned_by is None)
            stretches = sorted([*taken, *lot.free])
            assert [low for low, _ in stretches] == [0, *[high for _, high in stretches][:-1]]
            assert stretches[-1][1] == lot.fen, "no fen twice, none left out"


@given(histories(), st.integers(0, 40))
def test_what_was_told_of_an_entry_is_never_told_otherwise_later(flows, until):
    before, after = allocate(flows[:until]), allocate(flows)
    for taker, gave in before.taken.items():
        if not before.open.get(taker):
            told = [(part.lot.entry_id, part.start, part.end) for part in gave]
            assert told == [(part.lot.entry_id, part.start, part.end) for part in after.taken[taker]]


class Told:
    """Funds and entries of a trail, by hand."""

    def __init__(self, funds, pairs=()):
        self.read = {fund: allocate(flows, fund=fund) for fund, flows in funds.items()}
        self.touched = {}
        for fund, flows in funds.items():
            for flow in flows:
                self.touched.setdefault(flow.entry_id, []).append(fund)
        self.to, self.by = dict(pairs), {taker: giver for giver, taker in pairs}

    def allocation(self, fund):
        return self.read[fund]

    def funds(self, entry):
        return self.touched.get(entry, [])

    def giver(self, entry):
        return self.by.get(entry)

    def receiver(self, entry):
        return self.to.get(entry)


def ends(stretches):
    return [(one.entry, one.source, one.fen, one.held) for one in stretches]


def test_money_is_followed_through_a_transfer_between_funds_and_on_to_the_next_book():
    funds = {
        1: [Flow(1, [(100, "甲")]), Flow(2, [(50, "乙")]), Flow(3, [(-120, "")])],
        2: [Flow(3, [(120, "")]), Flow(4, [(-110, "")])],
        3: [Flow(5, [(110, "移交")]), Flow(6, [(-105, "")])],
    }
    trail = Trail(Told(funds, pairs=[(4, 5)]))
    assert ends(trail.came_from(6)) == [(1, "甲", 100, False), (2, "乙", 5, False)]
    assert ends(trail.went_to(1)) == [(6, "", 100, False)]
    assert ends(trail.went_to(2)) == [
        (6, "", 5, False), (5, "移交", 5, True), (3, "", 10, True), (2, "乙", 30, True),
    ]  # fmt: skip


def test_what_was_returned_is_not_told_as_a_use():
    funds = {1: [Flow(1, [(100, "甲")]), Flow(2, [(-60, "")]), Flow(3, [(60, "")], contra_of=2)]}
    trail = Trail(Told(funds))
    assert ends(trail.went_to(1)) == [(1, "甲", 100, True)]
    assert ends(trail.came_from(2)) == [(1, "甲", 60, False)]


@given(st.lists(st.integers(1, 300), min_size=1, max_size=8), st.lists(st.integers(1, 300), max_size=12))
def test_both_ways_of_a_trail_tell_the_same(received, paid):
    flows = [Flow(number, [(fen, f"源{number}")]) for number, fen in enumerate(received, 1)]
    rest = sum(received)
    spent = [fen for fen, total in zip(paid, accumulate(paid), strict=True) if total <= rest]
    flows += [Flow(100 + number, [(-fen, "")]) for number, fen in enumerate(spent)]
    trail = Trail(Told({1: flows}))
    back = [
        (one.entry, 100 + number, one.fen)
        for number in range(len(spent))
        for one in trail.came_from(100 + number)
    ]
    on = [
        (number, one.entry, one.fen)
        for number in range(1, len(received) + 1)
        for one in trail.went_to(number)
        if not one.held
    ]
    assert sorted(back) == sorted(on)
    assert sum(fen for *_, fen in on) == sum(spent)


def test_an_empty_fund_holds_nothing():
    assert (Allocation().left, Allocation().whole) == (0, True)


# The year, the bank, the amounts


def test_a_year_is_closed_when_it_is_over():
    with pytest.raises(Refused, match="还没有过完"):
        require_over(2018, today=date(2018, 12, 31))
    require_over(2018, today=date(2019, 1, 1))


def test_income_and_expense_go_into_the_surplus_of_their_own_fund():
    standing = [
        ("102", Klass.ASSET, "A", 300), ("403", Klass.INCOME, "A", -500), ("501", Klass.EXPENSE, "A", 200),
        ("403", Klass.INCOME, "B", -70), ("501", Klass.EXPENSE, "C", 0), ("301", Klass.NET, "A", -9),
    ]  # fmt: skip
    lines = closing_lines(standing, surplus="301")
    assert unbalanced(lines) == {}
    assert [(line.account_code, line.fund_code, line.amount.fen) for line in lines] == [
        ("403", "A", 500), ("501", "A", -200), ("403", "B", 70), ("301", "A", -300), ("301", "B", -70),
    ]  # fmt: skip


def test_a_fund_that_spent_all_it_earned_needs_no_surplus():
    standing = [("403", Klass.INCOME, "A", -5), ("501", Klass.EXPENSE, "A", 5)]
    assert [line.amount.fen for line in closing_lines(standing, surplus="301")] == [5, -5]


def test_the_bank_and_the_book_are_paired_by_amount_and_the_nearest_day():
    bank = [
        BankRow(date(2018, 8, 22), Yuan(-600)),
        BankRow(date(2018, 8, 25), Yuan(-600)),
        BankRow(DAY, Yuan(7)),
    ]
    book = [BookRow(1, date(2018, 8, 24), Yuan(-600)), BookRow(2, DAY, Yuan(-600)), BookRow(3, DAY, Yuan(9))]
    told = reconcile(bank, book)
    assert [(seen.on.day, row.entry_id) for seen, row in told.pairs] == [(22, 1), (25, 2)]
    assert (told.only_bank, [row.entry_id for row in told.only_book]) == ((bank[2],), [3])
    assert (told.agrees, told.difference) == (False, Yuan(-2))
    assert reconcile(bank[:2], book[:2]).agrees


@given(st.integers(-(10**12), 10**12))
def test_an_amount_is_written_to_the_fen(fen):
    written = amount_of(fen)
    assert Yuan.of(written).fen == fen
    assert len(written.rpartition(".")[2]) == 2


def test_every_word_has_a_label_and_somebody_who_carries_it():
    assert set(LABELS) == set(Word) == {grant.word for grant in GRANTS}
    assert all(grant.roles for grant in GRANTS)


def test_a_voucher_always_comes_to_an_end():
    assert not VOUCHER.unreachable
    assert not VOUCHER.dead_ends


def test_bad_input_is_bad_input():
    with pytest.raises(BadInput):
        require_sound(draft())
