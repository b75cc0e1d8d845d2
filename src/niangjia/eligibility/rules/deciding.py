"""The decision itself: exact fractions, nothing rounded, equal is not below (R-AID-04 to 07). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from niangjia.eligibility.rules.situation import Category, Expense, Situation, Standards
from niangjia.kernel.periods import add_years
from niangjia.kernel.words import Said, say

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Missing:
    """A thing that must be known first: its name, and the next step."""

    fact: str
    words: Said


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted, in fen; `net` a person and month, exactly."""

    income: int
    burden: int
    persons: int
    deep_line: Fraction
    relative_line: Fraction
    sudden: int | None
    ratio: Fraction

    @property
    def sudden_line(self) -> Fraction:
        """Above so much a sudden expense is accidental hardship (R-AID-05)."""
        return self.ratio * self.income

    @property
    def net(self) -> Fraction:
        """(income - rigid expenses) / 12 / persons living together; a debt stays negative (R-AID-04)."""
        return Fraction(self.income - self.burden, MONTHS * self.persons)


def excluding(situation: Situation, standards: Standards) -> tuple[str, ...]:
    """The circumstances of the county's list that hold for this household (R-AID-06)."""
    return tuple(flag for flag in standards.excluded_by if flag in (situation.flags or ()))


def anniversary(since: date, years: int) -> date:
    """The day on which a labour relation has lasted so many calendar years (R-AID-07, D-9).

    >>> anniversary(date(2017, 9, 3), 1)
    datetime.date(2018, 9, 3)
    """
    return add_years(since, years)


def migrant_lacks(situation: Situation, standards: Standards) -> tuple[str, ...]:
    """Which of the three things asked of a migrant worker are known not to hold (R-AID-07)."""
    if not situation.migrant:
        return ()
    day, since = situation.applied_on, situation.labour_since
    lacking = {
        "member_since": situation.member_since is None or situation.member_since > day,
        "lives_here": situation.lives_here is False,
        "labour_since": since is not None and anniversary(since, standards.years) > day,
    }
    return tuple(name for name, lacks in lacking.items() if lacks)


def missing(situation: Situation, standards: Standards) -> tuple[Missing, ...]:
    """Everything that must be known before the household can be judged, by name (R-AID-02)."""
    return tuple(_missing(situation, standards))


def _missing(situation: Situation, standards: Standards) -> Iterator[Missing]:
    if standards.min_living is None:
        text = "{county}在 {day} 还没有登记低保标准。请县级工会在“政策参数”里登记。"
        yield Missing("min_living", say(text, county=situation.county or "—", day=situation.applied_on))
    if not situation.persons:
        yield Missing("persons", say("还没有登记共同生活的人。请在家庭成员里至少登记一人。"))
    if situation.total is None:
        names = [name for name, amount in situation.incomes if amount is None]
        yield Missing("income", _no_income(names))
    yield from _missing_expenses(situation)
    if situation.flags is None:
        yield Missing("flags", say("还没有逐项核对不予建档的情形（住房、企业、就学）。请上门时核对。"))
    yield from _missing_migrant(situation)


def _no_income(names: list[str]) -> Said:
    if names:
        text = "还没有填写 {name} 等 {n} 人的年收入。没有收入的请填 0。"
        return say(text, name=names[0], n=len(names))
    return say("还没有填写家庭年可支配收入。请按成员逐人填写。")


def _missing_expenses(situation: Situation) -> Iterator[Missing]:
    asks = {
        Expense.MEDICAL: say("还没有填写全年医疗自付（报销之后）。没有的请填 0。"),
        Expense.EDUCATION: say("还没有填写全年教育支出。没有的请填 0。"),
        Expense.DISABILITY: say("还没有填写全年残疾护理支出。没有的请填 0。"),
        Expense.EMPLOYMENT: say("还没有填写全年必要就业成本。没有的请填 0。"),
        Expense.ACCIDENT: say("还没有填写意外损失。没有的请填 0。"),
    }
    for kind, words in asks.items():
        if situation.expenses.get(kind) is None:
            yield Missing(f"expenses.{kind}", words)
    if situation.compensation is None:
        yield Missing("compensation", say("还没有填写已得的赔偿、补偿和互助金。没有的请填 0。"))


def _missing_migrant(situation: Situation) -> Iterator[Missing]:
    if situation.migrant is None:
        yield Missing("migrant", say("还没有登记是不是外来务工人员。请按户籍核对。"))
    if not situation.migrant:
        return
    if situation.lives_here is None:
        yield Missing("lives_here", say("还没有登记是否在本市居住。请上门时核对。"))
    if situation.labour_since is None:
        yield Missing("labour_since", say("还没有登记劳动关系从哪天起。请按劳动合同填写。"))


def numbers(situation: Situation, standards: Standards) -> Numbers:
    """What is counted of a household of which nothing is missing.

    What was received as compensation lessens the rigid expenses, never below nothing (R-INS-08).
    """
    total = situation.total
    if total is None or not situation.persons or situation.compensation is None:
        message = "the household is not known well enough to be counted; ask `missing` first"
        raise ValueError(message)
    received = situation.compensation.fen
    spent = sum(one.fen for one in situation.expenses.values() if one is not None)
    sudden = situation.expenses.get(situation.sudden) if situation.sudden else None
    return Numbers(
        income=total.fen,
        burden=max(0, spent - received),
        persons=situation.persons,
        deep_line=standards.line(standards.deep_multiple),
        relative_line=standards.line(standards.relative_multiple),
        sudden=None if sudden is None else max(0, sudden.fen - received),
        ratio=standards.ratio,
    )


def by_numbers(found: Numbers) -> Category:
    """The category by the lines alone; a sudden expense is asked last (R-AID-04, R-AID-05)."""
    if found.net < found.deep_line:
        return Category.DEEP
    if found.net < found.relative_line:
        return Category.RELATIVE
    if found.sudden is not None and found.sudden > found.sudden_line:
        return Category.ACCIDENTAL
    return Category.NONE


def decide(situation: Situation, standards: Standards) -> Category:
    """What the rules make of this household: exclusions first, then migrants, then what is missing."""
    if excluding(situation, standards):
        return Category.EXCLUDED
    if migrant_lacks(situation, standards):
        return Category.NONE
    if missing(situation, standards):
        return Category.NEEDS_DATA
    return by_numbers(numbers(situation, standards))
