from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of the journal's pages."""

    JOURNAL = "journal.read"


LABELS = {Word.JOURNAL: "查阅操作日志"}
GRANTS = (Grant(Word.JOURNAL, dict.fromkeys((Role.AUD, Role.SEC, Role.LOG), Reach.SUBTREE)),)
