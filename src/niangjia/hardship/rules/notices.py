"""What the public notice of a needy-worker file shows: nothing but surname, union and category (R-G-02)."""

from niangjia.eligibility.rules import CATEGORY_WORDS, ELIGIBLE
from niangjia.kernel.words import say
from niangjia.notices.rules import Column, ColumnKind, NoticeKind

NOTICE = NoticeKind(
    "hardship",
    say("困难职工建档公示"),
    (
        Column("name", say("姓名"), ColumnKind.NAME),
        Column("place", say("所在工会"), ColumnKind.PLACE),
        Column(
            "category",
            say("困难类别"),
            ColumnKind.WORD,
            words=frozenset(CATEGORY_WORDS[one].msgid for one in ELIGIBLE),
        ),
    ),
    days="aid.notice_workdays",
)
