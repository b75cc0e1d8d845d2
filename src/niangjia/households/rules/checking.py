"""Whether a household's file is accurate and complete: 准确、完整，杜绝差错、遗漏 (R-AID-02). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from niangjia.households.rules.facts import HOUSEHOLD, MEMBER, SELF, Fact, Value
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Dweller:
    """A member as the check reads him: `real` is that a paper with a valid number stands behind him."""

    number: int
    name: str
    relation: str
    real: bool
    facts: Mapping[str, Value] = field(default_factory=dict)
    mistyped: bool = False
    person: int = 0


@dataclass(frozen=True, slots=True)
class Dwelling:
    """A household as the check reads it."""

    facts: Mapping[str, Value]
    members: Sequence[Dweller]
    proposals: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or missing and the next step; a warning does not stop an approval."""

    code: str
    words: Said
    member: int | None = None
    warning: bool = False


def findings(home: Dwelling) -> list[Finding]:
    """Everything that must be put right before approval, then what should be looked at."""
    found = [*_people(home), *_missing(home), *_open(home)]
    return [*found, *_sums(home)]


def _people(home: Dwelling) -> list[Finding]:
    found = []
    if not home.members:
        found.append(Finding("nobody", say("还没有登记共同生活的人。请至少登记职工本人。")))
    if home.members and [one.relation for one in home.members].count(SELF) != 1:
        found.append(Finding("head", say("户主（职工本人）须有一人，而且只有一人。请核对家庭成员。")))
    for one in home.members:
        if one.real:
            continue
        if one.mistyped:
            words = say("{name}的证件号码校验不过，请对照证件原件更正后再报批。", name=one.name)
        else:
            words = say("{name}还没有核对证件号码。请对照证件原件登记。", name=one.name)
        found.append(Finding("identity", words, one.number))
    return found


def _missing(home: Dwelling) -> list[Finding]:
    found = [
        Finding(one.key, say("还没有填写“{label}”。", label=say(one.label)))
        for one in _untold(HOUSEHOLD, home.facts)
    ]
    for member in home.members:
        for one in _untold(MEMBER, member.facts):
            words = say("{name}还没有填写“{label}”。", name=member.name, label=say(one.label))
            found.append(Finding(one.key, words, member.number))
    return found


def _untold(catalogue: Sequence[Fact], facts: Mapping[str, Value]) -> list[Fact]:
    return [one for one in catalogue if one.asked and facts.get(one.key) in (None, "")]


def _open(home: Dwelling) -> list[Finding]:
    if not home.proposals:
        return []
    words = say("有 {n} 处两次填写不一致，还没有人核定。请逐项选定。", n=home.proposals)
    return [Finding("proposals", words)]


def _sums(home: Dwelling) -> list[Finding]:
    """Yearly income told for the household against twelve months of its members: a warning (domain.md §5)."""
    year = home.facts.get("income_year")
    months = [one.facts.get("income_month") for one in home.members]
    if not isinstance(year, int) or not months or not all(isinstance(one, int) for one in months):
        return []
    told = sum(one for one in months if isinstance(one, int)) * MONTHS
    if told == year:
        return []
    words = say(
        "成员月收入合计一年 {told} 元，与家庭年可支配收入 {year} 元不一致。请核对。",
        told=Yuan(told),
        year=Yuan(year),
    )
    return [Finding("sums", words, warning=True)]


def is_complete(found: Sequence[Finding]) -> bool:
    """Whether nothing but warnings is left."""
    return all(one.warning for one in found)
