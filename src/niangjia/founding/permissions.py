from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of founding (domain.md §2.4: founders or town ask, town reviews, above decides)."""

    READ = "founding.read"
    ASK = "founding.ask"
    REVIEW = "founding.review"
    APPROVE = "founding.approve"


LABELS = {
    Word.READ: "查看建会申请",
    Word.ASK: "申请建会、代为申请建会",
    Word.REVIEW: "审核建会申请",
    Word.APPROVE: "批复建会",
}

_OWN = dict.fromkeys((Role.WRK, Role.MEM), Reach.OWN)
_APPROVERS = dict.fromkeys((Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)
_ABOVE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)

GRANTS = (
    Grant(Word.READ, {**_OWN, **_ABOVE, Role.IND: Reach.LINE}),
    Grant(Word.ASK, {**_OWN, Role.TWN: Reach.SUBTREE}),
    Grant(Word.REVIEW, {Role.TWN: Reach.SUBTREE, **_APPROVERS}),
    Grant(Word.APPROVE, _APPROVERS),
)
