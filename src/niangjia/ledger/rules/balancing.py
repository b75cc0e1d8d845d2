"""What a draft must hold before it may become an entry: words, a key, lines that balance in every fund.

Whether accounts and funds are those of the book, and may be used in such an entry, is said by the database,
which sees them (`ledger_posting_fits`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import say
from niangjia.ledger.rules.kinds import LASTING, EntryDraft, EntryKind, Klass, PostingDraft

MOST_LINES = 2_000
MADE_ELSEWHERE = frozenset({EntryKind.CONTRA, EntryKind.CLOSE})


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account as the rules need it."""

    code: str
    name: str
    klass: Klass
    by_order: bool = False


def require_sound(draft: EntryDraft) -> None:
    """The draft may become an entry. Raises BadInput or Refused that names what does not fit."""
    if not draft.words or not draft.words.strip():
        raise BadInput(say("请填写摘要。"), field="words")
    if not draft.key:
        raise BadInput(say("这张凭证缺少幂等键。"), field="key")
    if draft.kind in MADE_ELSEWHERE:
        raise Refused(say("冲销和结账凭证由系统生成，不能直接填制。"), field="kind")
    if draft.kind == EntryKind.CORRECTION and not draft.reason.strip():
        raise BadInput(say("更正凭证要写明更正的理由。"), field="reason")
    if draft.erratum_year is not None and draft.erratum_year >= draft.on.year:
        raise BadInput(say("更正的年度要早于凭证的年度。"), field="erratum_year")
    require_lines(draft)


def require_lines(draft: EntryDraft) -> None:
    """Two lines or more, none of nought, and in every fund as much debit as credit."""
    postings = draft.postings
    if len(postings) < 2:  # noqa: PLR2004 - double entry
        raise BadInput(say("一张凭证至少要有两行分录。"), field="postings")
    if len(postings) > MOST_LINES:
        raise BadInput(say("一张凭证最多 {n} 行，请分开填制。", n=MOST_LINES), field="postings")
    if any(not posting.amount.fen for posting in postings):
        raise BadInput(say("分录的金额不能为零。"), field="postings")
    uneven = unbalanced(postings)
    if uneven:
        fund, rest = next(iter(uneven.items()))
        raise Refused(
            say("资金来源 {fund} 借贷不平，差额 {rest} 元。请核对每一行的金额。", fund=fund, rest=rest),
            field="postings",
        )


def unbalanced(postings: Iterable[PostingDraft]) -> dict[str, Yuan]:
    """The funds whose lines do not sum to nought, each with its difference.

    >>> unbalanced([PostingDraft("102", "A", Yuan(5)), PostingDraft("401", "A", Yuan(-4))])
    {'A': Yuan(1)}
    """
    sums: dict[str, int] = defaultdict(int)
    for posting in postings:
        sums[posting.fund_code] += posting.amount.fen
    return {fund: Yuan(fen) for fund, fen in sums.items() if fen} if any(sums.values()) else {}


def require_known(draft: EntryDraft, *, accounts: Mapping[str, AccountFacts], funds: Collection[str]) -> None:
    """Every line names an account and a fund of the book that may stand in an entry of this kind.

    Asked where a person fills in a voucher, to say which line is wrong; the database asks the same of every
    entry.
    """
    for posting in draft.postings:
        account = accounts.get(posting.account_code)
        if account is None:
            raise BadInput(
                say("账簿里没有科目 {code}，请从列表里选。", code=posting.account_code), field="postings"
            )
        if posting.fund_code not in funds:
            raise BadInput(
                say("账簿里没有资金来源 {code}，或者当天没有启用。", code=posting.fund_code), field="postings"
            )
        if account.by_order and posting.amount.fen > 0 and not by_order(draft):
            raise Refused(
                say("科目 {code} 只能凭支付单列支，请先办理支付单。", code=account.code), field="postings"
            )
        if draft.kind == EntryKind.OPENING and account.klass not in LASTING:
            raise Refused(say("期初凭证只登记资产、负债和净资产。"), field="postings")


def by_order(draft: EntryDraft) -> bool:
    """Whether the draft is a payment that names its order."""
    return draft.kind == EntryKind.PAYMENT and draft.about is not None
