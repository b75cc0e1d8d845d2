"""How a membership stands: active or retained, one that counts a day, affiliations beside (R-MEM-02…05)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.errors import Refused
from niangjia.kernel.periods import age_on
from niangjia.kernel.words import Said, say
from niangjia.network.rules import GENERAL, OrgKind

KIND = "members.membership"


class State(StrEnum):
    """A membership is active, or kept without dues and vote (R-MEM-04)."""

    ACTIVE = "active"
    RETAINED = "retained"


class Begun(StrEnum):
    """Why a stretch of a membership begins."""

    JOINED = "joined"
    TRANSFERRED = "transferred"
    RETAINED = "retained"
    RESUMED = "resumed"
    REJOINED = "rejoined"
    AFFILIATED = "affiliated"
    CHOSEN = "chosen"
    CARRIED = "carried"


class Ended(StrEnum):
    """Why a stretch of a membership ends (domain.md §4 states)."""

    TRANSFERRED = "transferred"
    RETAINED = "retained"
    RESUMED = "resumed"
    LEFT = "left"
    DEEMED_LEFT = "deemed_left"
    STRUCK = "struck"
    DIED = "died"
    AFFILIATION = "affiliation_over"
    CHOSEN = "chosen"
    CARRIED = "carried"
    DOUBLED = "doubled"


class Form(StrEnum):
    """New forms of work: who works without an employer of the usual kind (R-MEM-10)."""

    NONE = ""
    DRIVER = "driver"
    COURIER = "courier"
    RIDER = "rider"
    HAILING = "ride_hailing"
    OTHER = "other"


STATE_WORDS: Mapping[str, Said] = {
    State.ACTIVE: say("在会"),
    State.RETAINED: say("保留会籍"),
    "affiliated": say("挂靠（不计数）"),
    "ended": say("已终止"),
    "planned": say("尚未开始"),
}
BEGINNINGS: Mapping[Begun, Said] = {
    Begun.JOINED: say("入会"),
    Begun.TRANSFERRED: say("转入"),
    Begun.RETAINED: say("转为保留"),
    Begun.RESUMED: say("恢复"),
    Begun.REJOINED: say("重新入会"),
    Begun.AFFILIATED: say("挂靠"),
    Begun.CHOSEN: say("本人选定"),
    Begun.CARRIED: say("随组织撤并改转入"),
}
ENDINGS: Mapping[Ended, Said] = {
    Ended.TRANSFERRED: say("转出"),
    Ended.RETAINED: say("转为保留"),
    Ended.RESUMED: say("恢复"),
    Ended.LEFT: say("退会"),
    Ended.DEEMED_LEFT: say("视为自动退会"),
    Ended.STRUCK: say("除籍"),
    Ended.DIED: say("去世"),
    Ended.AFFILIATION: say("挂靠结束"),
    Ended.CHOSEN: say("本人另选"),
    Ended.CARRIED: say("随组织撤并改转出"),
    Ended.DOUBLED: say("重复登记合并"),
}
FORMS: Mapping[Form, str] = {
    Form.DRIVER: "货车司机",
    Form.COURIER: "快递员",
    Form.RIDER: "外卖配送员",
    Form.HAILING: "网约车司机",
    Form.OTHER: "其他新就业形态",
}
LACKS: Mapping[str, Said] = {
    "id": say("没有有效证件号码"),
    "mobile": say("没有手机号"),
    "employer": say("没有用人单位或从业形态"),
}
"""What keeps a member from being complete by real name (R-MEM-09)."""
JOINABLE = (OrgKind.SINGLE, OrgKind.JOINT, OrgKind.FEDERATION, OrgKind.TOWN, OrgKind.INDUSTRY)
"""Whom a worker may join: his primary union, else the federation, else the town's or the trade's own."""
KEEPERS = (*JOINABLE, *GENERAL)
"""Who may keep a membership whose union is gone: also the unions above (R-MEM-04)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A counting stretch as another finds it: where, how, from when until when."""

    union_id: int
    union_name: str
    state: State
    since: date
    until: date | None


def require_joinable(kind: OrgKind) -> None:
    """Refuse a union that has no members of its own (R-MEM-03, R-ORG-04)."""
    if kind not in JOINABLE:
        raise Refused(
            say("会员登记在基层工会、工会联合会、镇街总工会或产业工会。请另选工会。"), field="union"
        )


def require_none_counting(
    standing: Sequence[Standing], *, union_id: int, since: date, visible: bool = True
) -> None:
    """Refuse a second counting membership on the same days; say where the first stands (D-3)."""
    for one in standing:
        if one.until is not None and one.until <= since:
            continue
        if one.union_id == union_id and one.since <= since:
            raise Refused(
                say("这个人自 {day} 起已是这家工会的会员，不用重复登记。", day=one.since), field="person"
            )
        where = one.union_name if visible else say("另一家工会")
        raise Refused(
            say(
                "这个人自 {day} 起已是“{union}”的会员。一人只有一个计数的会籍：请办理转会，或者登记为挂靠。",
                day=one.since,
                union=where,
            ),
            field="person",
        )


def require_day(day: date, *, today: date, founded: date, closed: date | None) -> None:
    """A membership begins or ends on a day that has come and on which the union stands."""
    if day > today:
        raise Refused(say("日期不能晚于今天。"), field="since")
    if day < founded:
        raise Refused(say("这家工会自 {day} 起成立，不能早于这一天。", day=founded), field="since")
    if closed is not None and day >= closed:
        raise Refused(say("这家工会自 {day} 起已撤销或并入，请改选承接的工会。", day=closed), field="union")


def require_age(born: date | None, *, since: date, least: int) -> None:
    """Nobody joins before the age from which he may work (domain.md §4 validations)."""
    if born is not None and age_on(born, max(born, since)) < least:
        raise Refused(say("入会当天未满 {n} 周岁。请核对出生日期和入会日期。", n=least), field="since")
