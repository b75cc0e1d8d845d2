"""Invented households and the standards they are held against."""

from datetime import date
from fractions import Fraction

from niangjia.eligibility.rules import Cause, Expense, Situation, Standards
from niangjia.kernel.money import Yuan
from niangjia.kernel.policy import Decided, shipped

DAY = date(2018, 8, 20)
HOMES = "拥有两套及以上住房"
EXCLUSIONS = (HOMES, "注册企业并雇用他人", "子女自费就读学费超过公办学校两倍的私立学校", "子女自费出国留学")


def decided(key, value, *, paper="某县文件〔2018〕9 号", verified=True):
    return Decided(shipped().definition(key).key, value, date(2018, 1, 1), None, paper, verified)


def standards(
    *, living="810.00", deep=1, relative=2, ratio="4/5", exclusions=EXCLUSIONS, years=1, margin="3/2"
):
    return Standards(
        min_living=decided("aid.min_living_standard", Yuan.of(living)) if living else None,
        deep_multiple=decided("aid.deep_multiple", Fraction(deep)),
        relative_multiple=decided("aid.relative_multiple", Fraction(relative)),
        accident_ratio=decided("aid.accident_expense_ratio", Fraction(ratio), verified=False),
        exclusions=decided("aid.exclusions", tuple(exclusions)),
        migrant_years=decided("aid.migrant_min_years", years),
        margin_multiple=decided("aid.marginal_multiple", Fraction(margin)),
    )


def household(*, income=54_000, persons=3, medical=28_000, **more):
    """Three people, 54,000 yuan a year, 28,000 of it for medicine: the first vector of Appendix F."""
    spent = dict.fromkeys(Expense, Yuan(0)) | {Expense.MEDICAL: Yuan.of(medical)}
    expenses = spent | {kind: Yuan.of(amount) for kind, amount in more.pop("expenses", {}).items()}
    facts = {
        "applied_on": DAY, "county": "330112", "persons": persons, "income": Yuan.of(income),
        "expenses": expenses, "compensation": Yuan(0), "cause": Cause.LOW_INCOME, "flags": frozenset(),
        "migrant": False,
    } | more  # fmt: skip
    return Situation(**facts)


def migrant(**more):
    """A worker from elsewhere, a member, here for two years."""
    facts = {
        "migrant": True, "lives_here": True,
        "member_since": date(2017, 1, 1), "labour_since": date(2016, 8, 1),
    }  # fmt: skip
    return household(**(facts | more))
