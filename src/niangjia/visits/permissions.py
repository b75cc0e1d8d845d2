from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of home visits: who makes one, who reads, who voids."""

    READ = "visits.read"
    MAKE = "visits.make"
    VOID = "visits.void"


LABELS = {
    Word.READ: "查看走访记录",
    Word.MAKE: "入户走访、登记走访记录",
    Word.VOID: "作废走访记录",
}

_UNIT = {Role.PRI: Reach.UNIT}
_TREE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)
_ABOVE = dict.fromkeys((Role.MUN, Role.PRV, Role.AUD), Reach.SUBTREE)

GRANTS = (
    Grant(Word.READ, {**_UNIT, **_TREE, **_ABOVE}, inherited=True),
    Grant(Word.MAKE, {**_UNIT, **_TREE}),
    Grant(Word.VOID, dict.fromkeys((Role.TWN, Role.CTY), Reach.SUBTREE)),
)
