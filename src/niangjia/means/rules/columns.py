"""The two files of the economic check: whom the county asks about, and what comes back. Pure."""

from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import say
from niangjia.means.rules.flow import OUTCOMES

UNVERIFIED = say("列名依通行的核对名单整理，未与本地民政核对系统核对；送核前请对照当地模板。")

ASKED = (
    Column("batch", say("批次编号"), ColumnType.CODE, width=10),
    Column("name", say("姓名"), width=12, personal=True),
    Column("kind", say("证件类型"), width=16),
    Column("number", say("证件号码"), ColumnType.CODE, width=22, personal=True),
    Column("relation", say("与户主关系"), width=14),
    Column("household", say("家庭编号"), ColumnType.CODE, width=10),
    Column("signed_on", say("授权日期"), ColumnType.DAY, width=12),
)
ANSWERED = (
    Column("number", say("证件号码"), ColumnType.CODE, required=True, width=22, personal=True),
    Column("name", say("姓名"), width=12, personal=True),
    Column(
        "outcome", say("结论"), ColumnType.CHOICE, required=True, width=12, choices=OUTCOMES, example="相符"
    ),
    Column(
        "amount", say("金额"), ColumnType.MONEY, aliases=("年收入",), width=14, example="36000.00",
        hint=say("核对到的年收入（元）。查无记录的可以不填。"),
    ),
    Column("on", say("日期"), ColumnType.DAY, required=True, width=12, example="2018-08-20"),
)  # fmt: skip
