"""What would change a decision: for each fact the nearest value with which it would be another one. Pure.

Every test of the rules is a line in whole fen, so the nearest value beyond it is known exactly; each way is
tried with `decide` before it is told.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, cast

from niangjia.eligibility.rules.deciding import (
    MONTHS,
    Numbers,
    anniversary,
    decide,
    excluding,
    migrant_lacks,
    numbers,
)
from niangjia.eligibility.rules.situation import (
    CATEGORY_WORDS,
    EXPENSE_WORDS,
    Category,
    Expense,
    Situation,
    Standards,
)
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, listed, say

if TYPE_CHECKING:
    from datetime import date

_EXPENSES = "expenses."


@dataclass(frozen=True, slots=True)
class Change:
    """One fact of the household with another value; money in fen."""

    fact: str
    to: object


@dataclass(frozen=True, slots=True)
class Way:
    """So the decision would be another one: what changes (mostly one fact), and what comes of it."""

    changes: tuple[Change, ...]
    leads_to: Category
    words: Said


def changed(situation: Situation, changes: Sequence[Change]) -> Situation:
    """The household as it would be after the changes."""
    for change in changes:
        situation = _changed(situation, change)
    return situation


def _changed(situation: Situation, change: Change) -> Situation:
    fact, to = change.fact, change.to
    if fact.startswith(_EXPENSES):
        kind = Expense(fact.removeprefix(_EXPENSES))
        return replace(situation, expenses={**situation.expenses, kind: Yuan(cast("int", to))})
    if fact in {"income", "compensation"}:
        to = Yuan(cast("int", to))
    if fact not in {"income", "compensation", "persons", "flags", "applied_on", "member_since", "lives_here"}:
        message = f"no fact of a household is called {fact!r}"
        raise ValueError(message)
    return replace(situation, **{fact: to})  # type: ignore[arg-type]


def ways(situation: Situation, standards: Standards) -> tuple[Way, ...]:
    """Everything near that would change the decision; where data is missing that is listed instead."""
    now = decide(situation, standards)
    if now is Category.NEEDS_DATA:
        return ()
    if excluding(situation, standards):
        return (_without_flags(situation, standards),)
    if migrant_lacks(situation, standards):
        return tuple(_as_a_migrant(situation, standards))
    return tuple(_by_numbers(situation, standards, now))


def _without_flags(situation: Situation, standards: Standards) -> Way:
    flags = excluding(situation, standards)
    change = Change("flags", (situation.flags or frozenset()) - set(flags))
    then = decide(changed(situation, (change,)), standards)
    text = "如果没有“{flags}”的情形，按现有资料的结果是“{category}”。"
    return Way((change,), then, say(text, flags=listed(flags), category=CATEGORY_WORDS[then]))


def _as_a_migrant(situation: Situation, standards: Standards) -> Iterator[Way]:
    """All that a migrant worker lacks, made good; and if the lines still say no, one more change."""
    changes, told = _made_good(situation, standards)
    then = changed(situation, changes)
    after = decide(then, standards)
    text = "如果{what}，按现有资料的结果是“{category}”。"
    if after is not Category.NONE:
        yield Way(changes, after, say(text, what=told, category=CATEGORY_WORDS[after]))
        return
    for way in _by_numbers(then, standards, after):
        words = say("如果{what}，而且：{more}", what=told, more=way.words)
        yield Way((*changes, *way.changes), way.leads_to, words)


def _made_good(situation: Situation, standards: Standards) -> tuple[tuple[Change, ...], Said]:
    lacks, day = migrant_lacks(situation, standards), situation.applied_on
    changes: list[Change] = []
    told: list[Said] = []
    if "labour_since" in lacks:
        day = anniversary(cast("date", situation.labour_since), standards.years)
        changes.append(Change("applied_on", day))
        told.append(say("在 {day} 或以后申请（劳动关系满 {n} 年之日起）", day=day, n=standards.years))
    if "member_since" in lacks and not (situation.member_since and situation.member_since <= day):
        changes.append(Change("member_since", day))
        told.append(say("先加入工会"))
    if "lives_here" in lacks:
        changes.append(Change("lives_here", to=True))
        told.append(say("在本市居住"))
    return tuple(changes), listed(told, joint="{first}，{rest}")


@dataclass(frozen=True, slots=True)
class _Axis:
    """One fact in whole steps, the lines that lie on it, and how it is told.

    `below` says that every test asks "less than the line"; otherwise "more than the line".
    """

    fact: str
    value: int
    lines: tuple[Fraction, ...]
    below: bool
    least: int
    tell: Callable[[int, int], Said]

    def beyond(self) -> Iterator[int]:
        """On each side of today's value the first values beyond the lines, the nearest first."""
        if self.below:
            across = [(ceil(line) - 1, ceil(line)) for line in self.lines]
        else:
            across = [(floor(line), floor(line) + 1) for line in self.lines]
        down = {low for low, _ in across if self.least <= low < self.value}
        up = {high for _, high in across if high > self.value}
        yield from sorted(down, reverse=True)
        yield from sorted(up)


