"""The cashier sends checked orders to the bank as one batch; its file alone holds the full numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Max

from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import SealBroken
from niangjia.kernel.words import say
from niangjia.ledger.rules import Klass
from niangjia.payments import queries, rules
from niangjia.payments.actions import desk
from niangjia.payments.actions.ordering import require_living
from niangjia.payments.actions.stepping import locked, record, require_hands, step, user_of
from niangjia.payments.models import PaymentBatch, PaymentOrder, Transfer
from niangjia.payments.permissions import Word
from niangjia.payments.rules import Chosen, Method, State
from niangjia.people.rules.rights import require_purpose

if TYPE_CHECKING:
    from niangjia.ledger.models import Book

KIND = rules.BATCH_KIND
BANK, CASH = "pay.bank_account_code", "pay.cash_account_code"
SHAPES = ("csv", "xlsx")


@transaction.atomic
def send_batch(
    *,
    order_ids: Sequence[int],
    unit_id: int | None = None,
    bank_code: str = "",
    seen: Chosen | None = None,
    by: Actor,
    at: datetime,
) -> PaymentBatch:
    """The orders are one batch for the bank, all of them or none, from one book of one union.

    `seen` is what the page told: with other orders or another sum by now nothing is sent.
    """
    rows = locked(order_ids=order_ids, word=Word.PAY, by=by)
    rules.require_same(seen, Chosen.of(Yuan(row.amount_fen) for row in rows))
    _require_one_book(rows, unit_id)
    with beyond():
        first = rows[0]
        code = account_code(book=first.fund.book, key=BANK, code=bank_code, at=at)
        for row in rows:
            rules.PAYMENT.step(row.state, "send")
            require_hands(row=row, by=by)
            require_living(person_id=row.payee_id)
        batch = _batch(rows, code, by=by, at=at)
        Transfer.objects.bulk_create(_transfers(rows, batch, at=at))
        for row in rows:
            step(row=row, name="send", sender=user_of(by=by), sent_at=at)
            record(verb="send_order", row=row, by=by, at=at, batch=batch.pk)
            desk.left(row=row, was=State.CHECKED, maker=row.maker, by=by, at=at)
        told = {"orders": batch.count, "total_fen": batch.total_fen, "sha256": batch.sha256}
        journal.record("send_batch", by=by, at=at, kind=KIND, object_id=batch.pk, after=told)
    return batch


def _require_one_book(rows: Sequence[PaymentOrder], unit_id: int | None) -> None:
    if any(row.method != Method.BANK for row in rows):
        raise Refused(say("选中的支付单里有付现金的。现金请在那一张支付单上单独办理。"), field="orders")
    if len({row.fund.book_id for row in rows}) > 1 or (unit_id is not None and rows[0].unit_id != unit_id):
        raise Refused(say("一批只能付同一账簿的款。请按账簿分批。"), field="orders")


def account_code(*, book: "Book", key: str, code: str, at: datetime) -> str:
    """The account of the book that the money leaves: as told, or as the policy of the union says."""
    wanted = code or value_of(key=key, unit_id=book.unit_id, day=clock.day_of(at)).of(str)
    if not book.accounts.filter(code=wanted, klass=Klass.ASSET).exists():
        raise Refused(say("账簿里没有资产科目“{code}”，不能从它付款。", code=wanted), field="bank_code")
    return wanted


def _batch(rows: Sequence[PaymentOrder], code: str, *, by: Actor, at: datetime) -> PaymentBatch:
    first = rows[0]
    _wait_in_line(first.unit_id)
    last = PaymentBatch.objects.filter(unit=first.unit_id).aggregate(last=Max("number"))["last"]
    batch = PaymentBatch(
        unit=first.unit,
        book_id=first.fund.book_id,
        bank_code=code,
        number=(last or 0) + 1,
        count=len(rows),
        total_fen=sum(row.amount_fen for row in rows),
        sent_by=user_of(by=by),
        sent_at=at,
    )
    lines = queries.bank_lines(transfers=_transfers(rows, batch, at=at))
    batch.sha256 = queries.file_of(lines=lines, made_at=at)[1]
    batch.save(force_insert=True)
    return batch


def _wait_in_line(unit_id: int) -> None:
    """The batches of a union are numbered one after another."""
    with connection.cursor() as cursor:
        told = f"payment batches of {unit_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [told])


def _transfers(rows: Sequence[PaymentOrder], batch: PaymentBatch, *, at: datetime) -> list[Transfer]:
    """The lines of the batch in the order of the orders' numbers."""
    counts = dict(Transfer.objects.filter(order__in=rows).values_list("order").annotate(n=Max("attempt")))
    return [
        Transfer(
            order=row, attempt=counts.get(row.pk, 0) + 1, batch=batch, line=place, account=row.account,
            amount_fen=row.amount_fen, sent_at=at,
        )
        for place, row in enumerate(rows, start=1)
    ]  # fmt: skip


@transaction.atomic
def fetch_file(
    *, batch_id: int, shape: str = "csv", purpose: str = "payment", words: str, by: Actor, at: datetime
) -> tuple[str, bytes]:
    """The file for the bank, with full numbers, for a purpose; each fetch is journalled (SC-6).

    Raises Refused once every result is known: then nobody needs the numbers any more.
    """
    by.require(Word.PAY)
    with beyond():
        batch = queries.batch_in_scope(batch_id=batch_id, scope=by.scope_for(Word.PAY))
        require_purpose(purpose=purpose, words=words)
        if batch.settled_at is not None:
            raise Refused(say("这一批的结果已经收齐，含账号的文件不再提供。"))
        content = _content(batch, shape if shape in SHAPES else SHAPES[0])
        PaymentBatch.objects.filter(pk=batch.pk).update(fetched_at=at)
        told = {"purpose": purpose, "orders": batch.count, "sha256": batch.sha256, "format": shape}
        journal.record(
            "fetch_bank_file", by=by, at=at, kind=KIND, object_id=batch.pk, after=told, reason=words.strip()
        )
    return f"付款-{batch.unit.name}-{batch.number:04d}.{shape}", content


def _content(batch: PaymentBatch, shape: str) -> bytes:
    try:
        lines = queries.bank_lines(transfers=list(queries.transfers_of(batch=batch)))
    except SealBroken as error:
        words = say("这一批里有收款人的账号已依法删除，文件不能再生成。请与银行核对后登记结果。")
        raise Refused(words) from error
    plain, digest = queries.file_of(lines=lines, made_at=batch.sent_at)
    if digest != batch.sha256:
        raise Refused(say("文件内容与送出时的指纹不一致，没有提供。请联系系统管理员查明。"))
    return plain if shape == "csv" else queries.file_of(lines=lines, shape=shape, made_at=batch.sent_at)[0]
