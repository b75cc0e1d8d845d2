"""Drives: a squad goes from building to floor to employer; what is done at a stop (R-PG-08, R-PG-09)."""

import re
from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import Said, say

DRIVE, STOP = "drives.join_drive", "drives.drive_stop"


class StopState(StrEnum):
    """What came of a stop."""

    OPEN = "open"
    ASKED = "asked"
    COME_BACK = "come_back"
    CLOSED = "closed"


class Target(StrEnum):
    """Whom a stop is for: workers without a union, or an employer that has one (R-PG-09)."""

    WORKERS = "workers"
    UNION = "union"


STOP_STATES: Mapping[StopState, Said] = {
    StopState.OPEN: say("未上门"),
    StopState.ASKED: say("已上门"),
    StopState.COME_BACK: say("约好再来"),
    StopState.CLOSED: say("已搬走或停业"),
}
STOP_SHAPES: Mapping[StopState, str] = {
    StopState.OPEN: "todo",
    StopState.ASKED: "done",
    StopState.COME_BACK: "warn",
    StopState.CLOSED: "stop",
}
TARGETS: Mapping[Target, Said] = {
    Target.WORKERS: say("请职工入会"),
    Target.UNION: say("已有工会：请完善名册、开放阵地"),
}
CHECKS: Mapping[str, str] = {
    "platform": "已加入平台，主席能登录",
    "register": "会员名册已补全",
    "real_name": "实名信息已核对",
    "facility": "愿意向周边职工开放阵地",
    "services": "愿意共享服务项目",
}
"""What an employer that has a union is asked for, each by itself (R-PG-09)."""
TASK_KINDS: Mapping[str, Said] = {"drives.come_back": say("集中入会回访")}
_FLOOR = re.compile(r"(\d{1,3})\s*(?:\u697c|\u5c42|[Ff](?![A-Za-z]))")
_ROOM = re.compile(r"(\d{1,2})\d{2}\s*(?:\u5ba4|\u53f7\u623f|\u623f)")


def floor_of(address: str) -> int | None:
    """The floor that an address tells, by its floor or by its room.

    >>> floor_of("翠苑街道古荡湾大厦 12 楼 1203 室"), floor_of("古荡湾大厦 805 室"), floor_of("古荡湾")
    (12, 8, None)
    """
    found = _FLOOR.search(address) or _ROOM.search(address)
    return int(found[1]) if found else None


def require_stop(state: StopState, *, has_day: bool, asked: int, target: Target) -> None:
    """Who comes back says when; who was there says how many he asked."""
    if state is StopState.COME_BACK and not has_day:
        raise BadInput(say("约好再来的，请写明哪一天。"), field="come_back_on")
    if state is StopState.ASKED and target is Target.WORKERS and not asked:
        raise BadInput(say("请写明问了几个人；一个也没遇到的，选“约好再来”。"), field="asked")
