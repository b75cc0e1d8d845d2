"""The bank's files: what goes out, one line a payment, and what comes back (feature 37). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.kernel.money import Yuan
from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.sheets.writing import MONEY, NUMBER, Heading
from niangjia.kernel.words import say


@dataclass(frozen=True, slots=True)
class BankLine:
    """A line of the file for the bank: the only place where an account number stands in full."""

    number: int
    holder: str
    account: str
    bank: str
    amount: Yuan
    purpose: str

    @property
    def cells(self) -> tuple[object, ...]:
        """The cells in the order of the headings."""
        return (self.number, self.holder, self.account, self.bank, self.amount, self.purpose)


def headings() -> tuple[Heading, ...]:
    """序号 户名 账号 开户行 金额 用途, as banks take them; never translated, for a bank reads them."""
    return (
        Heading("序号", NUMBER, 8),
        Heading("户名", width=16),
        Heading("账号", width=26),
        Heading("开户行", width=30),
        Heading("金额", MONEY, 14),
        Heading("用途", width=24),
    )


RESULT_COLUMNS: tuple[Column, ...] = (
    Column("number", say("序号"), ColumnType.NUMBER, ("行号", "明细序号"), required=True),
    Column("account", say("账号"), ColumnType.CODE, ("收款账号", "收款人账号", "对方账号"), longest=40),
    Column("amount", say("金额"), ColumnType.MONEY, ("交易金额", "发生额"), required=True),
    Column("result", say("处理结果"), aliases=("结果", "状态", "交易状态", "处理状态"), required=True),
    Column("reason", say("失败原因"), aliases=("原因", "备注", "返回信息", "失败信息")),
    Column("on", say("交易日期"), ColumnType.DAY, ("日期", "入账日期", "处理日期")),
)

PAID_WORDS = ("成功", "已入账", "交易成功", "处理成功", "付款成功", "success", "paid")
FAILED_WORDS = ("失败", "退票", "退汇", "退回", "拒绝", "未入账", "fail")


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A line of the bank's answer; `paid` is None where its word is not known."""

    row: int
    number: int
    amount: Yuan
    paid: bool | None
    tail: str = ""
    reason: str = ""
    on: date | None = None


def has_paid(word: str) -> bool | None:
    """What the bank's word says; a word for failing counts before one for success (未成功, 退回成功).

    >>> has_paid("交易成功"), has_paid("未成功"), has_paid("退汇"), has_paid("处理中")
    (True, False, False, None)
    """
    told = word.strip().casefold()
    if any(one in told for one in FAILED_WORDS) or told.startswith(("未", "不")):
        return False
    return True if any(one in told for one in PAID_WORDS) else None


def totals_of(lines: Sequence[BankLine]) -> Yuan:
    """The sum of a file."""
    return Yuan.total(line.amount for line in lines)
