"""The batches of the economic check: what waits, what was sent, what is still out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.exchange.permissions import Word as ExchangeWord
from niangjia.kernel.access import Actor
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.listing import slice_of
from niangjia.kernel.shapes import Act, Cell, Column, Fact, Figure, Pager, Row, Table
from niangjia.kernel.words import say
from niangjia.means.permissions import Word
from niangjia.means.queries.rows import batch_for, batches_within, persons_in, waiting_to_be_sent

if TYPE_CHECKING:
    from niangjia.means.models import Batch


@dataclass(frozen=True, slots=True)
class BatchList:
    """What was sent, newest first; how many households wait."""

    table: Table
    pager: Pager
    figures: Sequence[Figure]
    acts: Sequence[Act]


def batch_list(*, actor: Actor, before: str = "", after: str = "") -> BatchList:
    """The batches of the reader's county."""
    rows = batches_within(scope=actor.scope_for(Word.ANSWER))
    part = slice_of(rows, sort="-made_at", before=before, after=after)
    columns = (
        Column(say("批次")),
        Column(say("送核工会")),
        Column(say("户数"), right=True),
        Column(say("人数"), right=True),
        Column(say("还没反馈（人）"), right=True),
        Column(say("应反馈日")),
    )
    empty = say("还没有送核批次。")
    table = Table(say("送核批次"), columns, [_line(row) for row in part.rows], empty=empty)
    figures: list[Figure] = []
    acts: list[Act] = []
    if actor.may(Word.ASK):
        waiting = waiting_to_be_sent(scope=actor.scope_for(Word.ASK)).count()
        href = f"{reverse('hardship-files')}?state=economic_check"
        figures = [Figure(say("等待送核"), waiting, href, unit=say("户"))]
        acts = (
            [Act(say("送民政核对"), reverse("send-checks"), icon="send", kind="primary")] if waiting else []
        )
    return BatchList(table, part.pager(total=rows.count()), figures, acts)


def _line(row: "Batch") -> Row:
    missing = row.missing  # type: ignore[attr-defined]
    state: object = Cell(str(missing), status="todo") if missing else Cell(say("已全部反馈"), status="done")
    cells = [str(row), row.unit.name, row.households, row.persons, state, row.due_on]
    return Row(cells, href=reverse("means-batch", args=[row.pk]))


@dataclass(frozen=True, slots=True)
class BatchPage:
    """One batch: facts, who was asked about, the files."""

    batch: "Batch"
    facts: Sequence[Fact]
    table: Table
    acts: Sequence[Act]


def batch_page(*, batch_id: int, actor: Actor) -> BatchPage:
    """The persons of a batch, names masked: the full list is the file that leaves for its purpose."""
    row = batch_for(batch_id=batch_id, actor=actor)
    facts = [
        Fact(say("送核工会"), row.unit.name),
        Fact(say("用途"), row.purpose),
        Fact(say("送核时间"), row.made_at),
        Fact(say("应反馈日"), row.due_on),
        Fact(say("户数"), row.households),
        Fact(say("人数"), row.persons),
    ]
    columns = (Column(say("家庭编号")), Column(say("姓名")), Column(say("反馈")))
    lines = [
        Row([one.household_id, mask_name(one.person.name), _answered(one.answered_at)])
        for one in persons_in(batch=row)
    ]
    acts = []
    if actor.may(Word.ASK, at=row.path) and actor.may(ExchangeWord.EXPORT, at=row.path):
        href = f"{reverse('ask-for-list', args=['means-check'])}?batch={row.pk}"
        acts.append(Act(say("导出送核名单"), href, icon="download", kind="primary"))
    if actor.may(ExchangeWord.IMPORT, at=row.path):
        acts.append(Act(say("上传核对结果"), reverse("send-file", args=["means-answer"]), icon="upload"))
    return BatchPage(row, facts, Table(say("被核对人"), columns, lines), acts)


def _answered(at: object) -> Cell:
    return Cell(say("已反馈"), status="done") if at else Cell(say("待反馈"), status="todo")
