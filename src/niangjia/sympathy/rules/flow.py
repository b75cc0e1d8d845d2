"""The way of a sympathy visit: reported, planned, done, settled (domain.md §2.4). Pure."""

from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, from_each, needs

KIND = "sympathy.visit"
"""The kind under which the journal, tasks, papers and payments know a visit."""


class State(StrEnum):
    """Where a visit stands."""

    REPORTED = "reported"
    PLANNED = "planned"
    DONE = "done"
    SETTLED = "settled"
    CANCELLED = "cancelled"


LABELS: Mapping[str, Said] = {
    State.REPORTED: say("已报，待安排"),
    State.PLANNED: say("已安排，待慰问"),
    State.DONE: say("已慰问，待结算"),
    State.SETTLED: say("已结算"),
    State.CANCELLED: say("已取消"),
}
STATUS: Mapping[str, str] = {State.REPORTED: "todo", State.SETTLED: "done", State.CANCELLED: "stop"}
"""The shape beside the word; a state that is not named here is on its way."""

VISITS, SETTLES = "sympathy.visit", "sympathy.settle"
ENOUGH = needs("enough_visitors", say("同去慰问的人还不够。请把同去的人都选上，或填写姓名。"))
RECEIVED = needs("received", say("还没有签收。请先请本人签名、出示会员卡，或上传签收单。"))
PAID = needs("paid", say("慰问金还没有付到本人手里。付成以后才能结算。"))
BOOKED = needs("booked", say("慰问品还没有入账。请会计先登记慰问品的凭证。"))
UNPAID = needs("unpaid", say("慰问金已经付出或者正在支付，不能退回重登。请先在支付单上办理退款或作废。"))
UNBOOKED = needs("unbooked", say("慰问品已经入账，不能退回重登。请会计先冲销凭证。"))

S = State
OPEN = (S.REPORTED, S.PLANNED)
GIVEN = (S.DONE, S.SETTLED)
"""States in which the visit was made."""

VISIT = Workflow(
    S.REPORTED,
    (
        *from_each(OPEN, Step("plan", "", S.PLANNED, VISITS, label=say("安排慰问"))),
        *from_each(OPEN, Step("record", "", S.DONE, VISITS, (ENOUGH,), say("登记慰问"))),
        *from_each(OPEN, Step("cancel", "", S.CANCELLED, VISITS, label=say("取消慰问"))),
        Step("take_back", S.DONE, S.PLANNED, VISITS, (UNPAID, UNBOOKED), say("退回重登")),
        Step("settle", S.DONE, S.SETTLED, SETTLES, (RECEIVED, PAID, BOOKED), say("结算")),
        Step("reopen", S.SETTLED, S.DONE, SETTLES, label=say("款项退回，重新结算")),
    ),
    labels={str(state): words for state, words in LABELS.items()},
    ends=frozenset({S.CANCELLED}),
)

TASK_KINDS: Mapping[str, Said] = {
    "sympathy.visit": say("慰问走访"),
    "sympathy.settle": say("慰问结算"),
    "sympathy.goods": say("复核慰问品凭证"),
}
MESSAGE_KINDS: Mapping[str, Said] = {"sympathy.given": say("我收到的慰问")}


def facts_of(  # noqa: PLR0913 - what the guards ask
    *,
    amount_fen: int,
    gift_fen: int,
    anything: bool,
    receipt: str,
    paid: bool,
    paying: bool,
    booked: bool,
    proposed: bool = False,
) -> dict[str, object]:
    """What the guards ask of a visit that was made: what was not given need be neither signed nor paid.

    >>> facts = facts_of(amount_fen=0, gift_fen=0, anything=False, receipt="", paid=False, paying=False,
    ...                  booked=False)
    >>> VISIT.refusals("done", "settle", facts)
    ()
    """
    return {
        "received": bool(receipt) or not anything,
        "paid": paid or amount_fen == 0,
        "booked": booked or gift_fen == 0,
        "unpaid": not paid and not paying,
        "unbooked": not booked and not proposed,
    }
