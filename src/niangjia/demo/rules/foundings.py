"""Federations that are being founded in the demo world, one in each state that is worth a look. Pure."""

from dataclasses import dataclass
from enum import IntEnum

from niangjia.bodies.rules import PostKind
from niangjia.network.rules import Mode


class Stage(IntEnum):
    """How far an establishment has come."""

    DRAFTED = 0
    SUBMITTED = 1
    PREPARING = 2
    REPORTED = 3
    APPROVED = 4


@dataclass(frozen=True, slots=True)
class FoundingSketch:
    """A federation to be: under which union, how far it has come, how many days ago it was asked for."""

    name: str
    parent: str
    mode: Mode
    stage: Stage
    days_ago: int
    workers: int
    members: int
    words: str
    by_log_ins: bool = True


FOUNDINGS = (
    FoundingSketch(
        "大洲镇手工业工会联合会", "330803110", Mode.TRADE, Stage.DRAFTED, 2, 260, 60,
        "菜刀、编筐手工作坊多而小，先把从业的职工组织起来。",
    ),
    FoundingSketch(
        "大洲镇商贸工会联合会", "330803110", Mode.TRADE, Stage.SUBMITTED, 3, 180, 52,
        "沿街商铺雇工流动快，单独建会有困难。",
    ),
    FoundingSketch(
        "大洲镇竹木加工工会联合会", "330803110", Mode.TRADE, Stage.PREPARING, 20, 320, 85,
        "竹木加工户集中在三个村，职工要求统一做劳动保护。",
    ),
    FoundingSketch(
        "大洲镇农旅服务工会联合会", "330803110", Mode.AREA, Stage.REPORTED, 34, 240, 70,
        "农家乐和民宿职工已有百余人，旺季用工需要有人管。",
    ),
    FoundingSketch(
        "横店镇影视服务工会联合会", "330783123", Mode.TRADE, Stage.APPROVED, 80, 900, 90,
        "影视服务职工多为灵活就业，按行业建会便于服务。", by_log_ins=False,
    ),
)  # fmt: skip
"""One a state; the approved one stands outside Dazhou and Ningbo, whose figures the page tells."""

POSTS = (PostKind.CHAIR, PostKind.VICE, PostKind.MEMBER, PostKind.WOMEN, PostKind.MEMBER, PostKind.MEMBER)
"""What the six candidates stand for; five seats are filled (R-ORG-11)."""
SEATS, TERM = 5, 5
