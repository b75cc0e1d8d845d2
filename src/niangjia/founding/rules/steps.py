"""The way of an establishment 建会, as domain.md §3 draws it (R-ORG-06). Pure."""

from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, from_each, needs

KIND = "founding.union_establishment"


class State(StrEnum):
    """Where an establishment stands."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    PREPARING = "approved_to_prepare"
    CONGRESS = "congress_held"
    RESULT = "result_submitted"
    APPROVED = "approved"
    REGISTERED = "registered"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


LABELS: Mapping[str, Said] = {
    State.DRAFTED: say("草稿"),
    State.SUBMITTED: say("已提交，待审核"),
    State.RETURNED: say("退回补正"),
    State.REVIEWED: say("已审核，待批准筹备"),
    State.PREPARING: say("已批准筹备"),
    State.CONGRESS: say("大会已召开，待报结果"),
    State.RESULT: say("结果已报，待批复"),
    State.APPROVED: say("已批复成立"),
    State.REGISTERED: say("已登记法人"),
    State.WITHDRAWN: say("已撤回"),
    State.REJECTED: say("不予批准"),
}
STATUS: Mapping[str, str] = {
    State.DRAFTED: "todo",
    State.RETURNED: "warn",
    State.APPROVED: "done",
    State.REGISTERED: "done",
    State.WITHDRAWN: "stop",
    State.REJECTED: "stop",
}
"""The shape beside the word; a state that is not named here is on its way."""

COMPLETE = needs("request_complete", say("申请材料还不齐全。请按“材料核对”逐项补齐后再办。"))
SLATE = needs("slate_complete", say("候选人名单还不合规定。请按“材料核对”逐项补齐后再登记大会。"))
SOUND = needs("result_sound", say("选举结果还不合规定。请按“材料核对”逐项核对，需要时重新召开大会。"))
TELLERS = needs("tellers_signed", say("选举结果的监票人签字还不够。请由监票人当场签字后再报。"))

ASK, REVIEW, APPROVE = "founding.ask", "founding.review", "founding.approve"
S = State
UNDER_WAY = (S.DRAFTED, S.SUBMITTED, S.RETURNED, S.REVIEWED, S.PREPARING, S.CONGRESS, S.RESULT)
WITH_APPLICANT = (S.DRAFTED, S.RETURNED, S.PREPARING, S.CONGRESS)
EDITABLE = (S.DRAFTED, S.RETURNED)
FOUNDED = (S.APPROVED, S.REGISTERED)
ORDER = (S.DRAFTED, S.SUBMITTED, S.REVIEWED, S.PREPARING, S.CONGRESS, S.RESULT, S.APPROVED)

ESTABLISHMENT = Workflow(
    S.DRAFTED,
    (
        Step("submit", S.DRAFTED, S.SUBMITTED, ASK, (COMPLETE,), say("提交建会申请")),
        Step("submit", S.RETURNED, S.SUBMITTED, ASK, (COMPLETE,), say("提交建会申请")),
        Step("send_back", S.SUBMITTED, S.RETURNED, REVIEW, label=say("退回补正")),
        Step("send_back", S.REVIEWED, S.RETURNED, APPROVE, label=say("退回补正")),
        Step("review", S.SUBMITTED, S.REVIEWED, REVIEW, (COMPLETE,), say("审核通过")),
        Step("take_back", S.RETURNED, S.SUBMITTED, REVIEW, label=say("撤回退回")),
        Step("take_back", S.REVIEWED, S.SUBMITTED, REVIEW, label=say("撤回审核")),
        Step("prepare", S.REVIEWED, S.PREPARING, APPROVE, (COMPLETE,), say("批准筹备")),
        Step("hold_congress", S.PREPARING, S.CONGRESS, ASK, (COMPLETE, SLATE), say("登记大会")),
        Step("hold_again", S.CONGRESS, S.PREPARING, ASK, label=say("重新召开大会")),
        Step("submit_result", S.CONGRESS, S.RESULT, ASK, (SOUND, TELLERS), say("报送选举结果")),
        Step("send_back", S.RESULT, S.CONGRESS, APPROVE, label=say("退回补正")),
        Step("approve", S.RESULT, S.APPROVED, APPROVE, (COMPLETE, SOUND, TELLERS), say("批复成立")),
        Step("register", S.APPROVED, S.REGISTERED, APPROVE, label=say("登记工会法人")),
        *from_each(UNDER_WAY, Step("withdraw", "", S.WITHDRAWN, ASK, label=say("撤回建会申请"))),
        Step("reject", S.SUBMITTED, S.REJECTED, REVIEW, label=say("不予批准")),
        *from_each(
            (S.REVIEWED, S.PREPARING, S.CONGRESS, S.RESULT),
            Step("reject", "", S.REJECTED, APPROVE, label=say("不予批准")),
        ),
    ),
    labels={str(state): words for state, words in LABELS.items()},
    ends=frozenset({S.REGISTERED, S.WITHDRAWN, S.REJECTED}),
)
"""An approved union is founded: to register it as a legal person is open to it, and changes nothing else."""

TASK_KINDS: Mapping[str, Said] = {
    "founding.ask": say("建会：申请人办理"),
    "founding.review": say("审核建会申请"),
    "founding.decide": say("批复建会"),
}
MESSAGE_KINDS: Mapping[str, Said] = {"founding.changed": say("建会申请进展")}
