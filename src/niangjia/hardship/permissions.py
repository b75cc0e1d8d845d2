from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of needy-worker files (domain.md §2.4 and Appendix C, column aid file)."""

    STATUS = "hardship.status"
    READ = "hardship.read"
    REPORT = "hardship.report"
    APPLY = "hardship.apply"
    FIRST = "hardship.first"
    REVIEW = "hardship.review"
    CHECK = "hardship.check"
    APPROVE = "hardship.approve"
    EXPORT = "hardship.export"


LABELS = {
    Word.STATUS: "查看困难职工档案办到哪里",
    Word.READ: "查看困难职工档案",
    Word.REPORT: "上报困难线索",
    Word.APPLY: "申请建档、代为申请建档",
    Word.FIRST: "困难职工档案初审",
    Word.REVIEW: "困难职工档案走访核实与审核",
    Word.CHECK: "提请家庭经济状况核对",
    Word.APPROVE: "批准困难职工建档、脱困和注销",
    Word.EXPORT: "导出帮扶系统报送名册",
}

_OWN = dict.fromkeys((Role.WRK, Role.MEM), Reach.OWN)
_UNIT = dict.fromkeys((Role.GRP, Role.WOM), Reach.UNIT)
_DESKS = {Role.PRI: Reach.UNIT, **dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)}
_APPROVERS = dict.fromkeys((Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)
_READERS = {**_DESKS, **_APPROVERS, Role.AUD: Reach.SUBTREE}

GRANTS = (
    Grant(Word.STATUS, {**_OWN, **_UNIT, **_READERS}, inherited=True),
    Grant(Word.READ, _READERS, inherited=True),
    Grant(Word.REPORT, {**_OWN, **_UNIT, **_DESKS}),
    Grant(Word.APPLY, {**_OWN, Role.PRI: Reach.UNIT, **dict.fromkeys((Role.FED, Role.TWN), Reach.SUBTREE)}),
    Grant(Word.FIRST, {**_DESKS, **_APPROVERS}),
    Grant(Word.REVIEW, {Role.TWN: Reach.SUBTREE, **_APPROVERS}),
    Grant(Word.CHECK, _APPROVERS),
    Grant(Word.APPROVE, _APPROVERS),
    Grant(Word.EXPORT, dict.fromkeys((Role.CTY, Role.MUN), Reach.SUBTREE)),
)
