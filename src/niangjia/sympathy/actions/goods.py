"""What goods cost is proposed by the accountant and booked when another person has checked it (App. C)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.ledger import queries as ledger
from niangjia.ledger.actions.posting import post
from niangjia.ledger.permissions import Word as LedgerWord
from niangjia.ledger.rules import EntryDraft, EntryKind, PostingDraft
from niangjia.payments.permissions import Word as PayWord
from niangjia.sympathy import queries
from niangjia.sympathy.models import GoodsVoucher
from niangjia.sympathy.rules import GOODS, GOODS_KIND
from niangjia.tasks import actions as tasks

EXPENSE, PAID_FROM = "visit.goods_account", "pay.bank_account_code"
Matter = tuple[str, int]


def propose(
    *, about: Matter, amount: Yuan, words: Said, fund_id: int, by: Actor, at: datetime
) -> GoodsVoucher:
    """The accountant proposes what the goods cost out of a fund of his book; a second person has it then.

    Called by the actions of visits and batches, who asked for their own permission and hold the matter.
    """
    if by.user_id is None:
        raise Refused(say("凭证要由有账号的同志本人制单。"))
    with beyond():
        fund = ledger.fund_in_scope(fund_id=fund_id, scope=by.scope_for(PayWord.ORDER))
        told = str(words)
        try:
            with transaction.atomic():
                row = GoodsVoucher.objects.create(
                    about_kind=about[0],
                    about_id=about[1],
                    unit_id=fund.book.unit_id,
                    fund=fund,
                    on=day_of(at),
                    amount_fen=amount.fen,
                    words=told,
                    made_by=by.user_id,
                    made_at=at,
                )
        except IntegrityError as error:
            raise Refused(say("慰问品已经制单或者已经入账，不用重复办理。")) from error
        row.refresh_from_db()
        _lay(row, about, by=by, at=at)
    return row


def _lay(row: GoodsVoucher, about: Matter, *, by: Actor, at: datetime) -> None:
    maker = frozenset([by.person_id] if by.person_id else [])
    unit = queries.desk_for(path=row.path, word=LedgerWord.CHECK, day=day_of(at), without=maker)
    road = "sympathy-visit" if about[0] == "sympathy.visit" else "handout"
    draft = tasks.TaskDraft(
        key=f"sympathy.goods:{row.pk}",
        kind="sympathy.goods",
        title=say("复核慰问品凭证：{words}", words=row.words),
        unit_id=unit,
        word=LedgerWord.CHECK,
        about=(GOODS_KIND, row.pk),
        road=road,
        road_args=(about[1],),
        recused=sorted(maker),
        step="check",
    )
    tasks.lay(draft=draft, by=by, at=at)


def _held(about: Matter, *, by: Actor) -> GoodsVoucher:
    with beyond():
        found = queries.goods_voucher(about=about)
        if found is None:
            raise Refused(say("这件事还没有慰问品凭证。请会计先制单。"))
        row = (
            GoodsVoucher.objects.select_for_update(of=("self",)).select_related("fund__book").get(pk=found.pk)
        )
    by.require(LedgerWord.CHECK, at=row.path)
    return row


def check(*, about: Matter, by: Actor, at: datetime) -> GoodsVoucher:
    """A second person has compared it: it stands in the book, about the visit or the batch."""
    row = _held(about, by=by)
    row.state = GOODS.advance(row.state, "check", {"another": by.user_id not in {None, row.made_by}})
    expense = value_of(key=EXPENSE, unit_id=row.unit_id, day=row.on).of(str)
    source = value_of(key=PAID_FROM, unit_id=row.unit_id, day=row.on).of(str)
    amount, fund = Yuan(row.amount_fen), row.fund
    lines = (PostingDraft(expense, fund.code, amount), PostingDraft(source, fund.code, -amount))
    draft = EntryDraft(row.on, EntryKind.PAYMENT, row.words, lines, key=f"{GOODS_KIND}/{row.pk}", about=about)
    with beyond():
        scope = by.scope_for(LedgerWord.CHECK)
        row.entry = post(
            book_id=fund.book_id,
            scope=scope,
            draft=draft,
            maker=row.made_by,
            checker=by.user_id,
            by=by,
            at=at,
        )
        _decide(row, by=by, at=at)
    return row


def refuse(*, about: Matter, reason: str, by: Actor, at: datetime) -> GoodsVoucher:
    """It is not right: the accountant proposes it anew."""
    if not reason.strip():
        raise BadInput(say("请写明退回的原因。"), field="reason")
    row = _held(about, by=by)
    row.state = GOODS.advance(row.state, "refuse")
    row.reason = reason.strip()[:200]
    with beyond():
        _decide(row, by=by, at=at)
    return row


def _decide(row: GoodsVoucher, *, by: Actor, at: datetime) -> None:
    row.decided_by, row.decided_at = by.user_id, at
    row.save()
    tasks.finish(by=by, at=at, about=(GOODS_KIND, row.pk))
