"""What is known of a household on the day of the application, and what it is held against (R-AID-04 to 07).

Money is a year's, of the whole household, unless it says otherwise. `None` means nobody has asked yet; a zero
is an answer. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from niangjia.kernel.money import Yuan
from niangjia.kernel.policy import Decided
from niangjia.kernel.words import Said, say


class Category(StrEnum):
    """What the rules make of a household."""

    DEEP = "deep"
    RELATIVE = "relative"
    ACCIDENTAL = "accidental"
    NONE = "none"
    EXCLUDED = "excluded"
    NEEDS_DATA = "needs_data"


ELIGIBLE = (Category.DEEP, Category.RELATIVE, Category.ACCIDENTAL)
CATEGORY_WORDS: Mapping[str, Said] = {
    Category.DEEP: say("深度困难"),
    Category.RELATIVE: say("相对困难"),
    Category.ACCIDENTAL: say("意外致困"),
    Category.NONE: say("不符合建档条件"),
    Category.EXCLUDED: say("属于不予建档的情形"),
    Category.NEEDS_DATA: say("资料不全，暂不能认定"),
}


class Expense(StrEnum):
    """The kinds of rigid expense 刚性支出, each after what was reimbursed."""

    MEDICAL = "medical"
    EDUCATION = "education"
    DISABILITY = "disability_care"
    EMPLOYMENT = "employment_cost"
    ACCIDENT = "accident_loss"


EXPENSE_WORDS: Mapping[str, Said] = {
    Expense.MEDICAL: say("医疗自付"),
    Expense.EDUCATION: say("教育支出"),
    Expense.DISABILITY: say("残疾护理"),
    Expense.EMPLOYMENT: say("必要就业成本"),
    Expense.ACCIDENT: say("意外损失"),
}


class Cause(StrEnum):
    """Why a household is in need 致困原因, as its file has it (`households.rules.CAUSES`)."""

    ILLNESS = "illness"
    DISABILITY = "disability"
    ACCIDENT = "accident"
    EDUCATION = "education"
    UNEMPLOYMENT = "unemployment"
    LOW_INCOME = "low_income"
    OTHER = "other"


SUDDEN: Mapping[Cause, Expense] = {Cause.ILLNESS: Expense.MEDICAL, Cause.ACCIDENT: Expense.ACCIDENT}
"""Causes that strike at once, with the expense they bring: the test of accidental hardship (R-AID-05)."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A household as it stands on the day of the application.

    `flags` are the circumstances of the county's list of exclusions that hold for it. The total income, where
    it is declared, decides; without it the incomes of all members are added up.
    """

    applied_on: date
    county: str = ""
    persons: int | None = None
    income: Yuan | None = None
    incomes: Sequence[tuple[str, Yuan | None]] = ()
    expenses: Mapping[Expense, Yuan | None] = field(default_factory=dict)
    compensation: Yuan | None = None
    cause: Cause | None = None
    flags: frozenset[str] | None = None
    migrant: bool | None = None
    lives_here: bool | None = None
    member_since: date | None = None
    labour_since: date | None = None

    def __post_init__(self) -> None:
        amounts = [self.income, self.compensation, *self.expenses.values(), *(one for _, one in self.incomes)]
        if any(amount is not None and amount.fen < 0 for amount in amounts) or (self.persons or 0) < 0:
            message = "incomes, expenses and persons of a household are never negative"
            raise ValueError(message)

    @property
    def total(self) -> Yuan | None:
        """The yearly disposable income of the household, if it is known."""
        if self.income is not None:
            return self.income
        known = [one for _, one in self.incomes if one is not None]
        return Yuan.total(known) if known and len(known) == len(self.incomes) else None

    @property
    def sudden(self) -> Expense | None:
        """The expense that the cause brought at once, if it is such a cause."""
        return SUDDEN.get(self.cause) if self.cause else None


@dataclass(frozen=True, slots=True)
class Standards:
    """The values of the policies for the county and day, each with its paper; no living standard: not set."""

    min_living: Decided | None
    deep_multiple: Decided
    relative_multiple: Decided
    accident_ratio: Decided
    exclusions: Decided
    migrant_years: Decided
    margin_multiple: Decided | None = None

    @property
    def excluded_by(self) -> tuple[str, ...]:
        """The circumstances that exclude a household here."""
        return self.exclusions.of(tuple)

    @property
    def ratio(self) -> Fraction:
        """The share of the yearly income above which a sudden expense is accidental hardship."""
        return self.accident_ratio.of(Fraction)

    @property
    def years(self) -> int:
        """The anniversaries of labour relation asked of a migrant."""
        return self.migrant_years.of(int)

    def line(self, multiple: Decided) -> Fraction:
        """So many times the living standard, in fen a person and month; only where the standard is set."""
        if self.min_living is None:
            message = "no living standard is set: nothing can be held against it"
            raise ValueError(message)
        return self.min_living.of(Yuan).fen * multiple.of(Fraction)

    @property
    def used(self) -> tuple[Decided, ...]:
        """Every value with its paper, for the record of the decision."""
        found = (
            self.min_living, self.deep_multiple, self.relative_multiple, self.accident_ratio,
            self.exclusions, self.migrant_years, self.margin_multiple,
        )  # fmt: skip
        return tuple(one for one in found if one is not None)
