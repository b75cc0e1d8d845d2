"""The way of a restructure: proposed, consulted, approved, audited, executed, closed (domain.md §3)."""

from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, from_each, needs
from niangjia.restructuring.rules.parties import Kind

KIND = "restructuring.restructure"
PROPOSE, CONSULT = "restructuring.propose", "restructuring.consult"
AUDIT, DECIDE = "restructuring.audit", "restructuring.decide"


class State(StrEnum):
    """Where a restructure stands."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    CONSULTED = "consulted"
    APPROVED = "approved"
    AUDITED = "audited"
    EXECUTED = "executed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    UNDONE = "undone"


STATE_WORDS: Mapping[str, Said] = {
    State.PROPOSED: say("已提出，待会员讨论"),
    State.RETURNED: say("退回修改"),
    State.CONSULTED: say("会员已讨论，待审批"),
    State.APPROVED: say("已批准，待经审"),
    State.AUDITED: say("已经审，待生效"),
    State.EXECUTED: say("已执行"),
    State.CLOSED: say("已办结"),
    State.WITHDRAWN: say("已撤回"),
    State.REJECTED: say("未批准"),
    State.UNDONE: say("已恢复原状"),
}
KIND_LABELS: Mapping[Kind, str] = {
    Kind.DISSOLVE: "撤销",
    Kind.MERGE: "合并",
    Kind.CONVERT: "改制",
    Kind.SPLIT: "分立",
}
WAY = (State.PROPOSED, State.CONSULTED, State.APPROVED, State.AUDITED, State.EXECUTED, State.CLOSED)
STAGE_WORDS: Mapping[State, Said] = {
    State.PROPOSED: say("提出方案"),
    State.CONSULTED: say("会员讨论"),
    State.APPROVED: say("上级审批"),
    State.AUDITED: say("经费审查"),
    State.EXECUTED: say("生效日执行"),
    State.CLOSED: say("办结"),
}
OPEN = frozenset({State.PROPOSED, State.RETURNED, State.CONSULTED, State.APPROVED, State.AUDITED})
"""While a plan is open its sources stand in no other open plan."""

_HELD = needs("consulted_on", say("还没有登记会员大会或会员代表大会的讨论结果。"))
_CARRIED = needs("carried", say("赞成的没有超过半数，不能报上级审批。请修改方案后重新讨论，或者撤回。"))
_DECIDED = needs("decision_no", say("请填写批复文号。"))
_WHOLE = needs("whole", say("方案里还有没定的去向。请先补全，再报上级审批。"))
_REPORT = needs("audit_no", say("请填写经审报告文号。经费、财产没有经过审查，不能执行（工会法第四十七条）。"))
_DAY = needs("day_has_come", say("生效日还没有到。到了那天自动执行。"))
_FREE = needs("unhindered", say("还有没办完的事项，不能执行。请先逐项办完，或者请承办的组织办理。"))

RESTRUCTURING = Workflow(
    State.PROPOSED,
    (
        Step(
            "consult",
            State.PROPOSED,
            State.CONSULTED,
            CONSULT,
            (_WHOLE, _HELD, _CARRIED),
            say("登记会员讨论结果"),
        ),
        Step("approve", State.CONSULTED, State.APPROVED, DECIDE, (_HELD, _CARRIED, _DECIDED), say("批准")),
        Step("audit", State.APPROVED, State.AUDITED, AUDIT, (_REPORT,), say("登记经审结果")),
        Step("execute", State.AUDITED, State.EXECUTED, DECIDE, (_DAY, _FREE), say("执行")),
        Step("close", State.EXECUTED, State.CLOSED, DECIDE, label=say("办结归档")),
        *from_each(
            (State.PROPOSED, State.CONSULTED),
            Step("send_back", "", State.RETURNED, DECIDE, label=say("退回修改")),
        ),
        Step("resubmit", State.RETURNED, State.PROPOSED, PROPOSE, label=say("修改后重新提出")),
        *from_each(
            (State.PROPOSED, State.CONSULTED), Step("reject", "", State.REJECTED, DECIDE, label=say("不批准"))
        ),
        *from_each(
            (State.PROPOSED, State.RETURNED, State.CONSULTED),
            Step("withdraw", "", State.WITHDRAWN, PROPOSE, label=say("撤回方案")),
        ),
        *from_each(
            (State.APPROVED, State.AUDITED),
            Step("revoke", "", State.WITHDRAWN, DECIDE, label=say("撤销批准")),
        ),
        Step("undo", State.EXECUTED, State.UNDONE, DECIDE, label=say("恢复原状")),
    ),
    labels={str(state): words for state, words in STATE_WORDS.items()},
    ends=frozenset({State.CLOSED, State.WITHDRAWN, State.REJECTED, State.UNDONE}),
)

TASK_KINDS: Mapping[str, Said] = {
    "restructuring.step": say("撤并改"),
    "restructuring.hindrance": say("撤并改前须办完"),
}
MESSAGE_KINDS: Mapping[str, Said] = {"restructuring.changed": say("撤并改进展")}
