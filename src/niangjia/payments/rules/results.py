"""What the bank's answer does to each payment; nothing counts twice, however often a file is read. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say
from niangjia.payments.rules.files import ResultRow


class Outcome(StrEnum):
    """What became of one attempt to pay; `returned`: the bank had reported it paid, then it came back."""

    OPEN = ""
    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"


OUTCOME_LABELS: Mapping[str, Said] = {
    Outcome.OPEN: say("等结果"),
    Outcome.PAID: say("付成"),
    Outcome.FAILED: say("没有付成"),
    Outcome.RETURNED: say("付成后退回"),
}


class Verdict(StrEnum):
    """What a line of the answer is."""

    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"
    SAME = "same"
    UNKNOWN = "unknown"
    DIFFERS = "differs"
    DOUBLED = "doubled"
    UNREAD = "unread"
    LATE = "late"


VERDICT_LABELS: Mapping[str, Said] = {
    Verdict.PAID: say("付成"),
    Verdict.FAILED: say("没有付成，转更正"),
    Verdict.RETURNED: say("付成后退回，红字冲回，转更正"),
    Verdict.SAME: say("先前已经登记过，没有再记"),
    Verdict.UNKNOWN: say("这一批里没有这个序号，没有登记。请核对是不是别的批次的文件。"),
    Verdict.DIFFERS: say("金额或账号与送出的不一致，没有登记。请与银行核对这一笔。"),
    Verdict.DOUBLED: say("同一序号出现了两次、说法不一，都没有登记。请与银行核对这一笔。"),
    Verdict.UNREAD: say("认不出处理结果，没有登记。请把这一格改成“成功”或“失败”再传。"),
    Verdict.LATE: say("先前报没有付成，现在报付成，没有登记。请先与银行核对，不要重复付款。"),
}
CHANGING = (Verdict.PAID, Verdict.FAILED, Verdict.RETURNED)
TROUBLES = (Verdict.UNKNOWN, Verdict.DIFFERS, Verdict.DOUBLED, Verdict.UNREAD, Verdict.LATE)


@dataclass(frozen=True, slots=True)
class Sent:
    """A line as it was sent, and what is known of it."""

    number: int
    amount: Yuan
    tail: str
    outcome: Outcome = Outcome.OPEN


@dataclass(frozen=True, slots=True)
class Judged:
    """A line of the answer with its verdict."""

    row: ResultRow
    verdict: Verdict


def judge(rows: Sequence[ResultRow], sent: Iterable[Sent]) -> list[Judged]:
    """Each line of an answer against what was sent; the same line twice with the same word counts once."""
    known = {one.number: one for one in sent}
    said: dict[int, set[bool | None]] = {}
    for row in rows:
        said.setdefault(row.number, set()).add(row.paid)
    seen: Counter[int] = Counter()
    told = []
    for row in rows:
        verdict = _verdict(row, known.get(row.number), said[row.number])
        again = seen[row.number] > 0 and verdict in CHANGING
        told.append(Judged(row, Verdict.SAME if again else verdict))
        seen[row.number] += 1
    return told


def _verdict(row: ResultRow, sent: Sent | None, said: set[bool | None]) -> Verdict:
    if sent is None:
        return Verdict.UNKNOWN
    if row.amount != sent.amount or (row.tail and sent.tail and row.tail != sent.tail):
        return Verdict.DIFFERS
    if row.paid is None:
        return Verdict.UNREAD
    if len(said - {None}) > 1:
        return Verdict.DOUBLED
    return _FATES[sent.outcome, row.paid]


_FATES: Mapping[tuple[Outcome, bool], Verdict] = {
    (Outcome.OPEN, True): Verdict.PAID,
    (Outcome.OPEN, False): Verdict.FAILED,
    (Outcome.PAID, True): Verdict.SAME,
    (Outcome.PAID, False): Verdict.RETURNED,
    (Outcome.FAILED, True): Verdict.LATE,
    (Outcome.FAILED, False): Verdict.SAME,
    (Outcome.RETURNED, True): Verdict.SAME,
    (Outcome.RETURNED, False): Verdict.SAME,
}
"""An old answer that is read again after the money came back says nothing new."""


def counts_of(judged: Iterable[Judged]) -> dict[str, int]:
    """How many lines came to what, in the order of the verdicts."""
    found = Counter(one.verdict for one in judged)
    return {str(verdict): found[verdict] for verdict in Verdict if found[verdict]}


def missing_from(judged: Iterable[Judged], sent: Iterable[Sent]) -> list[int]:
    """The lines still open of which the answer says nothing."""
    told = {one.row.number for one in judged}
    return sorted(one.number for one in sent if one.outcome is Outcome.OPEN and one.number not in told)
