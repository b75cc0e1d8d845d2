from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of the to-do list."""

    READ = "tasks.read"
    HAND_OVER = "tasks.hand_over"
    SUPERVISE = "tasks.supervise"
    DUTIES = "tasks.duties"


LABELS = {
    Word.READ: "查看与办理待办",
    Word.HAND_OVER: "转办待办",
    Word.SUPERVISE: "查看下级待办、督促超期",
    Word.DUTIES: "设定年度事项",
}

_INSIDE = dict.fromkeys((Role.GRP, Role.PRI, Role.WOM, Role.ADM, Role.CSH, Role.ACC, Role.GOV), Reach.UNIT)
_ABOVE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)
_PLATFORM = dict.fromkeys((Role.SYS, Role.SEC, Role.LOG), Reach.UNIT)

GRANTS = (
    Grant(Word.READ, {**_INSIDE, **_ABOVE, **_PLATFORM, Role.IND: Reach.UNIT, Role.AUD: Reach.UNIT}),
    Grant(Word.HAND_OVER, {**_ABOVE, Role.PRI: Reach.UNIT, Role.IND: Reach.UNIT}),
    Grant(Word.SUPERVISE, _ABOVE),
    Grant(Word.DUTIES, dict.fromkeys((Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)),
)
