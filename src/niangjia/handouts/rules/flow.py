"""The way of a batch: drafted, approved by another, handed out, closed, settled (domain.md §2.4). Pure."""

from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, from_each, needs

KIND, ROW_KIND = "handouts.batch", "handouts.row"


class State(StrEnum):
    """Where a batch stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CLOSED = "closed"
    SETTLED = "settled"
    CANCELLED = "cancelled"


LABELS: Mapping[str, Said] = {
    State.DRAFT: say("拟定名册"),
    State.SUBMITTED: say("待批准"),
    State.APPROVED: say("发放中"),
    State.CLOSED: say("已发完，待结算"),
    State.SETTLED: say("已结算"),
    State.CANCELLED: say("已取消"),
}
STATUS: Mapping[str, str] = {State.DRAFT: "todo", State.SETTLED: "done", State.CANCELLED: "stop"}
"""The shape beside the word; a state that is not named here is on its way."""


class Outcome(StrEnum):
    """What became of somebody on the roster; every row has its outcome before the batch is closed."""

    OPEN = "open"
    RECEIVED = "received"
    MISSED = "missed"


class Way(StrEnum):
    """How receipt is shown; of a check-up only that she came, never a result (R-SRV-06)."""

    NONE = ""
    SIGNED = "signed"
    CARD = "card"
    PHONE = "phone"
    PAPER = "paper"
    BANK = "bank"
    ATTENDED = "attended"


HANDS, APPROVES, SETTLES = "sympathy.visit", "sympathy.approve", "sympathy.settle"
SOMEBODY = needs("somebody", say("名册里还没有人。请先生成名册，或逐个添加。"))
OTHER_EYES = needs("other_eyes", say("拟定名册的人不能自己批准，请由主席或上级工会批准。"))
NOBODY_OPEN = needs("nobody_open", say("还有人没有领，不能结束。请逐人登记：已领，或写明不再发的原因。"))
COUNTED = needs("counted", say("慰问品的数量对不上：购入应当等于发出加结余。请核对。"))
ON_PAPER = needs("paper_kept", say("有人在纸质花名册上签收。请先把签好的花名册拍照上传，再结束。"))
UNTOUCHED = needs("untouched", say("已经有人领取，不能取消。请逐人登记后结束。"))
PAID = needs("paid", say("还有慰问金没有付到本人手里，不能结算。"))
BOOKED = needs("booked", say("慰问品还没有入账。请会计先登记凭证。"))
UNSPENT = needs("unspent", say("这一批已经入账或者正在付款，不能重新打开。"))

S = State
BATCH = Workflow(
    S.DRAFT,
    (
        Step("submit", S.DRAFT, S.SUBMITTED, HANDS, (SOMEBODY,), say("提交批准")),
        Step("send_back", S.SUBMITTED, S.DRAFT, APPROVES, label=say("退回修改")),
        Step("approve", S.SUBMITTED, S.APPROVED, APPROVES, (SOMEBODY, OTHER_EYES), say("批准发放")),
        Step("close", S.APPROVED, S.CLOSED, HANDS, (NOBODY_OPEN, COUNTED, ON_PAPER), say("结束发放")),
        Step("reopen", S.CLOSED, S.APPROVED, HANDS, (UNSPENT,), say("重新打开")),
        Step("settle", S.CLOSED, S.SETTLED, SETTLES, (PAID, BOOKED), say("结算")),
        Step("unsettle", S.SETTLED, S.CLOSED, SETTLES, label=say("款项退回，重新结算")),
        *from_each(
            (S.DRAFT, S.SUBMITTED, S.APPROVED),
            Step("cancel", "", S.CANCELLED, HANDS, (UNTOUCHED,), say("取消这一批")),
        ),
    ),
    labels={str(state): words for state, words in LABELS.items()},
    ends=frozenset({S.CANCELLED}),
)
MOVING = (S.DRAFT, S.SUBMITTED, S.APPROVED, S.CLOSED)
"""A batch under way."""

TASK_KINDS: Mapping[str, Said] = {
    "handouts.approve": say("批准慰问批次"),
    "handouts.hand_out": say("发放慰问"),
    "handouts.settle": say("慰问批次结算"),
}
