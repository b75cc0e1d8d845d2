"""The way of a voucher made by hand: proposed by one, posted by another (domain.md §2.4, App. C)."""

from enum import StrEnum

from niangjia.kernel.words import say
from niangjia.kernel.workflow import Step, Workflow, needs


class VoucherState(StrEnum):
    """Where a voucher stands."""

    PROPOSED = "proposed"
    POSTED = "posted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


KEEPS, CHECKS = "ledger.keep", "ledger.check"
_ANOTHER = needs("another", say("制单人不能复核自己的凭证，请另一位会计或主席复核。"))
_MAKER = needs("maker", say("只有制单人可以撤回自己的凭证。"))
_REASON = needs("reason", say("请写明退回的理由。"))

VOUCHER = Workflow(
    VoucherState.PROPOSED,
    (
        Step("check", VoucherState.PROPOSED, VoucherState.POSTED, CHECKS, (_ANOTHER,), say("复核入账")),
        Step("refuse", VoucherState.PROPOSED, VoucherState.REFUSED, CHECKS, (_ANOTHER, _REASON), say("退回")),
        Step("withdraw", VoucherState.PROPOSED, VoucherState.WITHDRAWN, KEEPS, (_MAKER,), say("撤回")),
    ),
    labels={
        VoucherState.PROPOSED: say("待复核"),
        VoucherState.POSTED: say("已入账"),
        VoucherState.REFUSED: say("已退回"),
        VoucherState.WITHDRAWN: say("已撤回"),
    },
    ends=frozenset({VoucherState.POSTED, VoucherState.REFUSED, VoucherState.WITHDRAWN}),
)
"""制单与复核 as a table: maker and checker are never the same person."""
