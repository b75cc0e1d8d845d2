from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of phones for visits."""

    KEEP = "phones.keep"


LABELS = {Word.KEEP: "管理走访手机、核定待核的走访"}

GRANTS = (
    Grant(
        Word.KEEP,
        {Role.PRI: Reach.UNIT, **dict.fromkeys((Role.FED, Role.TWN, Role.CTY), Reach.SUBTREE)},
    ),
)
