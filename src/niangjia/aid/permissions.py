from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of aid (domain.md §2.4: PRI or TWN submit, TWN reviews, CTY approves, ACC orders)."""

    READ = "aid.read"
    ASK = "aid.ask"
    REVIEW = "aid.review"
    APPROVE = "aid.approve"
    PAY = "aid.pay"


LABELS = {
    Word.READ: "查看帮扶申请",
    Word.ASK: "提出或代为提出帮扶申请",
    Word.REVIEW: "审核帮扶申请、安排公示",
    Word.APPROVE: "审批帮扶申请",
    Word.PAY: "开具帮扶支付单",
}

_OWN = dict.fromkeys((Role.WRK, Role.MEM), Reach.OWN)
_UNIT = {Role.PRI: Reach.UNIT}
_TREE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)
_APPROVERS = dict.fromkeys((Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)

GRANTS = (
    Grant(
        Word.READ,
        {**_OWN, **_UNIT, **_TREE, **dict.fromkeys((Role.MUN, Role.PRV, Role.AUD, Role.ACC), Reach.SUBTREE)},
        inherited=True,
    ),
    Grant(Word.ASK, {**_OWN, **_UNIT, **dict.fromkeys((Role.FED, Role.TWN), Reach.SUBTREE)}),
    Grant(Word.REVIEW, {Role.TWN: Reach.SUBTREE, **_APPROVERS}),
    Grant(Word.APPROVE, _APPROVERS),
    Grant(Word.PAY, {Role.ACC: Reach.SUBTREE}),
)
