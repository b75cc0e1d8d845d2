from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of vitality (domain.md Appendix C, column org)."""

    READ = "vitality.read"
    RECORD = "vitality.record"


LABELS = {Word.READ: "查看联合会活力与七有自查", Word.RECORD: "登记活动与七有自查"}

_TREE = dict.fromkeys((Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.PRV, Role.AUD), Reach.SUBTREE)

GRANTS = (
    Grant(Word.READ, {**_TREE, Role.IND: Reach.LINE}),
    Grant(Word.RECORD, dict.fromkeys((Role.FED, Role.TWN), Reach.SUBTREE)),
)
