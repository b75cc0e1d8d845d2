"""Where an application stands in plain words: its bar of steps, what happened; which help fits whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from niangjia.aid.rules import AidKind, State
from niangjia.kernel.words import Said, say

FIT: Mapping[str, Said] = {
    AidKind.LIVING: say("家里长期收入低、开支大，日子难过。"),
    AidKind.MEDICAL: say("自己或家人生了大病，报销以后自己还要付很多。"),
    AidKind.STUDY: say("孩子考上高中或大学，交学费有困难。"),
    AidKind.TEMPORARY: say("突然遇到事故、灾害或急病，眼下急需用钱。"),
}

VERBS: Mapping[str, Said] = {
    "draft_application": say("开始填写申请"),
    "edit_application": say("修改申请内容"),
    "attach_paper": say("上传材料"),
    "take_off_paper": say("撤下材料"),
    "submit_application": say("提交申请"),
    "link_application": say("关联另一件申请，不另发"),
    "unlink_application": say("解除关联"),
    "withdraw_application": say("撤回申请"),
    "note_visit": say("登记入户走访"),
    "review_application": say("审核通过"),
    "post_application": say("安排公示"),
    "take_out_of_round": say("公示有异议，退回核实"),
    "approve_application": say("审批同意"),
    "revoke_approval": say("撤销审批"),
    "send_back_application": say("退回补正"),
    "refuse_application": say("不予帮扶"),
    "appeal_refusal": say("申诉"),
    "uphold_appeal": say("支持申诉，重新办理"),
    "dismiss_appeal": say("驳回申诉"),
    "order_aid": say("开具支付单"),
    "stop_aid_order": say("作废支付单"),
    "aid_arrived": say("款已付到本人账户"),
    "aid_bounced": say("银行退回，更正后再付"),
    "confirm_receipt": say("家庭确认收到"),
    "close_application": say("办结"),
    "refund_aid": say("款已退回"),
    "carry_application": say("随工会调整转到承接的工会"),
    "return_application": say("随调整撤销转回原工会"),
}
BY_FAMILY = frozenset(
    {
        "draft_application", "edit_application", "attach_paper", "take_off_paper", "submit_application",
        "withdraw_application", "appeal_refusal", "confirm_receipt", "unlink_application",
    }
)  # fmt: skip
"""Steps that the applicant takes; the others tell of the union, not of its officer, when he reads them."""

Shape = Literal["done", "now", "todo", "stop"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of the bar: its name, its shape, who has it."""

    label: Said
    shape: Shape
    note: Said | str = ""


ROAD: tuple[tuple[str, Said], ...] = (
    ("ask", say("申请")),
    ("visit", say("上门走访")),
    ("review", say("镇街审核")),
    ("notice", say("公示")),
    ("approve", say("审批")),
    ("pay", say("发放")),
    ("confirm", say("家庭确认")),
)
_PLACE: Mapping[str, int] = {
    State.DRAFT: 0,
    State.RETURNED: 0,
    State.SUBMITTED: 1,
    State.VISITED: 2,
    State.REVIEWED: 3,
    State.NOTICED: 3,
    State.APPROVED: 5,
    State.PAYING: 5,
    State.PAID: 6,
    State.CONFIRMED: 7,
    State.CLOSED: 7,
}


def stages(state: str, *, notice_over: bool, label: Said, notes: Mapping[str, Said | str]) -> list[Stop]:
    """The bar of steps; while the notice has run it lies with who approves. What ended early says how.

    >>> [one.shape for one in stages("visited", notice_over=False, label=say("已走访"), notes={})][:4]
    ['done', 'done', 'now', 'todo']
    """
    if state not in _PLACE:
        return [Stop(label, "now" if state == State.APPEALED else "stop")]
    place = _PLACE[state] + (1 if state == State.NOTICED and notice_over else 0)
    return [
        Stop(words, "done" if n < place else "now" if n == place else "todo", notes.get(key, ""))
        for n, (key, words) in enumerate(ROAD)
    ]
