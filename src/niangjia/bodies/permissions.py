from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of committees and facilities; zones go with coverage (`network.cover`)."""

    COMMITTEE = "bodies.committee"
    FACILITY = "bodies.facility"


LABELS = {
    Word.COMMITTEE: "登记委员会与任期",
    Word.FACILITY: "登记阵地",
}

_TREE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)

GRANTS = (
    Grant(Word.COMMITTEE, {Role.PRI: Reach.UNIT, **_TREE}),
    Grant(Word.FACILITY, {Role.PRI: Reach.UNIT, **_TREE}),
)
