"""In which parts a household is told and shown; who may read what of it (R-G-03, SC-11, SC-12). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.households.rules.facts import HOUSEHOLD, MEMBER, SELF, About, Fact
from niangjia.kernel.periods import age_on
from niangjia.kernel.words import Said, say

ADULT, CHILD_UNDER = 18, 14
"""From eighteen on somebody speaks for himself; below fourteen a parent consents (PIPL 31)."""
FINANCE, HEALTH, CHILD = "finance", "health", "child"
"""The consents that sensitive facts need, by their codes in `people` (PIPL 29)."""

NO_HOUSEHOLD = say("还没有登记您的家庭。请联系您所在的工会登记；有困难可以在“我要反映”里说。")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form: its name and the facts asked there, in order."""

    code: str
    label: Said
    facts: tuple[Fact, ...]


def _section(code: str, label: Said, *keys: str) -> Section:
    told = {one.key: one for one in HOUSEHOLD}
    return Section(code, label, tuple(told[key] for key in keys))


SECTIONS: tuple[Section, ...] = (
    _section(
        "family",
        say("家庭情况"),
        "residence",
        "phone",
        "migrant",
        "single_parent",
        "zero_employment",
        "self_help",
    ),
    _section("income", say("收入"), "income_year", "compensation", "asset_flags"),
    _section(
        "expenses",
        say("支出"),
        "expense_medical",
        "expense_education",
        "expense_disability_care",
        "expense_employment_cost",
        "expense_accident_loss",
    ),
    _section("housing", say("住房"), "housing_type", "housing_area"),
    _section("causes", say("致困原因"), "main_cause", "secondary_cause", "remarks"),
)
BY_SECTION: Mapping[str, Section] = {one.code: one for one in SECTIONS}
OF_MEMBER = Section("member", say("成员"), tuple(one for one in MEMBER if one.about is not About.IDENTITY))
"""What is asked of a member; a number that did not pass its check is put right, not told again."""


def section_of(key: str) -> str:
    """Where a fact of the household is told.

    >>> section_of("income_year")
    'income'
    """
    return next(one.code for one in SECTIONS if key in {fact.key for fact in one.facts})


def hidden(*, keeps: bool) -> frozenset[About]:
    """What a reader does not learn: only who keeps the file reads illness (App. C, SC-11)."""
    return frozenset() if keeps else frozenset({About.HEALTH})


def hidden_of_minors(*, keeps: bool) -> frozenset[About]:
    """What he does not learn of somebody under age: neither name in full nor school (SC-12)."""
    return frozenset() if keeps else frozenset({About.HEALTH, About.SCHOOL})


def is_minor(born: date | None, *, on: date) -> bool:
    """Whether somebody is under age; who was born on an unknown day is not."""
    return born is not None and age_on(born, on) < ADULT


@dataclass(frozen=True, slots=True)
class Teller:
    """Somebody of the household who tells of it himself: which member he is, and whether its head."""

    member: int
    relation: str
    born: date | None

    def speaks(self, *, on: date) -> bool:
        """Whether he is of age, or the worker himself."""
        return self.relation == SELF or not is_minor(self.born, on=on)

    def speaks_for(self, member: int | None, born: date | None, *, on: date) -> bool:
        """The worker speaks for all; another adult for the household, for himself and for the children."""
        if self.relation == SELF or member is None or member == self.member:
            return True
        return is_minor(born, on=on)


def consents_for(fact: Fact, *, born: date | None, on: date) -> frozenset[str]:
    """Which separate consents must stand before a fact is told by the family itself (PIPL 29, 31).

    >>> sorted(consents_for(MEMBER[2], born=date(2010, 1, 1), on=date(2018, 8, 20)))
    ['child', 'health']
    """
    asked = {About.FINANCE: {FINANCE}, About.HEALTH: {HEALTH}}.get(fact.about, set())
    is_child = born is not None and age_on(born, on) < CHILD_UNDER
    return frozenset(asked | ({CHILD} if is_child else set()))


def asked_of(facts: Sequence[Fact]) -> list[str]:
    """The keys of what must be told before a file is approved."""
    return [one.key for one in facts if one.asked]
