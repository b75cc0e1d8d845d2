from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of sympathy (domain.md §2.4: task auto or GRP, do PRI/FED/TWN, settle ACC)."""

    READ = "sympathy.read"
    REPORT = "sympathy.report"
    VISIT = "sympathy.visit"
    APPROVE = "sympathy.approve"
    SETTLE = "sympathy.settle"


LABELS = {
    Word.READ: "查看慰问记录",
    Word.REPORT: "上报需要慰问的职工",
    Word.VISIT: "安排和登记慰问、发放慰问品",
    Word.APPROVE: "批准慰问批次",
    Word.SETTLE: "结算慰问金和慰问品",
}

_TREE = dict.fromkeys((Role.FED, Role.TWN), Reach.SUBTREE)
_ABOVE = dict.fromkeys((Role.CTY, Role.MUN, Role.PRV, Role.AUD, Role.ACC), Reach.SUBTREE)
_PRI = {Role.PRI: Reach.UNIT}

GRANTS = (
    Grant(Word.READ, {**_PRI, **_TREE, **_ABOVE}, inherited=True),
    Grant(Word.REPORT, {Role.GRP: Reach.UNIT, **_PRI, **_TREE, Role.CTY: Reach.SUBTREE}),
    Grant(Word.VISIT, {**_PRI, **_TREE}),
    Grant(Word.APPROVE, {**_PRI, **_TREE, Role.CTY: Reach.SUBTREE}),
    Grant(Word.SETTLE, {Role.ACC: Reach.SUBTREE}),
)
