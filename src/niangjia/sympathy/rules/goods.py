"""The way of a goods voucher 慰问品凭证: proposed by one, checked and posted by another. Pure."""

from enum import StrEnum

from niangjia.kernel.words import say
from niangjia.kernel.workflow import Step, Workflow, needs

GOODS_KIND = "sympathy.goods"


class GoodsState(StrEnum):
    """Where a goods voucher stands."""

    PROPOSED = "proposed"
    POSTED = "posted"
    REFUSED = "refused"


ANOTHER = needs("another", say("制单人不能复核自己的凭证，请另一位会计或主席复核。"))
GOODS = Workflow(
    GoodsState.PROPOSED,
    (
        Step("check", GoodsState.PROPOSED, GoodsState.POSTED, "ledger.check", (ANOTHER,), say("复核入账")),
        Step("refuse", GoodsState.PROPOSED, GoodsState.REFUSED, "ledger.check", label=say("退回")),
    ),
    labels={
        GoodsState.PROPOSED: say("慰问品凭证待复核"),
        GoodsState.POSTED: say("慰问品已入账"),
        GoodsState.REFUSED: say("慰问品凭证已退回"),
    },
    ends=frozenset({GoodsState.POSTED, GoodsState.REFUSED}),
)
