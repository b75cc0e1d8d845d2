"""What a ledger is made of: classes of accounts, kinds of funds and of entries, and the draft of an entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.money import Yuan


class Klass(StrEnum):
    """The class of an account (工会会计制度)."""

    ASSET = "asset"
    LIABILITY = "liability"
    NET = "net"
    INCOME = "income"
    EXPENSE = "expense"


CLASS_LABELS: Mapping[Klass, str] = {
    Klass.ASSET: "资产",
    Klass.LIABILITY: "负债",
    Klass.NET: "净资产",
    Klass.INCOME: "收入",
    Klass.EXPENSE: "支出",
}
LASTING = (Klass.ASSET, Klass.LIABILITY, Klass.NET)
"""Classes that are carried into the next year; income and expense are closed into the surplus."""


class FundKind(StrEnum):
    """Where the money of a fund comes from (domain.md §2.2, `FundSource`)."""

    CENTRAL_FISCAL = "central_fiscal"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    UNION_DUES = "union_dues"
    WARMTH = "warmth"
    MUTUAL_AID = "mutual_aid"
    DONATION = "donation"
    EMPLOYER_WELFARE = "employer_welfare"
    EXTERNAL_TREASURY = "external_treasury"


FUND_LABELS: Mapping[FundKind, str] = {
    FundKind.CENTRAL_FISCAL: "中央财政帮扶资金",
    FundKind.PROVINCE: "省级资金",
    FundKind.CITY: "市级资金",
    FundKind.COUNTY: "县级资金",
    FundKind.UNION_DUES: "工会经费",
    FundKind.WARMTH: "送温暖资金",
    FundKind.MUTUAL_AID: "互助会资金",
    FundKind.DONATION: "捐款专户",
    FundKind.EMPLOYER_WELFARE: "单位福利费",
    FundKind.EXTERNAL_TREASURY: "镇财政资金（备查）",
}
MEMO_KINDS = (FundKind.EXTERNAL_TREASURY,)
"""Other people's money: kept in a memo book alone and never summed into the union's own (R-RTS-01)."""


class EntryKind(StrEnum):
    """What an entry 凭证 does."""

    OPENING = "opening"
    RECEIPT = "receipt"
    PAYMENT = "payment"
    TRANSFER = "transfer"
    CONTRA = "contra"
    CLOSE = "close"
    CORRECTION = "correction"


KIND_LABELS: Mapping[EntryKind, str] = {
    EntryKind.OPENING: "期初",
    EntryKind.RECEIPT: "收款",
    EntryKind.PAYMENT: "付款",
    EntryKind.TRANSFER: "转账",
    EntryKind.CONTRA: "冲销",
    EntryKind.CLOSE: "结账",
    EntryKind.CORRECTION: "更正",
}


@dataclass(frozen=True, slots=True)
class PostingDraft:
    """One line of a draft: debit positive, credit negative; `source` says where the money comes from."""

    account_code: str
    fund_code: str
    amount: Yuan
    source: str = ""


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry to be: its day, kind, words and lines; `about` refers to the business record behind it.

    `key` makes it count once: the same key in the same book is the same entry. A correction says its reason,
    and in `erratum_year` the closed year that it concerns.
    """

    on: date
    kind: EntryKind
    words: str
    postings: Sequence[PostingDraft]
    key: str
    about: tuple[str, int] | None = None
    reason: str = ""
    erratum_year: int | None = None
