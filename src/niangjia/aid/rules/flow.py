"""The way of an application for aid (domain.md §5): no payment without visit, notice, approval. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, from_each, needs

KIND, ROUND = "aid.application", "aid.round"


class AidKind(StrEnum):
    """What is asked for (domain.md §5)."""

    LIVING = "living"
    MEDICAL = "medical"
    STUDY = "study"
    TEMPORARY = "temporary"


KINDS: Mapping[str, Said] = {
    AidKind.LIVING: say("生活救助"),
    AidKind.MEDICAL: say("医疗救助"),
    AidKind.STUDY: say("助学"),
    AidKind.TEMPORARY: say("临时救助"),
}
NEEDS_FILE = (AidKind.LIVING, AidKind.MEDICAL)
"""These are for households with a file; study and temporary aid are open to others too."""


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    LINKED = "linked"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VISITED = "visited"
    REVIEWED = "reviewed"
    NOTICED = "noticed"
    APPROVED = "approved"
    PAYING = "paying"
    PAID = "paid"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    REFUSED = "refused"
    APPEALED = "appealed"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    REFUNDED = "refunded"


LABELS: Mapping[str, Said] = {
    State.DRAFT: say("草稿"),
    State.LINKED: say("已关联另一件申请，不另发"),
    State.SUBMITTED: say("已提交，待入户走访"),
    State.RETURNED: say("退回补正"),
    State.VISITED: say("已走访，待审核"),
    State.REVIEWED: say("已审核，待公示"),
    State.NOTICED: say("公示中"),
    State.APPROVED: say("已审批，待支付"),
    State.PAYING: say("支付中"),
    State.PAID: say("已到账，待家庭确认"),
    State.CONFIRMED: say("家庭已确认"),
    State.CLOSED: say("已办结"),
    State.REFUSED: say("不予帮扶"),
    State.APPEALED: say("申诉中"),
    State.DISMISSED: say("申诉未获支持"),
    State.WITHDRAWN: say("已撤回"),
    State.REFUNDED: say("已退款"),
}
STATUS: Mapping[str, str] = {
    State.DRAFT: "todo",
    State.LINKED: "stop",
    State.RETURNED: "warn",
    State.APPEALED: "warn",
    State.PAID: "done",
    State.CONFIRMED: "done",
    State.CLOSED: "done",
    State.REFUSED: "stop",
    State.DISMISSED: "stop",
    State.WITHDRAWN: "stop",
    State.REFUNDED: "stop",
}
"""The shape beside the word; a state that is not named here is on its way."""

COMPLETE = needs("complete", say("申请和家庭档案还不齐全。请按“材料核对”逐项补齐后再办。"))
VISITED = needs("visited", say("还没有两名干部签名、家庭签名的入户走访记录。请先上门走访。"))
NOTICE = needs("notice_clear", say("公示还没有期满，或者还有异议没有答复。期满且无异议后才能审批。"))
APART = needs("apart", say("同一件申请的申请、审核、审批须由不同的人办理。请由其他同志办理。"))
ORDERED = needs("ordered", say("还没有开具支付单。"))
RECEIVED = needs("paid", say("银行还没有回报付款成功。"))

ASK, REVIEW, APPROVE, PAY = "aid.ask", "aid.review", "aid.approve", "aid.pay"
S = State
OPEN = (S.DRAFT, S.SUBMITTED, S.RETURNED, S.VISITED, S.REVIEWED, S.NOTICED, S.APPROVED, S.PAYING, S.APPEALED)
WITH_APPLICANT = (S.DRAFT, S.RETURNED)
EDITABLE = (S.DRAFT, S.RETURNED)
GRANTED = (S.PAID, S.CONFIRMED, S.CLOSED)
"""Money was received and not given back: these are counted as grants 救助."""
CLAIMS_NOTHING = (S.DRAFT, S.LINKED, S.REFUSED, S.DISMISSED, S.WITHDRAWN, S.REFUNDED)
"""A student whose application stands here may be applied for again in the year (R-AID-09)."""
ORDER = (S.DRAFT, S.SUBMITTED, S.VISITED, S.REVIEWED, S.NOTICED, S.APPROVED, S.PAYING, S.PAID, S.CONFIRMED)

APPLICATION = Workflow(
    S.DRAFT,
    (
        Step("submit", S.DRAFT, S.SUBMITTED, ASK, label=say("提交申请")),
        Step("submit", S.RETURNED, S.SUBMITTED, ASK, label=say("提交申请")),
        Step("link", S.DRAFT, S.LINKED, ASK, label=say("关联另一件申请")),
        Step("unlink", S.LINKED, S.DRAFT, ASK, label=say("解除关联")),
        Step("visit", S.SUBMITTED, S.VISITED, REVIEW, (VISITED,), say("登记入户走访")),
        Step("send_back", S.SUBMITTED, S.RETURNED, REVIEW, label=say("退回补正")),
        Step("send_back", S.VISITED, S.RETURNED, REVIEW, label=say("退回补正")),
        Step("review", S.VISITED, S.REVIEWED, REVIEW, (COMPLETE, VISITED), say("审核通过")),
        Step("open_notice", S.REVIEWED, S.NOTICED, REVIEW, (COMPLETE, VISITED), say("公示")),
        Step("send_back", S.REVIEWED, S.RETURNED, APPROVE, label=say("退回补正")),
        Step("send_back", S.NOTICED, S.RETURNED, APPROVE, label=say("退回补正")),
        Step("approve", S.NOTICED, S.APPROVED, APPROVE, (COMPLETE, VISITED, NOTICE, APART), say("审批同意")),
        Step("revoke", S.APPROVED, S.REFUSED, APPROVE, label=say("撤销审批")),
        Step("order", S.APPROVED, S.PAYING, PAY, (VISITED, NOTICE), say("开具支付单")),
        Step("stop_order", S.PAYING, S.APPROVED, PAY, label=say("撤回支付单")),
        Step("pay", S.PAYING, S.PAID, PAY, (ORDERED, RECEIVED), say("付款到账")),
        Step("bounce", S.PAID, S.PAYING, PAY, label=say("银行退回")),
        Step("confirm", S.PAID, S.CONFIRMED, ASK, label=say("家庭确认收到")),
        Step("close", S.CONFIRMED, S.CLOSED, REVIEW, label=say("办结")),
        *from_each((S.PAID, S.CONFIRMED, S.CLOSED), Step("refund", "", S.REFUNDED, PAY, label=say("退款"))),
        *from_each((S.SUBMITTED, S.VISITED), Step("refuse", "", S.REFUSED, REVIEW, label=say("不予帮扶"))),
        *from_each((S.REVIEWED, S.NOTICED), Step("refuse", "", S.REFUSED, APPROVE, label=say("不予帮扶"))),
        Step("appeal", S.REFUSED, S.APPEALED, ASK, label=say("申诉")),
        Step("uphold", S.APPEALED, S.SUBMITTED, APPROVE, label=say("支持申诉，重新办理")),
        Step("dismiss", S.APPEALED, S.DISMISSED, APPROVE, label=say("驳回申诉")),
        *from_each(
            (S.DRAFT, S.SUBMITTED, S.RETURNED, S.VISITED, S.REVIEWED, S.NOTICED, S.LINKED),
            Step("withdraw", "", S.WITHDRAWN, ASK, label=say("撤回申请")),
        ),
    ),
    labels={str(state): words for state, words in LABELS.items()},
    ends=frozenset({S.DISMISSED, S.WITHDRAWN, S.REFUNDED}),
)

TASK_KINDS: Mapping[str, Said] = {
    "aid.ask": say("帮扶：申请人办理"),
    "aid.review": say("审核帮扶申请"),
    "aid.decide": say("审批帮扶申请"),
    "aid.pay": say("支付帮扶款"),
}
MESSAGE_KINDS: Mapping[str, Said] = {"aid.changed": say("帮扶申请进展")}