def _by_numbers(situation: Situation, standards: Standards, now: Category) -> Iterator[Way]:
    """On each axis, downwards and upwards, the nearest value that flips the decision."""
    for axis in _axes(situation, numbers(situation, standards)):
        found: set[bool] = set()
        for to in axis.beyond():
            upwards = to > axis.value
            change = Change(axis.fact, to)
            then = decide(changed(situation, (change,)), standards)
            if upwards in found or then is now:
                continue
            found.add(upwards)
            text = "{what}，结果变为“{category}”。"
            words = say(text, what=axis.tell(axis.value, to), category=CATEGORY_WORDS[then])
            yield Way((change,), then, words)


def _axes(situation: Situation, found: Numbers) -> Iterator[_Axis]:
    lines = (found.deep_line, found.relative_line)
    whole = [line * MONTHS * found.persons for line in lines]
    sudden = [found.sudden / found.ratio] if found.sudden else []
    each = MONTHS * found.persons
    yield _Axis(
        "income", found.income, tuple([one + found.burden for one in whole] + sudden), below=True, least=0,
        tell=lambda now, to: _income_said(now, to, each),
    )  # fmt: skip
    room = [found.income - one for one in whole]
    for kind in _kinds(situation):
        yield _expense_axis(situation, found, kind, room)
    yield from _received_axis(situation, found, room)
    left = found.income - found.burden
    edges = tuple(Fraction(left) / (MONTHS * line) for line in lines)
    yield _Axis("persons", found.persons, edges, below=False, least=1, tell=_persons_said)


def _kinds(situation: Situation) -> tuple[Expense, ...]:
    """The expenses worth telling: the medical one, the one that struck, the greatest."""
    amounts = {kind: one.fen for kind, one in situation.expenses.items() if one is not None}
    greatest = max(amounts, key=lambda kind: amounts[kind], default=Expense.MEDICAL)
    return tuple(dict.fromkeys([Expense.MEDICAL, situation.sudden or Expense.MEDICAL, greatest]))


def _fen(amount: Yuan | None) -> int:
    return amount.fen if amount else 0


def _expense_axis(situation: Situation, found: Numbers, kind: Expense, room: list[Fraction]) -> _Axis:
    """More of one expense: the burden passes the room left above each line; the sudden one its own line."""
    own, received = _fen(situation.expenses.get(kind)), _fen(situation.compensation)
    others = sum(_fen(one) for one in situation.expenses.values()) - own
    lines = [edge + received - others for edge in room if edge >= 0]
    lines += [found.sudden_line + received] if kind is situation.sudden else []
    return _Axis(
        f"{_EXPENSES}{kind}", own, tuple(lines), below=False, least=0,
        tell=lambda now, to: _amount_said(EXPENSE_WORDS[kind], now, to),
    )  # fmt: skip


def _received_axis(situation: Situation, found: Numbers, room: list[Fraction]) -> Iterator[_Axis]:
    """Compensation, where there is some or the cause could bring some."""
    received = _fen(situation.compensation)
    if not received and situation.sudden is None:
        return
    spent = sum(_fen(one) for one in situation.expenses.values())
    lines = [spent - edge for edge in room if edge >= 0]
    if situation.sudden:
        lines.append(_fen(situation.expenses.get(situation.sudden)) - found.sudden_line)
    label = say("已得的赔偿补偿")
    yield _Axis(
        "compensation", received, tuple(lines), below=True, least=0,
        tell=lambda now, to: _amount_said(label, now, to),
    )  # fmt: skip


def _income_said(now: int, to: int, each: int) -> Said:
    head = Yuan.rounded(Fraction(abs(to - now), each * 100))
    text = (
        "家庭年可支配收入再多 {by} 元（人均每月约 {head} 元），达到 {to} 元"
        if to > now
        else "家庭年可支配收入再少 {by} 元（人均每月约 {head} 元），只有 {to} 元"
    )
    return say(text, by=Yuan(abs(to - now)), head=head, to=Yuan(to))


def _amount_said(label: Said, now: int, to: int) -> Said:
    text = "{label}再多 {by} 元，达到 {to} 元" if to > now else "{label}再少 {by} 元，只有 {to} 元"
    return say(text, label=label, by=Yuan(abs(to - now)), to=Yuan(to))


def _persons_said(now: int, to: int) -> Said:
    return say("共同生活的人由 {now} 人变为 {to} 人", now=now, to=to)
