"""Where an establishment stands on its way, and what happened to it."""

from typing import TYPE_CHECKING

from niangjia.founding import rules
from niangjia.founding.rules import KIND, State
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Event, Stage
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, say

LINES = 80
VERBS: dict[str, Said] = {
    "draft_establishment": say("起草建会申请"),
    "edit_establishment": say("修改申请内容"),
    "name_employer": say("添加用人单位"),
    "drop_employer": say("删去用人单位"),
    "join_founding_group": say("添加筹备组成员"),
    "leave_founding_group": say("删去筹备组成员"),
    "submit_establishment": say("提交建会申请"),
    "review_establishment": say("审核通过"),
    "send_back_establishment": say("退回补正"),
    "take_back_decision": say("撤回审核意见"),
    "approve_preparation": say("批准筹备"),
    "propose_candidate": say("提名候选人"),
    "drop_candidate": say("撤下候选人"),
    "hold_congress": say("登记大会"),
    "hold_again": say("重新召开大会"),
    "submit_result": say("报送选举结果"),
    "approve_establishment": say("批复成立"),
    "register_legal_person": say("登记工会法人"),
    "withdraw_establishment": say("撤回建会申请"),
    "reject_establishment": say("不予批准"),
}
STAGES: tuple[tuple[State, Said], ...] = (
    (State.DRAFTED, say("起草")),
    (State.SUBMITTED, say("审核")),
    (State.REVIEWED, say("批准筹备")),
    (State.PREPARING, say("召开大会")),
    (State.CONGRESS, say("报选举结果")),
    (State.RESULT, say("批复成立")),
)

if TYPE_CHECKING:
    from niangjia.founding.models import UnionEstablishment


def stages_of(*, row: "UnionEstablishment") -> list[Stage]:
    """The bar of steps; one that ended early says how."""
    if row.state in {State.WITHDRAWN, State.REJECTED}:
        return [Stage(rules.LABELS[row.state], "stop")]
    states = [state for state, _ in STAGES]
    here = State.DRAFTED if row.state == State.RETURNED else State(row.state)
    place = states.index(here) if here in states else len(states)
    told = [
        Stage(words, "done" if n < place else "now" if n == place else "todo")
        for n, (_, words) in enumerate(STAGES)
    ]
    last = "done" if row.state == State.REGISTERED else "todo"
    return [*told, Stage(say("登记法人（自愿）"), last)]


def events_of(*, row: "UnionEstablishment") -> list[Event]:
    """What the journal tells of it, newest first: whoever sees it sees who did what, wherever they sit."""
    with beyond():
        lines = lines_of(kind=KIND, object_ids=[row.pk], limit=LINES)
        authors = authors_of(lines)
    return [
        Event(
            line.at, authors.get(line.user_id, say("系统")), VERBS.get(line.verb, line.verb), note=line.reason
        )
        for line in lines
    ]
