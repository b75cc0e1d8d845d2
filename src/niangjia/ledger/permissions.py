from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of the ledger (domain.md §2.4 and Appendix C, column money)."""

    READ = "ledger.read"
    OPEN = "ledger.open"
    KEEP = "ledger.keep"
    CHECK = "ledger.check"
    PAY = "ledger.pay"
    CLOSE = "ledger.close"
    HAND_OVER = "ledger.hand_over"


LABELS = {
    Word.READ: "查看账簿和凭证",
    Word.OPEN: "启用账簿、设立资金来源",
    Word.KEEP: "编制凭证",
    Word.CHECK: "复核凭证、冲销凭证",
    Word.PAY: "登记支付凭证",
    Word.CLOSE: "年度结账",
    Word.HAND_OVER: "移交撤并工会的余额",
}

_UNIT, _TREE = Reach.UNIT, Reach.SUBTREE
_LEADERS = (Role.FED, Role.TWN, Role.CTY, Role.MUN, Role.PRV)
_BOOKKEEPERS = {Role.PRI: _UNIT, Role.ACC: _UNIT}

GRANTS = (
    Grant(
        Word.READ,
        {**_BOOKKEEPERS, Role.CSH: _UNIT, Role.AUD: _TREE, **dict.fromkeys(_LEADERS, _TREE)},
        inherited=True,
    ),
    Grant(Word.OPEN, {**_BOOKKEEPERS, **dict.fromkeys(_LEADERS, _UNIT)}),
    Grant(Word.KEEP, {**_BOOKKEEPERS, Role.FED: _TREE, Role.TWN: _TREE}),
    Grant(
        Word.CHECK,
        {**_BOOKKEEPERS, **dict.fromkeys(_LEADERS, _UNIT), Role.TWN: _TREE, Role.CTY: _TREE},
    ),
    Grant(Word.PAY, {Role.CSH: _UNIT}),
    Grant(Word.CLOSE, {Role.PRI: _UNIT, **dict.fromkeys(_LEADERS, _UNIT)}),
    Grant(Word.HAND_OVER, dict.fromkeys((Role.TWN, Role.CTY, Role.MUN, Role.PRV), _TREE)),
)
