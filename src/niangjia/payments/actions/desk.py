"""On whose desk orders lie: a task for a queue to check or send, one for each order to put right (R-G-08)."""

from datetime import datetime

from niangjia.accounts import queries as accounts
from niangjia.kernel.access import Actor
from niangjia.kernel.words import Said, say
from niangjia.payments.models import PaymentOrder
from niangjia.payments.permissions import Word
from niangjia.payments.rules import KIND, State
from niangjia.tasks import actions as tasks

QUEUE = "payments.queue"
DUE = "pay.after_approval_workdays"
CHECK, SEND = "check", "send"


def arrived(*, row: PaymentOrder, by: Actor, at: datetime) -> None:
    """The order waits in the queue of its state: the first one lays the task, with its deadline, for all.

    What one maker has made is one queue, so that it never lies with him alone (R-G-06).
    """
    if row.state == State.MADE and not _others(row, maker=row.maker):
        people = _person_of(row.maker)
        title = say("复核支付单（{unit}）", unit=row.unit.name)
        _lay(row, f"{CHECK}:{row.maker}", title, Word.CHECK, say("出纳送银行支付"), people, by=by, at=at)
    if row.state == State.CHECKED and not _others(row):
        title = say("支付已复核的款项（{unit}）", unit=row.unit.name)
        _lay(row, SEND, title, Word.PAY, say("等银行的结果"), [], by=by, at=at)


def left(*, row: PaymentOrder, was: str, maker: int, by: Actor, at: datetime) -> None:
    """The order is in its queue no more: the task is done when it was the last one there."""
    if was == State.MADE and not _waiting(row, State.MADE, maker=maker):
        tasks.finish(about=(QUEUE, row.unit_id), step=f"{CHECK}:{maker}", by=by, at=at)
    if was == State.CHECKED and not _waiting(row, State.CHECKED):
        tasks.finish(about=(QUEUE, row.unit_id), step=SEND, by=by, at=at)


def to_be_corrected(*, row: PaymentOrder, by: Actor, at: datetime) -> None:
    """Whoever made the order has it again."""
    tasks.lay(
        draft=tasks.TaskDraft(
            key=f"payments:correct:{row.pk}:{row.version}",
            kind="payments.correct",
            title=say("更正没有付成的支付单：{sum} 元", sum=f"{row.amount_fen / 100:,.2f}"),
            unit_id=row.unit_id,
            word=Word.ORDER,
            about=(KIND, row.pk),
            road="payment",
            road_args=(row.pk,),
            holder_id=row.maker,
            recused=[row.payee_id],
            due_key=DUE,
            step="correct",
            next_step=say("另一位同志复核"),
        ),
        by=by,
        at=at,
    )


def settled(*, row: PaymentOrder, by: Actor, at: datetime) -> None:
    """Nothing is to be put right about the order any more."""
    tasks.finish(about=(KIND, row.pk), by=by, at=at)


def _lay(  # noqa: PLR0913 - a task has these parts
    row: PaymentOrder,
    step: str,
    title: Said,
    word: Word,
    then: Said,
    recused: list[int],
    *,
    by: Actor,
    at: datetime,
) -> None:
    draft = tasks.TaskDraft(
        key=f"payments:{step}:{row.unit_id}:{row.pk}:{row.version}",
        kind="payments.check" if word == Word.CHECK else "payments.send",
        title=title,
        unit_id=row.unit_id,
        word=word,
        about=(QUEUE, row.unit_id),
        road="payments-to-check" if word == Word.CHECK else "payments-to-send",
        recused=recused,
        due_key=DUE,
        step=step,
        next_step=then,
    )
    tasks.lay(draft=draft, by=by, at=at)


def _waiting(row: PaymentOrder, state: str, **more: object) -> bool:
    return PaymentOrder.objects.filter(unit=row.unit_id, state=state, **more).exists()


def _others(row: PaymentOrder, **more: object) -> bool:
    rows = PaymentOrder.objects.filter(unit=row.unit_id, state=row.state, **more)
    return rows.exclude(pk=row.pk).exists()


def _person_of(user_id: int) -> list[int]:
    person = accounts.address_of(user_id=user_id)[1]
    return [] if person is None else [person]
