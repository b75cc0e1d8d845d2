"""The way of a needy-worker file 困难职工档案 from lead to lifting, as domain.md §5 draws it. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Guard, Step, Workflow, from_each, needs

KIND = "hardship.needy_worker_file"


class State(StrEnum):
    """Where a file stands."""

    LEAD = "lead"
    APPLIED = "applied"
    RETURNED = "returned"
    PRIMARY = "primary_reviewed"
    VISITED = "visited"
    CHECK = "economic_check"
    TOWN = "town_reviewed"
    NOTICED = "noticed"
    APPROVED = "approved"
    ACTIVE = "active"
    DUE = "review_due"
    TEMPORARY = "temporary"
    LIFTED = "lifted"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


LABELS: Mapping[str, Said] = {
    State.LEAD: say("困难线索"),
    State.APPLIED: say("已申请，待初审"),
    State.RETURNED: say("退回补正"),
    State.PRIMARY: say("已初审，待走访"),
    State.VISITED: say("已走访，待送核"),
    State.CHECK: say("家庭经济状况核对中"),
    State.TOWN: say("镇街已审核，待公示"),
    State.NOTICED: say("公示中，待批准"),
    State.APPROVED: say("已批准，待入库"),
    State.ACTIVE: say("在档"),
    State.DUE: say("待复核"),
    State.TEMPORARY: say("临时档案"),
    State.LIFTED: say("已脱困"),
    State.CANCELLED: say("已注销"),
    State.REJECTED: say("不予建档"),
    State.APPEALED: say("申诉中"),
    State.WITHDRAWN: say("已撤回"),
}
STATUS: Mapping[str, str] = {
    State.LEAD: "todo",
    State.RETURNED: "warn",
    State.TEMPORARY: "warn",
    State.DUE: "warn",
    State.APPEALED: "warn",
    State.APPROVED: "done",
    State.ACTIVE: "done",
    State.LIFTED: "done",
    State.CANCELLED: "stop",
    State.REJECTED: "stop",
    State.WITHDRAWN: "stop",
}
"""The shape beside the word; a state that is not named here is on its way."""


class Level(StrEnum):
    """By whose standard the file is kept 建档标准."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    PRIMARY = "primary"


LEVELS: Mapping[str, str] = {
    Level.NATIONAL: "全国级",
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县级",
    Level.PRIMARY: "基层级",
}


class End(StrEnum):
    """Why a file ends: the family has got out of hardship, or the file falls away."""

    IMPROVED = "improved"
    RETIRED = "retired"
    MOVED = "moved"
    DIED = "died"
    UNFIT = "unfit"


ENDS: Mapping[str, str] = {
    End.IMPROVED: "已经脱困",
    End.RETIRED: "退休",
    End.MOVED: "调离",
    End.DIED: "死亡",
    End.UNFIT: "不符合条件",
}

HOUSEHOLD = needs("household", say("还没有登记家庭。请先登记或选择这一户，再往下办。"))
SEEN = needs("visited", say("还没有核实过的上门走访。请先安排两名干部入户走访。"))
SIGNED = needs("authorised", say("还有成年家属没有签核对授权书。请先补签，再送核。"))
ANSWERED = needs("answered", say("家庭经济状况核对还没有反馈。请等民政反馈后再办。"))
EXPLAINED = needs("explained", say("核对结果与申报不一致。请在审核意见里写明核实情况。"))
COMPLETE = needs("complete", say("档案还不完整、不准确。请按“资料核对”逐项补齐后再办。"))
FITS = needs("eligible", say("按现有资料不符合建档条件。请核对资料，或按规定不予建档。"))
FINISHED = needs("finished", say("公示还没有期满，或者还有异议没有办结。请等公示办结后再批准。"))
SAME = needs("same", say("按现有资料困难类别有变化。请办理变更类别或脱困。"))
OTHER = needs("other", say("按现有资料困难类别没有变化。请办理继续在档。"))
LIFTING = needs("lifting", say("镇街还没有提出脱困。请由镇街先提出，写明理由。"))
ENDING = needs("ending", say("镇街还没有提出注销。请由镇街先提出，写明理由。"))
IN_TIME = needs("in_time", say("申诉期已过。情况有变化的，可以重新申请。"))
FIRST_APPEAL = needs("first_appeal", say("已经申诉过一次，不能再次申诉。情况有变化的，可以重新申请。"))

APPLY, FIRST, REVIEW = "hardship.apply", "hardship.first", "hardship.review"
CHECKS, APPROVE = "hardship.check", "hardship.approve"
S = State
BEFORE_TOWN = (S.PRIMARY, S.VISITED, S.CHECK)
UNDER_WAY = (S.APPLIED, S.RETURNED, *BEFORE_TOWN, S.TOWN, S.NOTICED)
STANDING = (S.ACTIVE, S.DUE)
"""The household has its file: grants may rest on it."""
ENDABLE = (S.APPROVED, *STANDING)
"""What may be lifted or cancelled upon a proposal."""
OPEN = (S.LEAD, *UNDER_WAY, S.APPROVED, *STANDING, S.TEMPORARY, S.APPEALED)
"""One household has one of these (R-AID-08)."""
WITH_APPLICANT = (S.RETURNED,)
ORDER = (S.LEAD, S.APPLIED, S.PRIMARY, S.VISITED, S.CHECK, S.TOWN, S.NOTICED, S.APPROVED, S.ACTIVE)
_JUDGED = (COMPLETE, SEEN, ANSWERED, FITS)

