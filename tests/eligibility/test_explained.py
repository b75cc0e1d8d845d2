"""Random households: the printed sentences, read with a pencil, decide the same; each change flips.

Features §3.6, "must show" 4; no database.
"""

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from niangjia.eligibility import rules
from niangjia.eligibility.rules import SUDDEN, Category, Cause, Change, Expense, Situation
from niangjia.kernel.money import Yuan
from tests.eligibility.households import DAY, EXCLUSIONS, household, standards

HOUSEHOLDS, SEED = 10_000, 20180820
MONEY = r"(-?[\d,]+\.\d\d)"
DATED = r"(\d{4})年(\d{1,2})月(\d{1,2})日"


def some_money(dice, most):
    """Often nothing, often round, sometimes to the fen."""
    return Yuan(dice.choice((0, dice.randrange(most) * 100, dice.randrange(most * 100), most * 100)))


def some_standards(dice):
    deep = dice.choice(("1", "1", "1", "1.5", "2", "0.7"))
    return standards(
        living=dice.choice((None, *["810.00"] * 15, "664.01", "1000.00", "999.99")),
        deep=deep, relative=dice.choice(("2", "2", "1.5", "4/3", "3", "1")),
        ratio=dice.choice(("4/5", "0.8", "1/3", "1", "2")),
        exclusions=dice.choice((EXCLUSIONS, EXCLUSIONS, EXCLUSIONS[:1], ())),
        years=dice.choice((0, 1, 1, 2, 5)),
    )  # fmt: skip


def some_household(dice, by):
    persons = dice.choice((0, *(1, 2, 3, 3, 4, 5, 8) * 3))
    income = some_money(dice, dice.choice((20_000, 80_000, 200_000)))
    spent = {kind: some_money(dice, 20_000) if dice.random() < 0.4 else Yuan(0) for kind in Expense}
    if by.min_living and persons and dice.random() < 0.3:
        line = by.line(dice.choice((by.deep_multiple, by.relative_multiple))) * 12 * persons
        burden = sum(one.fen for one in spent.values())
        income = Yuan(max(0, int(line) + burden + dice.choice((-1, 0, 1))))
    cause = dice.choice((None, *Cause))
    if persons and dice.random() < 0.25:
        income, cause = Yuan(dice.randrange(150_000, 900_000) * 100), dice.choice(list(SUDDEN))
        edge = int(by.ratio * income.fen) + dice.choice((0, 1, 2, 1_000_000))
        spent = dict.fromkeys(Expense, Yuan(0)) | {SUDDEN[cause]: Yuan(edge)}
    if dice.random() < 0.05:
        spent[dice.choice(list(Expense))] = None
    return Situation(
        applied_on=DAY, county="330112", persons=persons or None,
        income=None if dice.random() < 0.03 else income, expenses=spent,
        compensation=None if dice.random() < 0.03 else some_money(dice, dice.choice((1, 1, 30_000))),
        cause=cause,
        flags=None if dice.random() < 0.03 else frozenset(one for one in EXCLUSIONS if dice.random() < 0.04),
        migrant=dice.choice((False,) * 12 + (True,) * 7 + (None,)),
        lives_here=dice.choice((True, True, True, True, False, None)),
        member_since=dice.choice((None, *[DAY + timedelta(days=dice.randrange(-900, 60)) for _ in range(4)])),
        labour_since=dice.choice((None, *[DAY - timedelta(days=dice.randrange(3000)) for _ in range(6)])),
    )  # fmt: skip


class Pencil:
    """Reads what is printed, and nothing else, and works it out again with fractions."""

    def __init__(self, verdict):
        self.lines = [(one.code, str(one.words)) for one in verdict.reasons]
        self.lacking = [str(one.words) for one in verdict.missing]

    def one(self, code):
        return next((words for here, words in self.lines if here == code), "")

    @staticmethod
    def amounts(words):
        return [Fraction(one.replace(",", "")) for one in re.findall(MONEY, words)]

    def migrant_fails(self):
        if not self.one("member_since"):
            return False
        days = [date(*map(int, found)) for found in re.findall(DATED, self.one("labour_since"))]
        too_early = len(days) == 3 and days[1] > days[2]
        return "还不是" in self.one("member_since") or "不在。" in self.one("lives_here") or too_early

    def decision(self):
        if "的情形，按规定不予建档" in self.one("exclusions"):
            return Category.EXCLUDED
        if self.migrant_fails():
            return Category.NONE
        if self.lacking:
            return Category.NEEDS_DATA
        return self.counted()

    def counted(self):
        income, burden, _ = self.amounts(self.one("net"))
        persons = int(re.search(r"再除以 (\d+) 人", self.one("net")).group(1))
        net = (income - burden) / 12 / persons
        for code, category in (("deep", Category.DEEP), ("relative", Category.RELATIVE)):
            standard, times = re.search(rf"低保标准 {MONEY} 元的 ([\d./]+) 倍", self.one(code)).groups()
            if net < Fraction(standard.replace(",", "")) * Fraction(times):
                return category
        return Category.ACCIDENTAL if self.struck() else Category.NONE

    def struck(self):
        found = re.search(
            rf"扣除赔偿后 {MONEY} 元，.*家庭年收入 {MONEY} 元的 (?:([\d.]+)%|([\d/]+))", self.one("sudden")
        )
        if found is None:
            return False
        spent, income = (Fraction(one.replace(",", "")) for one in found.groups()[:2])
        share = Fraction(found[3]) / 100 if found[3] else Fraction(found[4])
        return spent > income * share


