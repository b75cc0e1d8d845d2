"""What a visit may find, what a family may ask for, whether photographs are taken. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.words import Said, say

KIND = "visits.home_visit"


TASK_KINDS: Mapping[str, Said] = {"visits.settle": say("核定两次填写不一致")}


VERBS: Mapping[str, Said] = {
    "record_visit": say("登记了入户走访"),
    "void_visit": say("作废了入户走访"),
    "unmark_visited": say("作废走访后重新列为待走访"),
}


class Result(StrEnum):
    """What was found at the door (domain.md §5); only a confirmed visit carries a file or a grant."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    MOVED = "moved"
    REFUSED = "refused"


RESULTS: Mapping[str, Said] = {
    Result.CONFIRMED: say("情况属实"),
    Result.NOT_CONFIRMED: say("情况不属实"),
    Result.MOVED: say("已搬走"),
    Result.REFUSED: say("家人谢绝走访"),
}
AT_HOME = (Result.CONFIRMED, Result.NOT_CONFIRMED)
"""Somebody was met and asked: the household must be known."""


class AskKind(StrEnum):
    """What a family may ask for at the door; the application is filed at once (S-LA-03)."""

    STUDY = "study"
    LIVING = "living"
    MEDICAL = "medical"
    TEMPORARY = "temporary"


ASKS: Mapping[str, Said] = {
    AskKind.STUDY: say("助学"),
    AskKind.LIVING: say("生活救助"),
    AskKind.MEDICAL: say("医疗救助"),
    AskKind.TEMPORARY: say("临时救助"),
}


class Photos(StrEnum):
    """Whether photographs are taken (policy `visit.photos`; ui.md §1.1)."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"
