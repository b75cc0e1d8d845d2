"""The lines of a statement as banks write them. Pure."""

from dataclasses import dataclass
from datetime import date

from niangjia.kernel.money import Yuan
from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import say

STATEMENT_COLUMNS: tuple[Column, ...] = (
    Column("on", say("交易日期"), ColumnType.DAY, ("日期", "记账日期"), required=True),
    Column("paid", say("借方金额"), ColumnType.MONEY, ("支出", "支出金额", "付款金额", "借方发生额")),
    Column("received", say("贷方金额"), ColumnType.MONEY, ("收入", "收入金额", "收款金额", "贷方发生额")),
    Column("balance", say("余额"), ColumnType.MONEY, ("账户余额",)),
    Column("serial", say("流水号"), ColumnType.CODE, ("交易流水号", "凭证号", "交易流水"), longest=60),
    Column("words", say("摘要"), aliases=("用途", "附言", "交易摘要"), longest=200),
)


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A line of the bank's statement: money in is positive, money out negative."""

    row: int
    on: date
    amount: Yuan
    balance: Yuan | None = None
    serial: str = ""
    words: str = ""
