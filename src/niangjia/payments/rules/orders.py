"""The way of a payment order 支付单: made, checked, sent, paid or put right (domain.md §2.2, §2.4). Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.errors import BadInput, NotAllowed, Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Step, Workflow, from_each, needs

KIND = "payments.payment_order"
ACCOUNT_KIND = "payments.bank_account"
BATCH_KIND = "payments.payment_batch"


class State(StrEnum):
    """Where an order stands."""

    MADE = "made"
    CHECKED = "checked"
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


LABELS: Mapping[str, Said] = {
    State.MADE: say("已制单，待复核"),
    State.CHECKED: say("已复核，待支付"),
    State.SENT: say("已送银行，等结果"),
    State.PAID: say("已付到本人账户"),
    State.FAILED: say("没有付成，待更正"),
    State.REFUNDED: say("已退回工会"),
    State.CANCELLED: say("已作废"),
}
STATUS: Mapping[str, str] = {
    State.PAID: "done",
    State.FAILED: "warn",
    State.REFUNDED: "stop",
    State.CANCELLED: "stop",
}
"""The shape beside the word; a state that is not named here is on its way."""

ORDER, CHECK, PAY = "payments.order", "payments.check", "payments.pay"
S = State
OPEN = (S.MADE, S.CHECKED, S.SENT, S.FAILED)
"""Orders whose sum is set aside: a returned payment keeps its money until it is put right or cancelled."""
LIVE = (*OPEN, S.PAID)
ASKED = needs("refund_asked", say("退款要先由会计登记，再由出纳确认款已收回。请会计先登记退款。"))

PAYMENT = Workflow(
    S.MADE,
    (
        Step("check", S.MADE, S.CHECKED, CHECK, label=say("复核通过")),
        Step("send_back", S.MADE, S.FAILED, CHECK, label=say("退回更正")),
        Step("send", S.CHECKED, S.SENT, PAY, label=say("送银行")),
        Step("send_back", S.CHECKED, S.FAILED, PAY, label=say("退回更正")),
        Step("pay", S.SENT, S.PAID, PAY, label=say("登记付成")),
        Step("fail", S.SENT, S.FAILED, PAY, label=say("登记退票")),
        Step("bounce", S.PAID, S.FAILED, PAY, label=say("登记退汇")),
        Step("correct", S.FAILED, S.MADE, ORDER, label=say("更正后重新提交")),
        Step("refund", S.PAID, S.REFUNDED, PAY, (ASKED,), say("确认退款")),
        *from_each((S.MADE, S.FAILED), Step("cancel", "", S.CANCELLED, ORDER, label=say("作废支付单"))),
    ),
    labels={str(state): words for state, words in LABELS.items()},
)
LEADING_ON = (S.MADE, S.CHECKED, S.SENT)
"""Into these states an order gets only with a warrant; what the bank tells is a fact and needs none."""


class Method(StrEnum):
    """How the money reaches the payee."""

    BANK = "bank"
    CASH = "cash"


METHOD_LABELS: Mapping[Method, str] = {Method.BANK: "银行转账", Method.CASH: "现金"}


class Event(StrEnum):
    """What the app whose matter is paid is told of (port `NIANGJIA_PAYMENT_FOLLOWERS`)."""

    PAID = "paid"
    FAILED = "failed"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """What is to be paid: from which fund, to whom, how much, for which matter (kind and number)."""

    unit_id: int
    fund_id: int
    payee_id: int
    amount: Yuan
    about: tuple[str, int]
    purpose: str
    expense_code: str
    method: str = Method.BANK


LONGEST_PURPOSE = 30
FORBIDDEN_IN_PURPOSE = "|,，;；\"'<>&"


def require_draft(draft: OrderDraft) -> str:
    """The purpose as the bank takes it; refused for a sum that is none or words that no bank file holds."""
    if draft.amount <= Yuan(0):
        raise BadInput(say("支付金额要大于 0 元。请核对。"), field="amount")
    words = " ".join(draft.purpose.split())
    if not words or len(words) > LONGEST_PURPOSE:
        raise BadInput(
            say("请写明用途，最多 {n} 个字，例如“春风助学款”。", n=LONGEST_PURPOSE), field="purpose"
        )
    if any(sign in words for sign in FORBIDDEN_IN_PURPOSE):
        raise BadInput(say("用途里不要有标点符号，银行的文件认不得。请只写文字。"), field="purpose")
    if draft.method not in set(Method):
        raise BadInput(say("请选择付款方式：银行转账，或者现金。"), field="method")
    return words


@dataclass(frozen=True, slots=True)
class Hands:
    """Through whose hands an order has gone: accounts; and the person who is paid."""

    maker: int | None = None
    checker: int | None = None
    sender: int | None = None
    payee: int | None = None


def require_other_hands(hands: Hands, *, user_id: int | None, person_id: int | None) -> None:
    """Maker, checker and cashier are three people, and none of them is paid himself (App. C, R-G-06)."""
    if user_id is None:
        raise NotAllowed(say("支付的每一步都要由有账号的同志本人办理。"))
    if person_id is not None and person_id == hands.payee:
        raise NotAllowed(say("这笔款付给您本人，您须回避。请由同组织的其他同志办理。"))
    told = {hands.maker: say("制单"), hands.checker: say("复核"), hands.sender: say("支付")}
    if user_id in told:
        words = say("这张支付单由您{step}，下一步须由另一位同志办理：制单、复核、支付不能是同一人。",
                    step=told[user_id])  # fmt: skip
        raise NotAllowed(words)


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many orders and what sum the reader saw before he pressed the button (ui.md B4)."""

    count: int
    total: Yuan

    @classmethod
    def of(cls, amounts: Iterable[Yuan]) -> "Chosen":
        """The count and sum of amounts."""
        told = list(amounts)
        return cls(len(told), Yuan.total(told))


def said_chosen(chosen: Chosen) -> Said:
    """What a button will act on, in exact figures."""
    return say("将作用于 {n} 笔，合计 {sum} 元。", n=chosen.count, sum=chosen.total)


def require_same(seen: Chosen | None, found: Chosen) -> None:
    """Refused where the orders are not what the reader saw: nothing is done to more or other than told."""
    if found.count == 0:
        raise Refused(say("没有选中支付单。请勾选要办的各笔。"), field="orders")
    if seen is not None and seen != found:
        words = (
            "您看到的是 {n} 笔、{sum} 元，现在是 {n_now} 笔、{sum_now} 元：有人同时在办。请看过新的清单再办。"
        )
        told = {"n": seen.count, "sum": seen.total, "n_now": found.count, "sum_now": found.total}
        raise Refused(say(words, **told), field="orders")


TASK_KINDS: Mapping[str, Said] = {
    "payments.check": say("复核支付单"),
    "payments.send": say("支付已复核的款项"),
    "payments.correct": say("更正没有付成的支付单"),
}
