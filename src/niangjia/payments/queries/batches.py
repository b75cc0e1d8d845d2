"""Batches as a scope shows them; the lines of the bank's file and the file itself."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from niangjia.kernel.access import Scope
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.sheets.writing import Book, csv_text
from niangjia.payments.models import PaymentBatch, ResultReading, Transfer
from niangjia.payments.queries.accounts import numbers_of
from niangjia.payments.rules import BankLine, Outcome, headings


def batches_in_scope(*, scope: Scope) -> QuerySet[PaymentBatch]:
    """The batches of the unions of a scope, newest first."""
    return within(PaymentBatch.objects.select_related("unit"), scope=scope).order_by("-sent_at", "-id")


def batch_in_scope(*, batch_id: int, scope: Scope) -> PaymentBatch:
    """One batch, or 404."""
    return the_one(batches_in_scope(scope=scope).filter(pk=batch_id))


def transfers_of(*, batch: PaymentBatch) -> QuerySet[Transfer]:
    """What was sent in a batch, in the order of its file."""
    return Transfer.objects.filter(batch=batch).select_related("order", "account").order_by("line")


def readings_of(*, batch: PaymentBatch) -> QuerySet[ResultReading]:
    """The bank's answers that were read, newest first."""
    return ResultReading.objects.filter(batch=batch).order_by("-id")


def bank_lines(*, transfers: Sequence[Transfer]) -> list[BankLine]:
    """The lines of the file, with full numbers: for the file alone."""
    accounts = [one.account for one in transfers if one.account is not None]
    numbers = numbers_of(accounts=accounts)
    return [
        BankLine(
            number=one.line or 0,
            holder=one.account.holder,
            account=numbers[one.account.pk],
            bank=one.account.bank,
            amount=Yuan(one.amount_fen),
            purpose=one.order.purpose,
        )
        for one in transfers
        if one.account is not None
    ]


def file_of(*, lines: Sequence[BankLine], shape: str = "csv", made_at: datetime) -> tuple[bytes, str]:
    """The file for the bank and its hash; made again from the same lines it is the same to the byte."""
    cells = [line.cells for line in lines]
    if shape == "csv":
        content, _ = csv_text(headings(), cells)
    else:
        book = Book(title="付款清单", made_at=made_at)
        book.list("付款清单", headings(), cells)
        content = book.content()
    return content, hashlib.sha256(content).hexdigest()


def batches_of_entries(*, entry_ids: Iterable[int]) -> dict[int, int]:
    """By entry, or contra, the batch in which its payment was sent."""
    told = list(entry_ids)
    rows = Transfer.objects.filter(Q(entry__in=told) | Q(contra__in=told), batch__isnull=False)
    found: dict[int, int] = {}
    for entry, contra, batch in rows.values_list("entry", "contra", "batch"):
        found |= {one: batch for one in (entry, contra) if one is not None}
    return found


def sent_batches(*, book_id: int, bank_code: str) -> dict[PaymentBatch, list[Yuan]]:
    """The batches from an account of a book, with the sums of what did not arrive or came back."""
    rows = PaymentBatch.objects.filter(book=book_id, bank_code=bank_code)
    found: dict[PaymentBatch, list[Yuan]] = {one: [] for one in rows}
    by_number = {one.pk: one for one in found}
    lost = Transfer.objects.filter(batch__in=rows, outcome__in=[Outcome.FAILED, Outcome.RETURNED])
    for batch, fen in lost.order_by("line").values_list("batch", "amount_fen"):
        found[by_number[batch]].append(Yuan(fen))
    return found
