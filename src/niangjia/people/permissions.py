from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of natural persons (domain.md Appendix C, column member data)."""

    READ = "people.read"
    FIND = "people.find"
    REGISTER = "people.register"
    CORRECT = "people.correct"
    REVEAL = "people.reveal"
    DECIDE = "people.decide"
    ERASE = "people.erase"
    WATCH = "people.watch"


LABELS = {
    Word.READ: "查看人员名册（隐去号码）",
    Word.FIND: "按完整号码查找人员",
    Word.REGISTER: "登记人员",
    Word.CORRECT: "更正人员资料",
    Word.REVEAL: "查看完整证件号码与手机号",
    Word.DECIDE: "办理更正与删除申请",
    Word.ERASE: "删除个人信息",
    Word.WATCH: "核查查看号码的告警",
}

_OWN = dict.fromkeys((Role.WRK, Role.MEM), Reach.OWN)
_UNIT = {Role.PRI: Reach.UNIT}
_TREE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)
_READERS = {
    **dict.fromkeys((Role.GRP, Role.WOM), Reach.UNIT),
    **dict.fromkeys((Role.MUN, Role.PRV, Role.AUD), Reach.SUBTREE),
    Role.IND: Reach.LINE,
}

GRANTS = (
    Grant(Word.READ, {**_OWN, **_UNIT, **_TREE, **_READERS}),
    Grant(Word.FIND, {**_UNIT, **_TREE, **_READERS}),
    Grant(Word.REGISTER, {**_UNIT, **_TREE}),
    Grant(Word.CORRECT, {**_UNIT, **_TREE}),
    Grant(Word.REVEAL, {**_OWN, **_UNIT, **_TREE}),
    Grant(Word.DECIDE, {**_UNIT, **_TREE}),
    Grant(Word.ERASE, {Role.CTY: Reach.SUBTREE}),
    Grant(Word.WATCH, {Role.SEC: Reach.SUBTREE, Role.LOG: Reach.SUBTREE}),
)
