from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of joining (domain.md §2.4 membership, Appendix C member data)."""

    REVIEW = "joining.review"
    SUPPORT = "joining.support"
    DECIDE = "joining.decide"
    ROUTE = "joining.route"
    APPEAL = "joining.appeal"
    ENTER = "joining.enter"
    CODE = "joining.code"


LABELS = {
    Word.REVIEW: "查看入会申请",
    Word.SUPPORT: "填写工会小组意见",
    Word.DECIDE: "审批入会申请",
    Word.ROUTE: "转送入会申请",
    Word.APPEAL: "复核不予入会",
    Word.ENTER: "代填入会申请",
    Word.CODE: "制作与停用入会码",
}

_UNIT = {Role.PRI: Reach.UNIT}
_GUIDES = dict.fromkeys((Role.FED, Role.TWN), Reach.SUBTREE)
_OFFICERS = {**_UNIT, **_GUIDES}
_COUNTY = {Role.CTY: Reach.SUBTREE}

GRANTS = (
    Grant(Word.REVIEW, {Role.GRP: Reach.UNIT, **_OFFICERS, **_COUNTY}),
    Grant(Word.SUPPORT, {Role.GRP: Reach.UNIT}),
    Grant(Word.DECIDE, _OFFICERS),
    Grant(Word.ROUTE, _GUIDES),
    Grant(Word.APPEAL, {**_GUIDES, **_COUNTY}),
    Grant(Word.ENTER, _OFFICERS),
    Grant(Word.CODE, _OFFICERS),
)
