from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of the network register (domain.md Appendix C, column org)."""

    READ = "network.read"
    FOUND = "network.found"
    EDIT = "network.edit"
    COVER = "network.cover"
    MOVE = "network.move"


LABELS = {
    Word.READ: "查看组织与单位名册",
    Word.FOUND: "登记组织",
    Word.EDIT: "修改组织资料",
    Word.COVER: "登记单位覆盖",
    Word.MOVE: "调整隶属关系",
}

_UNIT = dict.fromkeys((Role.MEM, Role.GRP, Role.PRI, Role.WOM, Role.ADM), Reach.UNIT)
_TREE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.PRV, Role.AUD), Reach.SUBTREE)
_APPROVERS = dict.fromkeys((Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)
_TOWN_UP = {Role.TWN: Reach.SUBTREE, **_APPROVERS}

GRANTS = (
    Grant(Word.READ, {**_UNIT, **_TREE, Role.IND: Reach.LINE}, inherited=True),
    Grant(Word.FOUND, _TOWN_UP),
    Grant(Word.EDIT, {Role.PRI: Reach.UNIT, Role.FED: Reach.SUBTREE, **_TOWN_UP}),
    Grant(Word.COVER, {Role.FED: Reach.SUBTREE, **_TOWN_UP}),
    Grant(Word.MOVE, _APPROVERS),
)
