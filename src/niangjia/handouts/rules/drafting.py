"""What is said of a batch before it stands, and what is wrong with it. Pure."""

from dataclasses import dataclass, field
from datetime import date

from niangjia.handouts.rules.kinds import KINDS, BatchKind
from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import say

MOST_FEN = 10_000_000
NOTHING = Yuan(0)


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is meant: of a check-up perhaps only women of some ages, reached in the year of the batch."""

    age_from: int | None = None
    age_to: int | None = None

    def fits(self, age: int) -> bool:
        """Whether somebody of an age is meant.

        >>> Whom(35, 60).fits(35), Whom(35, 60).fits(61), Whom().fits(20)
        (True, False, True)
        """
        return (self.age_from or 0) <= age and (self.age_to is None or age <= self.age_to)


@dataclass(frozen=True, slots=True)
class BatchDraft:
    """What is said of a batch; `bought` portions may be told later. `counted` is for heat relief alone."""

    kind: str
    name: str
    on: date
    site: str = ""
    goods: str = ""
    each: Yuan = NOTHING
    amount: Yuan = NOTHING
    bought: int | None = None
    counted: bool = False
    words: str = ""
    campaign_id: int | None = None
    whom: Whom = field(default_factory=Whom)
    drawn: bool = True


def require_draft(draft: BatchDraft) -> None:
    """A batch has a kind, a name and something to give; a check-up has no sums, heads have no names."""
    if draft.kind not in KINDS:
        raise BadInput(say("请选择批次的类别。"), field="kind")
    if not draft.name.strip():
        raise BadInput(say("请填写名称，例如“2018 年高温慰问”。"), field="name")
    _require_way(draft)
    if draft.kind == BatchKind.WOMEN:
        _require_no_sums(draft)
    else:
        _require_something(draft)


def _require_way(draft: BatchDraft) -> None:
    if draft.counted and draft.kind != BatchKind.HEAT:
        raise BadInput(say("只有高温慰问可以按人次发放，其他的都要有名册。"), field="counted")
    if draft.counted and draft.amount:
        raise BadInput(say("按人次发放的只发慰问品；发慰问金要有名册，付到本人。"), field="amount")


def _require_no_sums(draft: BatchDraft) -> None:
    if draft.goods.strip() or draft.each or draft.amount:
        name = "goods" if draft.goods.strip() else "each" if draft.each else "amount"
        raise BadInput(say("体检批次只登记预约和到检，不填慰问品和金额。"), field=name)


def _require_something(draft: BatchDraft) -> None:
    for name, told in (("each", draft.each), ("amount", draft.amount)):
        if not 0 <= told.fen <= MOST_FEN:
            raise BadInput(say("请填写 0 至 {most} 元之间的金额。", most=MOST_FEN // 100), field=name)
    if draft.each and not draft.goods.strip():
        raise BadInput(say("请写明慰问品是什么，例如“毛巾、藿香正气水”。"), field="goods")
    if not draft.goods.strip() and not draft.amount:
        raise BadInput(say("请填写慰问品，或每人的慰问金。"), field="goods")
