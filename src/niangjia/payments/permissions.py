from enum import StrEnum

from niangjia.kernel.access import Grant, Reach, Role


class Word(StrEnum):
    """Permission words of payments (domain.md §2.4: ACC orders, a second checks, CSH pays; AUD reads all)."""

    READ = "payments.read"
    ORDER = "payments.order"
    CHECK = "payments.check"
    PAY = "payments.pay"
    ACCOUNT = "payments.account"
    REVEAL = "payments.reveal"


LABELS = {
    Word.READ: "查看支付单和付款批次",
    Word.ORDER: "编制、更正、作废支付单，登记退款",
    Word.CHECK: "复核支付单",
    Word.PAY: "送银行支付、登记结果、确认退款",
    Word.ACCOUNT: "登记收款账户",
    Word.REVEAL: "查看完整收款账号",
}

_UNIT, _TREE, _OWN = Reach.UNIT, Reach.SUBTREE, Reach.OWN
_MINE = dict.fromkeys((Role.WRK, Role.MEM), _OWN)
_TOWNS = dict.fromkeys((Role.FED, Role.TWN), _TREE)
_ABOVE = dict.fromkeys((Role.CTY, Role.MUN, Role.PRV), _TREE)
_DESK = dict.fromkeys((Role.PRI, Role.ACC), _UNIT)

GRANTS = (
    Grant(Word.READ, {**_DESK, Role.CSH: _UNIT, Role.AUD: _TREE, **_TOWNS, **_ABOVE}, inherited=True),
    Grant(Word.ORDER, {**_DESK, **_TOWNS}),
    Grant(Word.CHECK, {**_DESK, Role.TWN: _TREE, Role.CTY: _TREE, Role.MUN: _UNIT, Role.PRV: _UNIT}),
    Grant(Word.PAY, {Role.CSH: _UNIT}),
    Grant(Word.ACCOUNT, {**_MINE, Role.PRI: _UNIT, Role.ACC: _TREE, **_TOWNS, Role.CTY: _TREE}),
    Grant(Word.REVEAL, {**_MINE, Role.PRI: _UNIT, Role.ACC: _TREE, **_TOWNS, Role.CTY: _TREE}),
)
