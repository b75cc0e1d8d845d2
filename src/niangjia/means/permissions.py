from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of the economic check (domain.md §2.4: requested by the county, answered by GOV)."""

    READ = "means.read"
    AUTHORISE = "means.authorise"
    ASK = "means.ask"
    ANSWER = "means.answer"


LABELS = {
    Word.READ: "查看家庭经济状况核对",
    Word.AUTHORISE: "登记核对授权书",
    Word.ASK: "提请家庭经济状况核对",
    Word.ANSWER: "反馈家庭经济状况核对结果",
}

_OFFICE = {Role.PRI: Reach.UNIT, **dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)}
_OWN = dict.fromkeys((Role.WRK, Role.MEM), Reach.OWN)
_COUNTY_UP = dict.fromkeys((Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)

GRANTS = (
    Grant(Word.READ, {**_OFFICE, Role.MUN: Reach.SUBTREE, Role.PRV: Reach.SUBTREE}, inherited=True),
    Grant(Word.AUTHORISE, _OWN | _OFFICE),
    Grant(Word.ASK, _COUNTY_UP),
    Grant(Word.ANSWER, {Role.GOV: Reach.SUBTREE, **_COUNTY_UP}),
)
