"""What is posted of those who are to be helped: masked, no reason, the sum by its band (R-AID-11)."""

from niangjia.kernel.words import say
from niangjia.notices.rules import Column, ColumnKind, NoticeKind

AID_NOTICE = NoticeKind(
    "aid",
    say("帮扶公示"),
    (
        Column("name", say("姓名"), ColumnKind.NAME),
        Column("place", say("所在工会"), ColumnKind.PLACE),
        Column("matter", say("帮扶项目"), ColumnKind.WORD),
        Column("amount", say("金额"), ColumnKind.SUM),
    ),
    days="aid.notice_workdays",
)
