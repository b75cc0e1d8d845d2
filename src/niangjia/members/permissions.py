from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of membership (domain.md Appendix C, column member data)."""

    READ = "members.read"
    NAMES = "members.names"
    ENROL = "members.enrol"
    EDIT = "members.edit"
    TRANSFER = "members.transfer"
    END = "members.end"
    DUES = "members.dues"
    OWN = "members.own"


LABELS = {
    Word.READ: "查看会员名册",
    Word.NAMES: "查看会员姓名与登记情况",
    Word.ENROL: "登记会员",
    Word.EDIT: "修改会员登记",
    Word.TRANSFER: "办理转会",
    Word.END: "办理保留与终止会籍",
    Word.DUES: "登记会费",
    Word.OWN: "查看本人会籍",
}

_UNIT = {Role.PRI: Reach.UNIT}
_GUIDES = dict.fromkeys((Role.FED, Role.TWN), Reach.SUBTREE)
_OFFICERS = {**_UNIT, **_GUIDES}
_NAMED = {**_OFFICERS, Role.CTY: Reach.SUBTREE, **dict.fromkeys((Role.GRP, Role.WOM), Reach.UNIT)}
_MASKED = {**dict.fromkeys((Role.MUN, Role.PRV, Role.AUD), Reach.SUBTREE), Role.IND: Reach.LINE}

GRANTS = (
    Grant(Word.READ, {**_NAMED, **_MASKED}),
    Grant(Word.NAMES, _NAMED),
    Grant(Word.ENROL, _OFFICERS),
    Grant(Word.EDIT, _OFFICERS),
    Grant(Word.TRANSFER, _OFFICERS),
    Grant(Word.END, _OFFICERS),
    Grant(Word.DUES, _OFFICERS),
    Grant(Word.OWN, dict.fromkeys((Role.WRK, Role.MEM), Reach.OWN)),
)
