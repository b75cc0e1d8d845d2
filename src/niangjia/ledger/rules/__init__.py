"""What the rules of bookkeeping say: kinds, balance, lots, closing, reconciling. Pure."""

from niangjia.ledger.rules.balancing import AccountFacts, require_known, require_sound, unbalanced
from niangjia.ledger.rules.closing import (
    YearLine,
    closing_lines,
    digest_of_entries,
    last_day,
    require_over,
    statement_of,
)
from niangjia.ledger.rules.kinds import (
    CLASS_LABELS,
    FUND_LABELS,
    KIND_LABELS,
    LASTING,
    MEMO_KINDS,
    EntryDraft,
    EntryKind,
    FundKind,
    Klass,
    PostingDraft,
)
from niangjia.ledger.rules.lots import Allocation, Flow, Lot, Slice, allocate
from niangjia.ledger.rules.reconciling import BankRow, BookRow, Reconciled, reconcile
from niangjia.ledger.rules.trails import Stretch, Trail
from niangjia.ledger.rules.vouchers import VOUCHER, VoucherState

__all__ = [
    "CLASS_LABELS",
    "FUND_LABELS",
    "KIND_LABELS",
    "LASTING",
    "MEMO_KINDS",
    "VOUCHER",
    "AccountFacts",
    "Allocation",
    "BankRow",
    "BookRow",
    "EntryDraft",
    "EntryKind",
    "Flow",
    "FundKind",
    "Klass",
    "Lot",
    "PostingDraft",
    "Reconciled",
    "Slice",
    "Stretch",
    "Trail",
    "VoucherState",
    "YearLine",
    "allocate",
    "closing_lines",
    "digest_of_entries",
    "last_day",
    "reconcile",
    "require_known",
    "require_over",
    "require_sound",
    "statement_of",
    "unbalanced",
]
