"""One payment order: what is paid to whom, through whose hands, each attempt, what may be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Event, Fact, Row, Stage, Table
from niangjia.kernel.versions import lines_of
from niangjia.kernel.words import Said, say
from niangjia.papers import queries as papers
from niangjia.paydesk.queries.orders import account_names, names_of
from niangjia.payments import queries, rules
from niangjia.payments.permissions import Word
from niangjia.payments.rules import Method, Outcome, State
from niangjia.tasks import queries as tasks

if TYPE_CHECKING:
    from niangjia.payments.models import PaymentOrder, Transfer
    from niangjia.tasks.queries import Standing

TOLD: Mapping[str, Said] = {
    "order_payment": say("开了支付单"),
    "check_order": say("复核通过"),
    "send_back_order": say("退回更正"),
    "send_order": say("送银行"),
    "hand_out_cash": say("当面付现金"),
    "pay_order": say("登记付成，入账"),
    "fail_order": say("登记没有付成"),
    "bounce_order": say("登记付成后退回，红字冲回"),
    "correct_order": say("更正后重新提交"),
    "cancel_order": say("作废"),
    "ask_refund": say("登记退款"),
    "refund_order": say("确认退款，红字冲回"),
}
STEPS: tuple[tuple[State, Word, Said, str, str], ...] = (
    (State.MADE, Word.CHECK, say("复核通过，交出纳支付"), "check-payment", "primary"),
    (State.CHECKED, Word.PAY, say("送银行支付"), "payments-to-send", "primary"),
    (State.FAILED, Word.ORDER, say("更正后重新提交复核"), "correct-payment", "primary"),
    (State.FAILED, Word.ACCOUNT, say("登记新的收款账户"), "person-account", "outline"),
    (State.MADE, Word.CHECK, say("退回，请制单人更正"), "send-back-payment", "outline"),
    (State.CHECKED, Word.PAY, say("退回，请制单人更正"), "send-back-payment", "outline"),
    (State.PAID, Word.PAY, say("款已收回，确认退款"), "refund-payment", "primary"),
    (State.PAID, Word.ORDER, say("登记退款"), "ask-refund", "outline"),
    (State.MADE, Word.ORDER, say("作废这张支付单"), "cancel-payment", "stop"),
    (State.FAILED, Word.ORDER, say("作废这张支付单"), "cancel-payment", "stop"),
)
"""By state: the word, the button that names its consequence, its road, how it looks."""
OTHER_HANDS = {"check-payment", "payments-to-send", "send-back-payment"}


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Everything that the page of an order shows."""

    row: "PaymentOrder"
    title: Said
    words: Said
    state: Said
    shape: str
    facts: Sequence[Fact]
    stages: Sequence[Stage]
    attempts: Table
    acts: Sequence[Act]
    events: Sequence[Event]
    standing: "Sequence[Standing]"


def order_page(*, order_id: int, actor: Actor, today: date) -> OrderPage:
    """The order as the reader's post, or the payee himself, sees it."""
    row = queries.order_in_scope(order_id=order_id, scope=actor.scope_for(Word.READ))
    payee = names_of(person_ids=[row.payee_id]).get(row.payee_id, "—")
    with beyond():
        attempts = list(
            row.transfers.select_related("batch", "account", "entry", "contra").order_by("attempt")
        )
        lines = lines_of(kind=rules.KIND, object_ids=[row.pk], limit=60)
        facts = _facts(row, payee)
    hands = [row.maker, row.checker, row.sender, row.refund_asked_by, *(one.user_id for one in lines)]
    who = account_names(user_ids=hands)
    return OrderPage(
        row=row,
        title=title_of(row=row),
        words=say("{payee}，{sum} 元，{purpose}", payee=payee, sum=Yuan(row.amount_fen), purpose=row.purpose),
        state=rules.LABELS[row.state],
        shape=rules.STATUS.get(row.state, "now"),
        facts=facts,
        stages=_stages(row, who),
        attempts=_attempts(attempts),
        acts=_acts(row, actor),
        events=[
            Event(one.at, who.get(one.user_id or 0, say("系统")), TOLD.get(one.verb, one.verb), one.reason)
            for one in lines
        ],
        standing=tasks.standing_of(about_kind=rules.KIND, about_id=row.pk, today=today),
    )


def title_of(*, row: "PaymentOrder") -> Said:
    """What an order is called."""
    return say("支付单 {number}", number=row.pk)


def _facts(row: "PaymentOrder", payee: str) -> list[Fact]:
    amount = Yuan(row.amount_fen)
    account = row.account
    fund = reverse("fund", args=[row.fund_id])
    told = [
        Fact(say("收款人"), payee),
        Fact(say("金额"), say("{sum} 元（{capital}）", sum=amount, capital=amount.capital())),
        Fact(say("用途"), row.purpose),
        Fact(say("付款方式"), say(rules.METHOD_LABELS[Method(row.method)])),
        Fact(say("资金来源"), row.fund.name, fund),
        Fact(say("支出科目"), _expense(row)),
        Fact(say("付款工会"), row.unit.name),
        _matter(row),
    ]
    if account is not None:
        relation = say(rules.RELATION_LABELS[rules.Relation(account.relation)])
        words = say("{bank}，尾号 {tail}（{whose}）", bank=account.bank, tail=account.tail, whose=relation)
        told.insert(2, Fact(say("收款账户"), words))
    if row.reason:
        told.append(Fact(say("退回、作废或退款的原因"), row.reason))
    return told


