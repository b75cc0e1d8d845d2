"""Books and funds are opened; the accounts of a book are those of the policy in force on its first day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.policing import value_of
from niangjia.kernel.words import say
from niangjia.ledger import queries
from niangjia.ledger.actions.entering import hold
from niangjia.ledger.models import Account, Book, Fund
from niangjia.ledger.permissions import Word
from niangjia.ledger.rules import MEMO_KINDS, FundKind, Klass
from niangjia.tree import queries as tree

KIND = "ledger.book"


@dataclass(frozen=True, slots=True)
class FundDraft:
    """A source of funds to be; a restricted one serves its purpose alone."""

    code: str
    name: str
    kind: FundKind
    purpose: str = ""
    restricted: bool = True


@transaction.atomic
def open_book(
    *, unit_id: int, opened_on: date, memo: bool = False, title: str = "", by: Actor, at: datetime
) -> Book:
    """The union has a book (its own, or a memo book of other people's money) with the accounts of policy.

    Raises Refused where it has one already.
    """
    unit = tree.unit_in_scope(unit_id=unit_id, scope=by.scope_for(Word.OPEN))
    by.require(Word.OPEN, at=unit.path)
    if Book.objects.filter(unit=unit_id, memo=memo).exists():
        raise Refused(say("这家工会已经启用了账簿，不用重复启用。"))
    named = title.strip() or f"{unit.name}{'备查簿' if memo else '账簿'}"
    book = Book.objects.create(unit_id=unit_id, memo=memo, title=named, opened_on=opened_on)
    book.refresh_from_db(fields=["path"])
    rows = value_of(key="ledger.accounts", unit_id=unit_id, day=opened_on).of(tuple)
    Account.objects.bulk_create(
        Account(
            book=book, code=row["code"], name=row["name"], klass=Klass(row["class"]),
            by_order=bool(row["by_order"]) and not memo,
        )
        for row in rows
    )  # fmt: skip
    after = {"title": named, "opened_on": opened_on.isoformat(), "memo": memo, "accounts": len(rows)}
    journal.record("open_book", by=by, at=at, kind=KIND, object_id=book.pk, after=after)
    return book


@transaction.atomic
def open_fund(*, book_id: int, draft: FundDraft, since: date, by: Actor, at: datetime) -> Fund:
    """The book has a source of funds from a day on.

    Raises Refused for a code that stands already, and for other people's money in the union's own book.
    """
    book = queries.book_in_scope(book_id=book_id, scope=by.scope_for(Word.OPEN))
    by.require(Word.OPEN, at=book.path)
    _require_named(draft)
    if (draft.kind in MEMO_KINDS) != book.memo:
        raise Refused(say("别人的资金只记在备查簿里，工会自己的资金不记在备查簿里。"), field="kind")
    fund = Fund(
        book=book, code=draft.code.strip(), name=draft.name.strip(), kind=draft.kind,
        restricted=draft.restricted, purpose=draft.purpose.strip(), since=since,
    )  # fmt: skip
    try:
        with transaction.atomic():
            fund.save(force_insert=True)
    except IntegrityError as error:
        if "ledger_fund_once" not in str(error):
            raise
        raise Refused(say("这个代号的资金来源已经有了，请换一个代号。"), field="code") from error
    after = {"fund": fund.code, "name": fund.name, "fund_kind": fund.kind, "since": since.isoformat()}
    journal.record("open_fund", by=by, at=at, kind=KIND, object_id=book.pk, after=after)
    return fund


def _require_named(draft: FundDraft) -> None:
    if not draft.code.strip():
        raise BadInput(say("请填写代号。"), field="code")
    if not draft.name.strip():
        raise BadInput(say("请填写名称。"), field="name")
    if draft.restricted and not draft.purpose.strip():
        raise BadInput(say("专款要写明用途。"), field="purpose")


@transaction.atomic
def end_fund(*, fund_id: int, on: date, by: Actor, at: datetime) -> Fund:
    """From the day on nothing more is booked in the fund but what comes back; it holds and owes nothing."""
    fund = queries.fund_in_scope(fund_id=fund_id, scope=by.scope_for(Word.OPEN))
    by.require(Word.OPEN, at=fund.book.path)
    hold(fund.book_id)
    standing = queries.balances_of(book_id=fund.book_id, fund_id=fund_id)
    if any(one.klass in {Klass.ASSET, Klass.LIABILITY} for one in standing):
        raise Refused(say("这个资金来源还有余额，请先转出再停用。"))
    if queries.last_day_of(fund_id=fund_id, default=fund.since) >= on:
        raise BadInput(say("停用日要晚于最后一笔账和启用日。"), field="on")
    fund.until = on
    fund.save(update_fields=["until"])
    after = {"fund": fund.code, "until": on.isoformat()}
    journal.record("end_fund", by=by, at=at, kind=KIND, object_id=fund.book_id, after=after)
    return fund