FILE = Workflow(
    S.LEAD,
    (
        Step("apply", S.LEAD, S.APPLIED, APPLY, (HOUSEHOLD,), say("填报建档申请")),
        Step("drop", S.LEAD, S.CANCELLED, FIRST, label=say("线索不成立")),
        *from_each(
            (S.LEAD, S.APPLIED),
            Step("open_temporary", "", S.TEMPORARY, REVIEW, (HOUSEHOLD,), say("建临时档案")),
        ),
        Step("promote", S.TEMPORARY, S.APPLIED, REVIEW, label=say("临时档案转正")),
        Step("cancel_temporary", S.TEMPORARY, S.CANCELLED, REVIEW, label=say("注销临时档案")),
        Step("first_review", S.APPLIED, S.PRIMARY, FIRST, label=say("初审通过")),
        Step("take_up_visit", S.PRIMARY, S.VISITED, REVIEW, (SEEN,), say("确认已走访")),
        Step("ask_check", S.VISITED, S.CHECK, CHECKS, (SIGNED,), say("提请经济状况核对")),
        Step("town_review", S.CHECK, S.TOWN, REVIEW, (*_JUDGED, EXPLAINED), say("镇街审核通过")),
        Step("open_notice", S.TOWN, S.NOTICED, REVIEW, _JUDGED, say("安排公示")),
        Step("review_again", S.NOTICED, S.CHECK, REVIEW, label=say("因异议重新审核")),
        Step("approve", S.NOTICED, S.APPROVED, APPROVE, (*_JUDGED, FINISHED), say("批准建档")),
        Step("enter", S.APPROVED, S.ACTIVE, REVIEW, label=say("建档入库")),
        Step("fall_due", S.ACTIVE, S.DUE, REVIEW, label=say("开始复核")),
        Step("renew", S.DUE, S.ACTIVE, REVIEW, (COMPLETE, FITS, SAME), say("继续在档")),
        Step("change_category", S.DUE, S.ACTIVE, REVIEW, (COMPLETE, FITS, OTHER), say("变更困难类别")),
        *from_each(STANDING, Step("lift", "", S.LIFTED, APPROVE, (LIFTING,), say("确认脱困"))),
        *from_each(
            (S.APPROVED, *STANDING), Step("cancel", "", S.CANCELLED, APPROVE, (ENDING,), say("确认注销"))
        ),
        *from_each(
            (S.LIFTED, S.CANCELLED), Step("reopen", "", S.APPLIED, APPLY, (HOUSEHOLD,), say("重新申请"))
        ),
        Step("answer_return", S.RETURNED, S.APPLIED, APPLY, label=say("补正后再报")),
        Step("send_back", S.APPLIED, S.RETURNED, FIRST, label=say("退回补正")),
        *from_each(BEFORE_TOWN, Step("send_back", "", S.RETURNED, REVIEW, label=say("退回补正"))),
        *from_each((S.TOWN, S.NOTICED), Step("send_down", "", S.CHECK, APPROVE, label=say("退回镇街重审"))),
        Step("reject", S.APPLIED, S.REJECTED, FIRST, label=say("不予建档")),
        *from_each(BEFORE_TOWN, Step("reject", "", S.REJECTED, REVIEW, label=say("不予建档"))),
        *from_each((S.TOWN, S.NOTICED), Step("reject", "", S.REJECTED, APPROVE, label=say("不予建档"))),
        Step("appeal", S.REJECTED, S.APPEALED, APPLY, (IN_TIME, FIRST_APPEAL), say("提出申诉")),
        Step("uphold_appeal", S.APPEALED, S.APPLIED, APPROVE, label=say("申诉成立，重新办理")),
        Step("dismiss_appeal", S.APPEALED, S.REJECTED, APPROVE, label=say("申诉不成立")),
        *from_each(
            (S.LEAD, S.TEMPORARY, *UNDER_WAY), Step("withdraw", "", S.WITHDRAWN, APPLY, label=say("撤回申请"))
        ),
    ),
    labels={str(state): words for state, words in LABELS.items()},
)
"""Lifted and cancelled files may be reopened under their number; a rejection may be appealed once."""

PROVEN = (S.APPROVED, *STANDING)
"""States that the database lets in only with visit, answered check and finished notice (App. C of §5)."""

BEHIND: Mapping[Guard, str] = {COMPLETE: "complete", FITS: "eligible"}
"""Guards whose refusal lists each missing thing with its next step."""

TASK_KINDS: Mapping[str, Said] = {
    "hardship.apply": say("困难线索与补正"),
    "hardship.first": say("困难职工档案初审"),
    "hardship.review": say("困难职工档案走访与审核"),
    "hardship.decide": say("困难职工档案审批"),
}
MESSAGE_KINDS: Mapping[str, Said] = {"hardship.changed": say("困难职工档案进展")}


def number_of(*, year: int, serial: int) -> str:
    """The number under which a file goes for good.

    >>> number_of(year=2018, serial=42)
    'KN2018000042'
    """
    return f"KN{year}{serial:06d}"
