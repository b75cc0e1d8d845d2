"""Why it is so: each rule in a plain sentence with this household's value, the line and its paper. Pure.

The sentences carry every figure that decides, exactly, so that a reader with a pencil comes to the same
decision (features §3.6). A rounded figure never stands on the other side of its line.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from niangjia.eligibility.rules.changing import Way, ways
from niangjia.eligibility.rules.deciding import (
    Missing,
    Numbers,
    anniversary,
    decide,
    excluding,
    migrant_lacks,
    missing,
    numbers,
)
from niangjia.eligibility.rules.situation import (
    CATEGORY_WORDS,
    ELIGIBLE,
    EXPENSE_WORDS,
    SUDDEN,
    Category,
    Situation,
    Standards,
)
from niangjia.kernel.money import Yuan
from niangjia.kernel.policy import Decided
from niangjia.kernel.words import Said, listed, say
from niangjia.policies.rules import number_text, words_said

FORMULA, ACCIDENT, EXCLUSION, MIGRANT, RECEIVED = "R-AID-04", "R-AID-05", "R-AID-06", "R-AID-07", "R-INS-08"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule held against this household: whether its condition is met, in words, and on what paper.

    `met` is None for a sentence that only counts.
    """

    rule: str
    code: str
    words: Said
    met: bool | None = None
    paper: Said | None = None
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision with all that it rests on, what would change it, and what is missing.

    `numbers` is None where nothing could be counted; `warnings` bind nobody.
    """

    category: Category
    reasons: tuple[Reason, ...]
    ways: tuple[Way, ...]
    missing: tuple[Missing, ...]
    warnings: tuple[Said, ...]
    numbers: Numbers | None
    used: tuple[Decided, ...]

    @property
    def is_eligible(self) -> bool:
        """Whether a file may be opened without an exception."""
        return self.category in ELIGIBLE

    @property
    def may_be_excepted(self) -> bool:
        """Whether the exclusion may be lifted by an approved exception (R-AID-06)."""
        return self.category is Category.EXCLUDED

    @property
    def words(self) -> Said:
        """The decision in one sentence."""
        return say("认定结果：{category}。", category=CATEGORY_WORDS[self.category])

    @property
    def per_head(self) -> Yuan | None:
        """The net income a person and month, half-up to the fen."""
        return Yuan.rounded(self.numbers.net / 100) if self.numbers else None


def judge(situation: Situation, standards: Standards) -> Verdict:
    """The household held against the standards of its county and day (R-AID-04 to R-AID-07)."""
    lacking = missing(situation, standards)
    found = None if lacking else numbers(situation, standards)
    return Verdict(
        category=decide(situation, standards),
        reasons=tuple(_reasons(situation, standards, found)),
        ways=ways(situation, standards),
        missing=lacking,
        warnings=tuple(_warnings(situation)),
        numbers=found,
        used=standards.used,
    )


def paper_said(found: Decided) -> Said:
    """Since when a value holds and on which paper; one that nobody checked says so."""
    paper = words_said(found.paper)
    if found.verified:
        return say("{paper}（自 {since} 起）", paper=paper, since=found.since)
    return say("{paper}（自 {since} 起，尚未核对）", paper=paper, since=found.since)


def _on(reason: Reason, *used: Decided) -> Reason:
    """The reason with the papers of the values it used."""
    papers = tuple(dict.fromkeys(paper_said(one) for one in used))
    paper = listed(papers, joint="{first}；{rest}")
    return replace(reason, paper=paper, checked=all(one.verified for one in used))


def _reasons(situation: Situation, standards: Standards, found: Numbers | None) -> Iterator[Reason]:
    yield _exclusion(situation, standards)
    if situation.migrant:
        yield from _migrant(situation, standards)
    if found is not None:
        yield _burden(situation, found)
        yield _net(found)
        yield from _lines(standards, found)
        yield _sudden(situation, standards, found)


def _exclusion(situation: Situation, standards: Standards) -> Reason:
    flags, used = excluding(situation, standards), standards.exclusions
    if situation.flags is None:
        words = say("不予建档的情形还没有核对。")
        return _on(Reason(EXCLUSION, "exclusions", words, met=None), used)
    if flags:
        text = "有“{flags}”的情形，按规定不予建档；确有困难的可以申请例外审批。"
        words = say(text, flags=listed([words_said(flag) for flag in flags], joint="{first}”“{rest}"))
        return _on(Reason(EXCLUSION, "exclusions", words, met=True), used)
    words = say("不予建档的 {n} 种情形，一种也没有。", n=len(standards.excluded_by))
    return _on(Reason(EXCLUSION, "exclusions", words, met=False), used)


def _migrant(situation: Situation, standards: Standards) -> Iterator[Reason]:
    lacks, day = migrant_lacks(situation, standards), situation.applied_on
    member = situation.member_since
    if "member_since" in lacks:
        words = say("外来务工人员须先是工会会员，到 {day} 还不是。请先办理入会。", day=day)
    else:
        words = say("外来务工人员，{since} 起是工会会员。", since=member)
    yield Reason(MIGRANT, "member_since", words, "member_since" not in lacks)
    here = {
        None: say("是否在本市居住还没有登记。"),
        True: say("在本市居住。"),
        False: say("外来务工人员须在本市居住，现在不在。请在居住地的工会申请。"),
    }[situation.lives_here]
    yield Reason(MIGRANT, "lives_here", here, situation.lives_here)
    yield _labour(situation, standards)


def _labour(situation: Situation, standards: Standards) -> Reason:
    since, years, used = situation.labour_since, standards.years, standards.migrant_years
    if since is None:
        words = say("劳动关系从哪天起还没有登记。")
        return _on(Reason(MIGRANT, "labour_since", words), used)
    full = anniversary(since, years)
    text = (
        "劳动关系自 {since} 起，到 {full} 满 {n} 年；申请日 {day} 已满。"
        if full <= situation.applied_on
        else "劳动关系自 {since} 起，到 {full} 才满 {n} 年；申请日 {day} 未满。"
    )
    words = say(text, since=since, full=full, n=years, day=situation.applied_on)
    return _on(Reason(MIGRANT, "labour_since", words, full <= situation.applied_on), used)


def _burden(situation: Situation, found: Numbers) -> Reason:
    parts = [
        say("{label} {amount} 元", label=EXPENSE_WORDS[kind], amount=amount)
        for kind, amount in situation.expenses.items()
        if amount
    ]
    text = "全年刚性支出（报销之后）：{parts}；已得赔偿补偿 {received} 元；计入 {burden} 元。"
    words = say(
        text,
        parts=listed(parts or [say("没有")]),
        received=situation.compensation,
        burden=Yuan(found.burden),
    )
    return Reason(RECEIVED, "burden", words)


def _net(found: Numbers) -> Reason:
    text = (
        "家庭年可支配收入 {income} 元，减去刚性支出 {burden} 元，除以 12 个月，再除以 {persons} 人："
        "人均月净收入 {net} 元。"
    )
    words = say(
        text,
        income=Yuan(found.income),
        burden=Yuan(found.burden),
        persons=found.persons,
        net=Yuan.rounded(found.net / 100),
    )
    return Reason(FORMULA, "net", words)


def beside(value: Fraction, line: Fraction) -> Yuan:
    """A value rounded to the fen, yet on its own side of the rounded line.

    >>> beside(Fraction(161999, 100) * 100 + Fraction(7, 10), Fraction(162000))
    Yuan(161999)
    """
    rounded, edge = Yuan.rounded(value / 100), Yuan.rounded(line / 100)
    if value < line:
        return min(rounded, edge - Yuan(1))
    return max(rounded, edge)


_BELOW = "人均月净收入 {net} 元，低于{label} {line} 元（低保标准 {standard} 元的 {times} 倍）。"
_NOT_BELOW = (
    "人均月净收入 {net} 元，不低于{label} {line} 元（低保标准 {standard} 元的 {times} 倍，等于不算低于）。"
)
_ABOVE = "突发支出（{kind}）扣除赔偿后 {spent} 元，超过家庭年收入 {income} 元的 {share}（{line} 元）。"
_NOT_ABOVE = (
    "突发支出（{kind}）扣除赔偿后 {spent} 元，没有超过家庭年收入 {income} 元的 {share}（{line} 元）。"
)


def _lines(standards: Standards, found: Numbers) -> Iterator[Reason]:
    living = standards.min_living
    if living is None:
        return
    for code, label, line, multiple in (
        ("deep", say("深度困难线"), found.deep_line, standards.deep_multiple),
        ("relative", say("相对困难线"), found.relative_line, standards.relative_multiple),
    ):
        below = found.net < line
        words = say(
            _BELOW if below else _NOT_BELOW,
            net=beside(found.net, line),
            label=label,
            line=Yuan.rounded(line / 100),
            standard=living.of(Yuan),
            times=number_text(multiple.of(Fraction), ""),
        )
        yield _on(Reason(FORMULA, code, words, below), living, multiple)


def _sudden(situation: Situation, standards: Standards, found: Numbers) -> Reason:
    used = standards.accident_ratio
    if situation.sudden is None or found.sudden is None:
        kinds = listed(dict.fromkeys(EXPENSE_WORDS[kind] for kind in SUDDEN.values()))
        words = say("致困原因不是突发的大病、事故或灾害，不按意外致困认定（{kinds}）。", kinds=kinds)
        return _on(Reason(ACCIDENT, "sudden", words, met=False), used)
    above = found.sudden > found.sudden_line
    words = say(
        _ABOVE if above else _NOT_ABOVE,
        kind=EXPENSE_WORDS[situation.sudden],
        spent=Yuan(found.sudden),
        income=Yuan(found.income),
        share=number_text(found.ratio, "share"),
        line=_share_line(found),
    )
    return _on(Reason(ACCIDENT, "sudden", words, met=above), used)


def _share_line(found: Numbers) -> Yuan:
    """The rounded line, yet on its own side of the expense."""
    line = Yuan.rounded(found.sudden_line / 100)
    spent = Yuan(found.sudden or 0)
    return min(line, spent - Yuan(1)) if spent.fen > found.sudden_line else max(line, spent)


def _warnings(situation: Situation) -> Iterator[Said]:
    """What does not bind but must be looked at: the members' incomes do not add up (§5 validations)."""
    known = [one for _, one in situation.incomes if one is not None]
    if not known or len(known) < len(situation.incomes) or situation.income is None:
        return
    if Yuan.total(known) != situation.income:
        text = "各成员年收入合计 {sum} 元，与家庭年收入 {income} 元不一致。请核对。"
        yield say(text, sum=Yuan.total(known), income=situation.income)
