from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of the policies (domain.md Appendix C, column policy); reading is open to all."""

    SET = "policies.set"


LABELS = {Word.SET: "设定本单位的政策值"}

_SETTERS = (Role.PRI, Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.IND, Role.PRV)

GRANTS = (Grant(Word.SET, dict.fromkeys(_SETTERS, Reach.UNIT)),)
