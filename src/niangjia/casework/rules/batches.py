"""Many at once: the button says how many and what sum, and acts on exactly those shown (ui.md B4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from niangjia.aid.rules import State
from niangjia.kernel.errors import Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say

MOST = 200
"""So many are shown on one page and acted on at once; more are done in parts."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A step that may be taken for many: where they stand, who may, what the button says of how many."""

    state: str
    word: str
    title: Said
    button: str
    said: Said
    final: Said


BATCHES: Mapping[str, Batch] = {
    "round": Batch(
        State.REVIEWED,
        "aid.review",
        say("安排公示"),
        "安排公示这 {n} 件，合计 {sum} 元",
        say("已安排公示。"),
        say("公示按规定的工作日张贴，姓名隐去，不写困难原因；期满无异议才能审批。"),
    ),
    "approve": Batch(
        State.NOTICED,
        "aid.approve",
        say("成批审批"),
        "审批同意这 {n} 件，合计 {sum} 元",
        say("已审批，会计的工作台上已经能看到。"),
        say("每一件都按申请的金额批准，由会计开支付单；有一件不能批，就一件也不批。"),
    ),
    "order": Batch(
        State.APPROVED,
        "aid.pay",
        say("成批开支付单"),
        "开具这 {n} 张支付单，合计 {sum} 元",
        say("支付单已开，等另一位同志复核。"),
        say("每件一张支付单，付到本人登记的账户，再由另一位同志复核、出纳支付。"),
    ),
    "close": Batch(
        State.CONFIRMED,
        "aid.review",
        say("成批办结"),
        "办结这 {n} 件，合计 {sum} 元",
        say("已办结。"),
        say("家庭都已确认收到。办结后这些申请归档，只能查看。"),
    ),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader saw: which applications, how many, what sum."""

    numbers: tuple[int, ...]
    count: int
    total: Yuan

    @classmethod
    def of(cls, amounts: Iterable[tuple[int, Yuan]]) -> Self:
        """The numbers with their sum, in order."""
        told = sorted(amounts)
        return cls(tuple(number for number, _ in told), len(told), Yuan.total(sum_ for _, sum_ in told))


def said_chosen(chosen: Chosen) -> Said:
    """What the button will act on, in exact figures."""
    return say("将作用于筛选出的 {n} 件，合计 {sum} 元。", n=chosen.count, sum=chosen.total)


def require_same(seen: Chosen, now: Chosen) -> None:
    """Refused where what stands is not what was shown: nothing is done to more, fewer or others.

    >>> one = Chosen.of([(7, Yuan(60000))])
    >>> require_same(one, one)
    """
    if not now.count:
        raise Refused(say("没有可以办理的申请。请先筛选出要办的各件。"))
    if seen != now:
        raise Refused(
            say(
                "您看到的是 {n} 件、{sum} 元，现在是 {n_now} 件、{sum_now} 元：有人同时在办。"
                "什么都没有办，请看过新的清单再办。",
                n=seen.count,
                sum=seen.total,
                n_now=now.count,
                sum_now=now.total,
            )
        )
