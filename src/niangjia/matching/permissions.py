from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of possible duplicates (domain.md §2.4: two persons of the county decide)."""

    READ = "matching.read"
    PROPOSE = "matching.propose"
    DECIDE = "matching.decide"


LABELS = {
    Word.READ: "查看疑似重复",
    Word.PROPOSE: "提出合并或分开",
    Word.DECIDE: "核定合并、分开与拆分",
}

_BELOW = {Role.PRI: Reach.UNIT, **dict.fromkeys((Role.FED, Role.TWN), Reach.SUBTREE)}
_COUNTY = dict.fromkeys((Role.CTY, Role.MUN), Reach.SUBTREE)

GRANTS = (
    Grant(Word.READ, {**_BELOW, **_COUNTY}),
    Grant(Word.PROPOSE, {**_BELOW, **_COUNTY}),
    Grant(Word.DECIDE, _COUNTY),
)