def _expense(row: "PaymentOrder") -> str:
    name = row.fund.book.accounts.filter(code=row.expense_code).values_list("name", flat=True).first()
    return f"{row.expense_code} {name or ''}".strip()


def _matter(row: "PaymentOrder") -> Fact:
    """The matter that is paid for, with its page where it has one."""
    try:
        subject = papers.subject_of(about_kind=row.about_kind, about_id=row.about_id, scope=EVERYWHERE)
    except NotVisible:
        return Fact(say("付款事项"), say("第 {number} 号", number=row.about_id))
    return Fact(say("付款事项"), subject.name, subject.href)


def _stages(row: "PaymentOrder", who: Mapping[int, str]) -> list[Stage]:
    """The four steps with whoever took them; an order that ended otherwise says so in its state."""
    done = [
        (say("制单"), row.maker, row.made_at),
        (say("复核"), row.checker, row.checked_at),
        (say("送银行") if row.method == Method.BANK else say("付现金"), row.sender, row.sent_at),
        (say("付成入账"), row.sender if row.paid_on else None, row.paid_on),
    ]
    ahead = {State.MADE: 1, State.CHECKED: 2, State.SENT: 3}.get(State(row.state))
    return [
        Stage(
            label,
            "done" if by else ("now" if place == ahead else "todo"),
            say("{who}，{day}", who=who.get(by, "—"), day=_day(at)) if by else "",
        )
        for place, (label, by, at) in enumerate(done)
    ]


def _day(at: object) -> object:
    return clock.day_of(at) if hasattr(at, "hour") else at  # type: ignore[arg-type]


def _attempts(rows: "Sequence[Transfer]") -> Table:
    columns = (
        Column(say("第几次")),
        Column(say("批次")),
        Column(say("账户尾号")),
        Column(say("送出时间")),
        Column(say("结果")),
        Column(say("原因")),
        Column(say("凭证")),
    )
    return Table(
        say("付款记录"),
        columns,
        [_attempt(one) for one in rows],
        empty=say("还没有送出过。"),
        note=say("不论付过几次，这张支付单只计一笔。"),
    )


def _attempt(one: "Transfer") -> Row:
    shape = {Outcome.PAID: "done", Outcome.FAILED: "warn", Outcome.RETURNED: "warn"}.get(
        Outcome(one.outcome), "now"
    )
    batch = (
        Cell(say("第 {n} 批", n=one.batch.number), href=reverse("payment-batch", args=[one.batch_id]))
        if one.batch
        else "—"
    )
    return Row(
        [
            one.attempt,
            batch,
            one.account.tail if one.account else say("现金"),
            one.sent_at,
            Cell(rules.OUTCOME_LABELS[one.outcome], status=shape),
            one.reason or "—",
            _vouchers(one),
        ]
    )


def _vouchers(one: "Transfer") -> Cell | str:
    """The entry of an attempt; of one that was taken back its contra, which leads on to the first."""
    entry = one.contra or one.entry
    if entry is None:
        return "—"
    words = say("{number}（冲回）", number=str(entry)) if one.contra else say("{number}", number=str(entry))
    return Cell(words, href=reverse("entry", args=[entry.pk]))


def _acts(row: "PaymentOrder", actor: Actor) -> list[Act]:
    """The steps that the acting post may take now, by its word and by whose hands it has gone through."""
    if row.state == State.CHECKED and row.method == Method.CASH:
        cash = Act(say("当面付现金，登记见证人"), reverse("pay-cash", args=[row.pk]), kind="primary")
        return [cash, *_back(row, actor)] if _may(row, actor, Word.PAY, "payments-to-send") else []
    return [
        Act(words, _road(row, road), kind=kind)
        for state, word, words, road, kind in STEPS
        if row.state == state and _may(row, actor, word, road)
    ]


def _back(row: "PaymentOrder", actor: Actor) -> list[Act]:
    return [
        Act(words, _road(row, road), kind=kind)
        for state, word, words, road, kind in STEPS
        if state == row.state and road == "send-back-payment" and _may(row, actor, word, road)
    ]


def _road(row: "PaymentOrder", road: str) -> str:
    if road == "payments-to-send":
        return f"{reverse(road)}?unit={row.unit_id}"
    return reverse(road, args=[row.payee_id if road == "person-account" else row.pk])


def _may(row: "PaymentOrder", actor: Actor, word: Word, road: str) -> bool:
    if not actor.may(word, at=row.path if word != Word.ACCOUNT else None):
        return False
    if road == "refund-payment":
        return row.refund_asked_by is not None and row.refund_asked_by != actor.user_id
    if road == "ask-refund":
        return row.refund_asked_by is None
    hands = {row.maker, row.checker} if row.state != State.MADE else {row.maker}
    return road not in OTHER_HANDS or (actor.user_id not in hands and actor.person_id != row.payee_id)
