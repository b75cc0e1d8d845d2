"""The kinds of campaign, the way of one, and what may become of somebody it is to reach. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, needs

KIND, TARGET = "campaigns.campaign", "campaigns.target"
RUN = "campaigns.run"


class CampaignKind(StrEnum):
    """The campaigns of aid 专项行动 (S-LA-08, S-DZ-08 to S-DZ-13)."""

    SPRING = "spring_aid"
    AUTUMN = "autumn_aid"
    WARMTH = "warmth"
    HEAT = "heat_relief"
    WOMEN = "women_check"
    ROUTINE = "routine"


KINDS: Mapping[str, Said] = {
    CampaignKind.SPRING: say("春风助学"),
    CampaignKind.AUTUMN: say("金秋助学"),
    CampaignKind.WARMTH: say("送温暖"),
    CampaignKind.HEAT: say("高温慰问"),
    CampaignKind.WOMEN: say("关爱女性专项体检"),
    CampaignKind.ROUTINE: say("常态化帮扶"),
}
STUDY = (CampaignKind.SPRING, CampaignKind.AUTUMN)
"""Study aid is given once a student and year, across both (R-AID-09)."""


class Outcome(StrEnum):
    """What became of somebody whom a campaign is to reach; all but open are outcomes (feature 30)."""

    OPEN = "open"
    VISITED = "visited"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"


OUTCOMES: Mapping[str, Said] = {
    Outcome.OPEN: say("待走访"),
    Outcome.VISITED: say("已走访"),
    Outcome.DECLINED: say("本人谢绝"),
    Outcome.UNREACHABLE: say("联系不上"),
}
NO_REASON_ASKED = (Outcome.OPEN, Outcome.VISITED)
SHAPES: Mapping[str, str] = {
    Outcome.OPEN: "todo",
    Outcome.VISITED: "done",
    Outcome.DECLINED: "stop",
    Outcome.UNREACHABLE: "warn",
}
REPORTED, REGISTER = "reported", "register"
ROLLS: Mapping[str, Said] = {REPORTED: say("各级上报"), REGISTER: say("家庭档案")}
"""The lists that are not files: whoever was reported, whoever stands in the register of households."""


def said_roll(roll: str) -> Said:
    """What a list is called; one that came by file by its own name."""
    return ROLLS.get(roll) or say("{roll}", roll=roll)


class State(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    RUNNING = "open"
    CLOSED = "closed"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


LABELS: Mapping[str, Said] = {
    State.DRAFT: say("筹备中"),
    State.RUNNING: say("进行中"),
    State.CLOSED: say("已结束"),
    State.ARCHIVED: say("已归档"),
    State.CANCELLED: say("已取消"),
}
COMPLETE = needs(
    "nobody_open", say("还有对象没有走访结果，不能结束。请逐户登记：已走访、本人谢绝或联系不上。")
)

CAMPAIGN = Workflow(
    State.DRAFT,
    (
        Step("begin", State.DRAFT, State.RUNNING, RUN, label=say("开始行动")),
        Step("close", State.RUNNING, State.CLOSED, RUN, (COMPLETE,), say("结束行动")),
        Step("reopen", State.CLOSED, State.RUNNING, RUN, label=say("重新开放")),
        Step("archive", State.CLOSED, State.ARCHIVED, RUN, (COMPLETE,), say("归档")),
        Step("cancel", State.DRAFT, State.CANCELLED, RUN, label=say("取消行动")),
    ),
    labels={str(state): words for state, words in LABELS.items()},
    ends=frozenset({State.ARCHIVED, State.CANCELLED}),
)

STATE_SHAPES: Mapping[str, str] = {
    State.DRAFT: "todo",
    State.RUNNING: "now",
    State.CLOSED: "done",
    State.ARCHIVED: "done",
    State.CANCELLED: "stop",
}
TASK_KINDS: Mapping[str, Said] = {"campaigns.visit": say("入户走访")}
MESSAGE_KINDS: Mapping[str, Said] = {"campaigns.asked": say("走访安排")}


def require_days(opens_on: date, closes_on: date) -> None:
    """A campaign ends after it begins."""
    if closes_on < opens_on:
        raise BadInput(say("结束日不能早于开始日。请核对日期。"), field="closes_on")
