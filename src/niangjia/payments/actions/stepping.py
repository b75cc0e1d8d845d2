"""One step of an order: the row held, the rules asked, the database's own refusal told in words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.versions import Overtaken, lines_of
from niangjia.kernel.warranting import REFUSED
from niangjia.kernel.words import Said, say
from niangjia.kernel.workflow import Facts
from niangjia.kernel.workflow.table import NO_FACTS
from niangjia.payments import queries, rules
from niangjia.payments.models import PaymentOrder
from niangjia.payments.permissions import Word

REFUSALS = {
    "payment_warrant_unknown": say("这类事项没有付款依据，不能付款。请从事项的办理页面发起支付。"),
    "payment_fund_reserved": say("专款余额不够：减去已开的支付单，剩下的不够付这一笔。请换一个资金来源。"),
    "payment_order_once": say("这件事已经有一张支付单，一件事只付一次。请打开原来的那一张。"),
    "payment_order_recused": say("这笔款付给经办人本人，须由其他同志办理。"),
    "payment_order_account": say("收款账户已经停用，或者不是收款人的。请更正支付单后再办。"),
    "payment_order_fund": say("资金来源不是付款工会自己的。请选本工会账簿里的资金来源。"),
}  # fmt: skip


@contextmanager
def told_in_words() -> Iterator[None]:
    """What the database refuses is said to a person; the transaction stands as before."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        name = str(getattr(diag, "constraint_name", "") or "")
        if name == REFUSED:
            raise Refused(Said(str(diag.message_primary))) from error  # type: ignore[union-attr]
        if name in REFUSALS:
            raise Refused(REFUSALS[name]) from error
        raise


def locked(*, order_ids: Sequence[int], word: Word, by: Actor) -> list[PaymentOrder]:
    """The orders that the acting post may see for this word, each held until the transaction ends.

    Raises NotVisible if one of them is out of scope, NotAllowed where the post may not do this.
    """
    by.require(word)
    wanted = sorted(set(order_ids))
    with beyond():
        word_seen = Word.READ if by.may(Word.READ) else word
        seen = queries.orders_in_scope(scope=by.scope_for(word_seen))
        if seen.filter(pk__in=wanted).count() != len(wanted):
            raise NotVisible
        rows = PaymentOrder.objects.select_for_update(of=("self",)).select_related(
            "fund__book", "unit", "account"
        )
        found = list(rows.filter(pk__in=wanted).order_by("pk"))
    for row in found:
        by.require(word, at=row.path)
    return found


def one_locked(*, order_id: int, version: int | None, word: Word, by: Actor) -> PaymentOrder:
    """One order, held; refused with what changed meanwhile if the form was opened before (house.md §3.7)."""
    (row,) = locked(order_ids=[order_id], word=word, by=by)
    require_version(row=row, version=version)
    return row


def require_version(*, row: PaymentOrder, version: int | None) -> None:
    """Refuse a step on what has changed since the reader saw it, and say what did and by whom."""
    if version not in {None, row.version}:
        with beyond():
            line = next(iter(lines_of(kind=rules.KIND, object_ids=[row.pk], limit=1)), None)
        raise Overtaken(line, version=row.version, model=PaymentOrder)


def hands_of(*, row: PaymentOrder) -> rules.Hands:
    """Through whose hands the order has gone so far."""
    return rules.Hands(row.maker, row.checker, row.sender, row.payee_id)


def require_hands(*, row: PaymentOrder, by: Actor) -> None:
    """Refuse a second step by the same person, and one about himself; who he is is told by his account."""
    rules.require_other_hands(hands_of(row=row), user_id=by.user_id, person_id=by.person_id)


def user_of(*, by: Actor) -> int:
    """The account that acts; nothing is paid by nobody."""
    if by.user_id is None:
        raise NotAllowed(say("支付的每一步都要由有账号的同志本人办理。"))
    return by.user_id


def step(*, row: PaymentOrder, name: str, facts: Facts = NO_FACTS, **columns: Any) -> None:
    """The order is in the state after the step, with these columns; refused by the table or the database."""
    state = rules.PAYMENT.advance(row.state, name, facts)
    with told_in_words():
        PaymentOrder.objects.filter(pk=row.pk).update(state=state, version=F("version") + 1, **columns)
    row.refresh_from_db(fields=["state", "version", *columns])


def record(*, verb: str, row: PaymentOrder, by: Actor, at: datetime, reason: str = "", **after: Any) -> None:
    """One line of the journal about the order."""
    told = {"state": str(row.state), **after}
    journal.record(verb, by=by, at=at, kind=rules.KIND, object_id=row.pk, after=told, reason=reason)
