from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of supervised tasks."""

    READ = "supervision.read"
    GIVE = "supervision.give"
    REPLY = "supervision.reply"


LABELS = {
    Word.READ: "查看督办",
    Word.GIVE: "督办下级",
    Word.REPLY: "回复督办",
}

_ABOVE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.PRV), Reach.SUBTREE)
_ANSWERING = dict.fromkeys((Role.PRI, Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.IND), Reach.UNIT)

GRANTS = (
    Grant(Word.READ, {Role.PRI: Reach.UNIT, Role.IND: Reach.UNIT, **_ABOVE}),
    Grant(Word.GIVE, _ABOVE),
    Grant(Word.REPLY, _ANSWERING),
)
