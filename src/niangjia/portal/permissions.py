from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of the portal."""

    DESK = "portal.desk"


LABELS = {Word.DESK: "进入工作台"}

_UNIT = dict.fromkeys((Role.GRP, Role.PRI, Role.WOM, Role.ADM, Role.CSH, Role.ACC), Reach.UNIT)
_TREE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.PRV, Role.AUD, Role.GOV), Reach.SUBTREE)
_PLATFORM = dict.fromkeys((Role.SYS, Role.SEC, Role.LOG), Reach.UNIT)

GRANTS = (Grant(Word.DESK, {**_UNIT, **_TREE, **_PLATFORM, Role.IND: Reach.LINE}),)
