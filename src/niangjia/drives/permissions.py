from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of drives."""

    RUN = "drives.run"


LABELS = {Word.RUN: "组织集中入会"}

GRANTS = (
    Grant(
        Word.RUN,
        {Role.PRI: Reach.UNIT, **dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)},
    ),
)
