"""Whether a federation lives or stands on paper only: activity, maturity, seven haves (R-ORG-13, R-PG-13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from niangjia.kernel.errors import Refused
from niangjia.kernel.words import Said, say

ACTIVITY, SEVEN_HAVES = "vitality.activity", "vitality.sevenhaves"


class ActivityKind(StrEnum):
    """What a federation does that can be seen: meetings, activities, visits to firms and workers."""

    MEETING = "meeting"
    EVENT = "event"
    VISIT = "visit"
    TALK = "talk"


class Goal(StrEnum):
    """The three goals of S-NB-23."""

    SUBSTANCE = "substance"
    ORDER = "order"
    EFFECT = "effect"


class Life(StrEnum):
    """How a federation stands."""

    ALIVE = "alive"
    DORMANT = "dormant"


ACTIVITY_LABELS: Mapping[ActivityKind, str] = {
    ActivityKind.MEETING: "会议",
    ActivityKind.EVENT: "活动",
    ActivityKind.VISIT: "走访",
    ActivityKind.TALK: "宣讲",
}
GOAL_WORDS: Mapping[Goal, Said] = {
    Goal.SUBSTANCE: say("实体化"),
    Goal.ORDER: say("规范化"),
    Goal.EFFECT: say("实效化"),
}
LIFE_WORDS: Mapping[Life, Said] = {Life.ALIVE: say("有活动"), Life.DORMANT: say("沉寂（纸面联合会）")}


@dataclass(frozen=True, slots=True)
class Signs:
    """What the records tell of a federation on a day; a day of None never was.

    `last_work` is the last step that anybody took in a post there, whatever it was.
    """

    founded: date
    last_meeting: date | None = None
    last_activity: date | None = None
    last_work: date | None = None
    stations: int = 0
    staff: int = 0
    term_runs: bool = False
    haves: int = 0
    haves_asked: int = 0
    members: int = 0
    members_before: int = 0

    @property
    def last_sign(self) -> date | None:
        """The last day on which the federation met, did or visited something; office work does not count."""
        return max((day for day in (self.last_meeting, self.last_activity) if day), default=None)


def life_of(signs: Signs, *, today: date, dormant_days: int) -> Life:
    """Dormant without a meeting, activity or visit for so many days; a new one has its time first (R-ORG-13).

    >>> old, day = date(2010, 1, 1), date(2018, 8, 20)
    >>> life_of(Signs(old, last_meeting=date(2018, 8, 1)), today=day, dormant_days=90)
    <Life.ALIVE: 'alive'>
    >>> life_of(Signs(old), today=day, dormant_days=90)
    <Life.DORMANT: 'dormant'>
    """
    since = signs.last_sign or signs.founded
    return Life.DORMANT if today - since > timedelta(days=dormant_days) else Life.ALIVE


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of a goal: whether it holds, and what would make it hold."""

    words: Said
    holds: bool
    otherwise: Said


def maturity(signs: Signs, *, today: date, dormant_days: int) -> dict[Goal, tuple[Check, ...]]:
    """The conditions of 实体化, 规范化, 实效化, each from records (S-NB-23, R-PG-13)."""
    alive = life_of(signs, today=today, dormant_days=dormant_days) is Life.ALIVE
    return {
        Goal.SUBSTANCE: (
            Check(say("有服务阵地"), signs.stations > 0, say("登记一个阵地，自建、联建、租赁都可以。")),
            Check(say("有工作人员"), signs.staff > 0, say("登记主席以外的委员或组织员。")),
        ),
        Goal.ORDER: (
            Check(say("委员会在任期内"), signs.term_runs, say("换届后登记新一届委员会。")),
            Check(
                say("七有自查齐全"),
                signs.haves_asked > 0 and signs.haves == signs.haves_asked,
                say("完成今年的七有自查，缺的补上。"),
            ),
        ),
        Goal.EFFECT: (
            Check(say("近期有会议或活动"), alive, say("开展一次活动，并登记时间和人数。")),
            Check(
                say("会员没有减少"),
                signs.members > 0 and signs.members >= signs.members_before,
                say("到还没有入会的职工中走访一次。"),
            ),
        ),
    }


def require_activity_day(held_on: date, *, founded: date, today: date) -> None:
    """An activity was held while the organisation stood, and not in the future."""
    if held_on > today:
        raise Refused(say("日期不能晚于今天。办完再登记。"), field="held_on")
    if held_on < founded:
        raise Refused(say("这个组织自 {day} 起成立，日期不能早于这一天。", day=founded), field="held_on")


def require_items(told: Mapping[str, bool], *, asked: Sequence[str]) -> None:
    """A self-check answers each item of the policy in force, and no other."""
    if set(told) != set(asked):
        raise Refused(say("七有的条目已按文件更新。请刷新页面再填一次。"))
