from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of 撤并改 (domain.md §2.4, row restructure)."""

    READ = "restructuring.read"
    PROPOSE = "restructuring.propose"
    CONSULT = "restructuring.consult"
    AUDIT = "restructuring.audit"
    DECIDE = "restructuring.decide"


LABELS = {
    Word.READ: "查看撤并改",
    Word.PROPOSE: "提出撤并改方案",
    Word.CONSULT: "登记会员讨论结果",
    Word.AUDIT: "登记经审结果",
    Word.DECIDE: "审批、执行撤并改",
}

_PROPOSERS = dict.fromkeys((Role.FED, Role.TWN, Role.CTY, Role.MUN), Reach.SUBTREE)
_ABOVE = dict.fromkeys((Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)

GRANTS = (
    Grant(Word.READ, {Role.PRI: Reach.UNIT, Role.AUD: Reach.SUBTREE, **_PROPOSERS, **_ABOVE}),
    Grant(Word.PROPOSE, _PROPOSERS),
    Grant(Word.CONSULT, {Role.PRI: Reach.UNIT, **_PROPOSERS}),
    Grant(Word.AUDIT, {Role.AUD: Reach.SUBTREE}),
    Grant(Word.DECIDE, _ABOVE),
)
