"""How an application to join goes: to the group, the union, back, on, up (domain.md §4 states, R-MEM-08)."""

import re
from collections.abc import Mapping
from enum import StrEnum

from niangjia.kernel.errors import BadInput, NotAllowed
from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, from_each

KIND = "joining.membership_application"
SUPPORTS, DECIDES, ROUTES, APPEALS = (
    "joining.support",
    "joining.decide",
    "joining.route",
    "joining.appeal",
)
APPLICANT = "applicant"
"""The steps of the applicant himself: he holds the receipt code, or is logged in as the person."""
SIGNATURE_AT_MOST = 60_000


class Channel(StrEnum):
    """By which way an application came; the record is the same (R-MEM-07)."""

    QR = "qr"
    WEB = "web"
    DOOR = "door"
    PAPER = "paper"
    BATCH = "batch"


class Outcome(StrEnum):
    """What an approval led to: one counting membership, or an affiliation beside it (R-MEM-03)."""

    JOINED = "joined"
    AFFILIATED = "affiliated"


CHANNELS: Mapping[Channel, str] = {
    Channel.QR: "扫码",
    Channel.WEB: "网上",
    Channel.DOOR: "上门",
    Channel.PAPER: "纸质",
    Channel.BATCH: "批量",
}
OUTCOMES: Mapping[Outcome, Said] = {
    Outcome.JOINED: say("已入会"),
    Outcome.AFFILIATED: say("已登记为挂靠（会籍仍在原工会）"),
}
FRESH = ("submitted", "routed", "supported")
WAITING = (*FRESH, "reviewed")

APPLICATION = Workflow(
    start="submitted",
    steps=(
        Step("support", "submitted", "supported", SUPPORTS, label=say("填写小组意见")),
        Step("support", "routed", "supported", SUPPORTS, label=say("填写小组意见")),
        *from_each(FRESH, Step("review", "", "reviewed", DECIDES, label=say("初审通过"))),
        Step("approve", "reviewed", "approved", DECIDES, label=say("批准入会")),
        Step("hand_over", "reviewed", "to_transfer", DECIDES, label=say("改办转会")),
        *from_each(WAITING, Step("return", "", "returned", DECIDES, label=say("退回补充"))),
        *from_each(WAITING, Step("reject", "", "rejected", DECIDES, label=say("不予入会"))),
        *from_each(WAITING, Step("route", "", "routed", ROUTES, label=say("转送对口工会"))),
        Step("answer", "returned", "submitted", APPLICANT, label=say("补充后再交")),
        *from_each(
            (*WAITING, "returned"), Step("withdraw", "", "withdrawn", APPLICANT, label=say("撤回申请"))
        ),
        Step("appeal", "rejected", "appealed", APPLICANT, label=say("请上级工会复核")),
        Step("overturn", "appealed", "routed", APPEALS, label=say("请原工会重新办理")),
        Step("uphold", "appealed", "upheld", APPEALS, label=say("维持不予入会")),
    ),
    labels={
        "submitted": say("待工会办理"),
        "supported": say("小组已签意见"),
        "routed": say("已转到对口工会"),
        "reviewed": say("已初审，待批准"),
        "approved": say("已批准"),
        "to_transfer": say("已是会员，改办转会"),
        "returned": say("待本人补充"),
        "rejected": say("不予入会"),
        "appealed": say("上级工会复核中"),
        "upheld": say("复核维持不予入会"),
        "withdrawn": say("本人已撤回"),
    },
    ends=frozenset({"approved", "to_transfer", "upheld", "withdrawn"}),
)
SHAPES: Mapping[str, str] = {
    "approved": "done",
    "to_transfer": "done",
    "returned": "warn",
    "rejected": "stop",
    "upheld": "stop",
    "withdrawn": "stop",
    "appealed": "warn",
}
CONSENTS = (
    say(
        "我自愿加入中国工会，遵守工会章程，执行工会决议。"
        "我同意工会为登记会籍、联系本人和提供服务，使用上面填写的姓名、证件号码、手机号和单位；"
        "证件号码和手机号加密保存，不对外公开。"
    ),
)
"""The text that an applicant agrees to, by version; the last one is asked now, earlier ones stay."""

TASK_KINDS: Mapping[str, Said] = {
    "joining.decide": say("入会申请"),
    "joining.appeal": say("入会复核"),
}
MESSAGE_KINDS: Mapping[str, Said] = {"joining.changed": say("入会申请办理情况")}


def is_open(state: str) -> bool:
    """Whether somebody still has to do something about it."""
    return state not in APPLICATION.ends and state != "rejected"


def require_consent(version: int | None) -> int:
    """The version of the text that was agreed to: nobody joins without having read what for (PIPL 13)."""
    if version is None or not 1 <= version <= len(CONSENTS):
        raise BadInput(say("请先阅读并勾选同意，再提交申请。"), field="consent")
    return version


def require_other(by: int | None, applicant: int | None) -> None:
    """Nobody decides about himself (R-G-06)."""
    if by is not None and by == applicant:
        raise NotAllowed(say("这是您本人的申请，请由其他同志办理。"))


def require_signature(told: str) -> str:
    """A drawn signature as a small PNG data address, or nothing: it is never required."""
    if not told:
        return ""
    if len(told) > SIGNATURE_AT_MOST or not re.fullmatch(r"data:image/png;base64,[A-Za-z0-9+/=]+", told):
        raise BadInput(say("签名没有收好。请清除后重签，或者不签名直接提交。"), field="signature")
    return told
