"""Batches as an officer sees them: the list, one with its lines, its file and what the bank answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.urls import reverse

from niangjia.kernel.access import Actor
from niangjia.kernel.listing import slice_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Fact, Figure, Pager, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.paydesk.queries.orders import account_names, names_of
from niangjia.payments import queries, rules
from niangjia.payments.permissions import Word
from niangjia.payments.rules import Outcome

if TYPE_CHECKING:
    from niangjia.payments.models import PaymentBatch, ResultReading, Transfer

SHAPES = {Outcome.PAID: "done", Outcome.FAILED: "warn", Outcome.RETURNED: "warn"}


@dataclass(frozen=True, slots=True)
class BatchList:
    """The batches of a reader, newest first."""

    table: Table
    pager: Pager


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One batch: figures, facts, lines, the bank's answers, what may be done."""

    row: "PaymentBatch"
    title: Said
    figures: Sequence[Figure]
    facts: Sequence[Fact]
    lines: Table
    readings: Table
    troubles: Table | None
    acts: Sequence[Act]


def title_of(*, row: "PaymentBatch") -> Said:
    """What a batch is called."""
    return say("第 {n} 批付款", n=row.number)


def batch_list(*, actor: Actor, before: str = "", after: str = "") -> BatchList:
    """The batches with their exact counts and sums, and how many lines still wait for an answer."""
    rows = queries.batches_in_scope(scope=actor.scope_for(Word.READ))
    part = slice_of(rows, sort="-sent_at", before=before, after=after)
    columns = (
        Column(say("批次")),
        Column(say("付款工会")),
        Column(say("笔数"), right=True),
        Column(say("合计"), right=True),
        Column(say("送出时间")),
        Column(say("状态")),
    )
    table = Table(
        say("付款批次"), columns, [_line(one) for one in part.rows], empty=say("还没有送银行的付款批次。")
    )
    return BatchList(table, part.pager(total=rows.count()))


def _line(row: "PaymentBatch") -> Row:
    settled = Cell(say("结果已收齐"), status="done")
    state = settled if row.settled_at else Cell(say("等银行结果"), status="now")
    href = reverse("payment-batch", args=[row.pk])
    return Row(
        [title_of(row=row), row.unit.name, row.count, Yuan(row.total_fen), row.sent_at, state], href=href
    )


def batch_page(*, batch_id: int, actor: Actor) -> BatchPage:
    """The batch as the reader's post sees it; numbers stand as tails, in full only in the file."""
    row = queries.batch_in_scope(batch_id=batch_id, scope=actor.scope_for(Word.READ))
    with beyond():
        lines = list(queries.transfers_of(batch=row))
        readings = list(queries.readings_of(batch=row)[:20])
    who = account_names(user_ids=[row.sent_by, *(one.read_by for one in readings)])
    return BatchPage(
        row=row,
        title=title_of(row=row),
        figures=_figures(row),
        facts=_facts(row, who),
        lines=_lines(lines),
        readings=_readings(readings, who),
        troubles=_troubles(readings[0], row) if readings and readings[0].troubles else None,
        acts=_acts(row, actor),
    )


def _figures(row: "PaymentBatch") -> list[Figure]:
    """Each number opens its lines below; the sums add up to the file's."""
    found = (
        queries.transfers_of(batch=row)
        .order_by()
        .values_list("outcome")
        .annotate(n=Count("pk"), fen=Sum("amount_fen"))
    )
    by = {outcome: (n, Yuan(int(fen))) for outcome, n, fen in found}
    here = f"{reverse('payment-batch', args=[row.pk])}#lines"
    whole = Figure(say("共送出"), Yuan(row.total_fen), here, note=say("{n} 笔", n=row.count))
    parts = [
        Figure(
            rules.OUTCOME_LABELS[outcome],
            by[outcome][1],
            here,
            unit=say("元"),
            note=say("{n} 笔", n=by[outcome][0]),
        )
        for outcome in Outcome
        if outcome in by
    ]
    return [whole, *parts]


def _facts(row: "PaymentBatch", who: dict[int, str]) -> list[Fact]:
    told = [
        Fact(say("付款工会"), row.unit.name),
        Fact(say("付款科目"), row.bank_code),
        Fact(say("经办出纳"), who.get(row.sent_by, "—")),
        Fact(say("送出时间"), row.sent_at),
        Fact(say("文件指纹（SHA-256）"), row.sha256[:16]),
    ]
    if row.settled_at:
        told.append(Fact(say("结果收齐时间"), row.settled_at))
    return told


def _lines(rows: "Sequence[Transfer]") -> Table:
    names = names_of(person_ids={one.order.payee_id for one in rows})
    columns = (
        Column(say("序号")),
        Column(say("收款人")),
        Column(say("开户行")),
        Column(say("账户尾号")),
        Column(say("金额"), right=True),
        Column(say("结果")),
        Column(say("原因")),
    )
    return Table(say("付款明细"), columns, [_detail(one, names) for one in rows])


def _detail(one: "Transfer", names: dict[int, str]) -> Row:
    account = one.account
    return Row(
        [
            one.line,
            names.get(one.order.payee_id, "—"),
            account.bank if account else "—",
            account.tail if account else "—",
            Yuan(one.amount_fen),
            Cell(rules.OUTCOME_LABELS[one.outcome], status=SHAPES.get(Outcome(one.outcome), "now")),
            one.reason or "—",
        ],
        href=reverse("payment", args=[one.order_id]),
    )


def _readings(rows: "Sequence[ResultReading]", who: dict[int, str]) -> Table:
    columns = (Column(say("读取时间")), Column(say("经办")), Column(say("各行结果")))
    lines = [Row([one.read_at, who.get(one.read_by or 0, "—"), _counted(one)]) for one in rows]
    return Table(say("银行结果文件"), columns, lines, empty=say("还没有读取过银行的结果文件。"))


def _counted(reading: "ResultReading") -> Said | str:
    told = [f"{_short(verdict)} {n}" for verdict, n in reading.counts.items()]
    return say("{told}", told="；".join(told)) if told else "—"


def _short(verdict: str) -> str:
    """The verdict up to its first comma: the whole of it stands where it is needed."""
    return str(rules.VERDICT_LABELS[verdict]).split("，")[0]


def _troubles(reading: "ResultReading", row: "PaymentBatch") -> Table:
    columns = (
        Column(say("文件行号"), right=True),
        Column(say("序号"), right=True),
        Column(say("要核对的情况")),
    )
    lines = [
        Row([one["row"], one["number"], rules.VERDICT_LABELS[one["verdict"]]]) for one in reading.troubles
    ]
    return Table(say("这次读取有几行要核对，其余各行已登记"), columns, lines)


def _acts(row: "PaymentBatch", actor: Actor) -> list[Act]:
    if not actor.may(Word.PAY, at=row.path):
        return []
    acts = [Act(say("读取银行结果文件"), reverse("read-results", args=[row.pk]), kind="primary")]
    if row.settled_at is None:
        acts.append(Act(say("下载付款文件"), reverse("bank-file", args=[row.pk]), icon="download"))
    return acts