def shown_agrees(verdict):
    """The rounded figures in the sentence stand on the side that the sentence says."""
    for code in ("deep", "relative"):
        words = Pencil(verdict).one(code)
        if words:
            net, line, *_ = Pencil.amounts(words)
            assert (net < line) is ("不低于" not in words), words
    words = Pencil(verdict).one("sudden")
    if "扣除赔偿后" in words:
        spent, _, line = Pencil.amounts(words)
        assert (spent > line) is ("没有超过" not in words), words


def nearer(change, situation):
    """The same change one fen, one person, one day less far; None where there is no nearer one."""
    name = change.fact
    if name == "applied_on":
        return Change(name, change.to - timedelta(days=1))
    if name not in {"income", "compensation", "persons"} and not name.startswith("expenses."):
        return None
    now = situation.expenses[Expense(name[9:])] if name.startswith("expenses.") else getattr(situation, name)
    now = situation.total if name == "income" else now
    now = now.fen if isinstance(now, Yuan) else now
    return Change(name, change.to + (1 if now > change.to else -1))


def check_ways(situation, by, verdict):
    assert verdict.ways
    for way in verdict.ways:
        then = rules.changed(situation, way.changes)
        flipped = Pencil(rules.judge(then, by)).decision()
        assert flipped is way.leads_to
        assert flipped is not verdict.category, str(way.words)
        less = nearer(way.changes[-1], situation)
        if less is not None and len(way.changes) == 1:
            still = rules.decide(rules.changed(situation, (less,)), by)
            assert still is verdict.category, str(way.words)


def filled(situation):
    """Every fact of the missing list supplied."""
    return Situation(
        applied_on=situation.applied_on, county=situation.county, persons=situation.persons or 3,
        income=situation.income or Yuan.of(1),
        expenses={k: v or Yuan(0) for k, v in situation.expenses.items()},
        compensation=situation.compensation or Yuan(0), cause=situation.cause,
        flags=situation.flags or frozenset(), migrant=bool(situation.migrant),
        lives_here=situation.lives_here is not False, member_since=situation.member_since,
        labour_since=situation.labour_since or date(2010, 1, 1),
    )  # fmt: skip


def walked(count, seed):
    """So many households judged, read again with a pencil, and flipped; how many of each category."""
    dice = random.Random(seed)  # noqa: S311 - repeatable on purpose
    seen = dict.fromkeys(Category, 0)
    told = 0
    for _ in range(count):
        by = some_standards(dice)
        situation = some_household(dice, by)
        verdict = rules.judge(situation, by)
        seen[verdict.category] += 1
        assert Pencil(verdict).decision() is verdict.category
        shown_agrees(verdict)
        if verdict.category is Category.NEEDS_DATA:
            assert verdict.ways == ()
            whole = rules.judge(filled(situation), by if by.min_living else standards())
            assert whole.category is not Category.NEEDS_DATA
            continue
        check_ways(situation, by, verdict)
        told += len(verdict.ways)
    assert min(seen.values()) >= count // 50, seen
    assert told > count
    return seen, told


def test_five_hundred_households_decide_the_same_from_the_printed_sentences_and_every_change_flips():
    walked(500, SEED)


@pytest.mark.slow
def test_ten_thousand_households_decide_the_same_from_the_printed_sentences_and_every_change_flips():
    walked(HOUSEHOLDS, SEED + 1)


def test_a_pencil_notices_a_wrong_decision():
    """The check can fail: a verdict that is not what its sentences say is found out."""
    wrong = replace(rules.judge(household(), standards()), category=Category.RELATIVE)
    assert Pencil(wrong).decision() is not wrong.category
