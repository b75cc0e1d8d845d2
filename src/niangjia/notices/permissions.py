from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of public notices (domain.md Appendix C, column aid file; R-G-02, R-G-06)."""

    READ = "notices.read"
    OPEN = "notices.open"
    ANSWER = "notices.answer"


LABELS = {
    Word.READ: "查看公示与异议",
    Word.OPEN: "安排与撤下公示",
    Word.ANSWER: "答复异议",
}

_OFFICE = {Role.PRI: Reach.UNIT, **dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)}
_ABOVE = dict.fromkeys((Role.MUN, Role.PRV), Reach.SUBTREE)

GRANTS = (
    Grant(Word.READ, {**_OFFICE, **_ABOVE, Role.AUD: Reach.SUBTREE, Role.IND: Reach.LINE}),
    Grant(Word.OPEN, _OFFICE),
    Grant(Word.ANSWER, {**_OFFICE, Role.MUN: Reach.SUBTREE}),
)
