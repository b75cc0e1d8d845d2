"""What becomes of an upload that could not be entered by itself. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.words import Said, say

DEVICE, HELD = "phones.device", "phones.held_upload"
TASK_KINDS: Mapping[str, Said] = {"phones.held": say("核定待核的走访")}
VERBS: Mapping[str, Said] = {
    "enrol_device": say("启用了走访手机"),
    "revoke_device": say("停用了走访手机"),
    "lend_kit": say("取走了走访资料"),
    "drop_unsent_visit": say("在手机上删去了没送出的走访"),
    "hold_upload": say("留存了待核的走访"),
    "settle_held": say("核定了待核的走访"),
}


class Settled(StrEnum):
    """What became of an upload that was held for somebody to look at."""

    OPEN = ""
    RECORDED = "recorded"
    DECLINED = "declined"


SETTLED: Mapping[str, Said] = {
    Settled.OPEN: say("待核定"),
    Settled.RECORDED: say("已登记"),
    Settled.DECLINED: say("不予登记"),
}
