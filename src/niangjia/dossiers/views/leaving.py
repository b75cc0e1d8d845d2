"""The national file: its equation, how it leaves, and a returned file held against the register."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from itertools import chain, islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.dossiers import queries, rules
from niangjia.dossiers.forms import CompareForm
from niangjia.exchange.permissions import Word as ExchangeWord
from niangjia.exchange.rules.kinds import ExportKind
from niangjia.hardship.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import BadInput
from niangjia.kernel.forms import complain
from niangjia.kernel.limits import limited
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Act, Column, Fact, Row, Table
from niangjia.kernel.sheets.columns import read_cell
from niangjia.kernel.sheets.headers import SEARCHED_ROWS, find_header
from niangjia.kernel.sheets.reading import SheetRow, open_rows, probe
from niangjia.kernel.words import Said, say

MOST = 20_000


@dataclass(frozen=True, slots=True)
class National:
    """The files in force, with full numbers (exchange's port)."""

    def rows(
        self, asked: Mapping[str, str], *, by: Actor, today: date
    ) -> tuple[int, Iterator[Sequence[Any]]]:
        """How many, and the cells in the order of the national columns."""
        rows = queries.fit_to_leave(actor=by)
        return rows.count(), queries.national_cells(rows=rows)


NATIONAL = ExportKind(
    key="national-hardship",
    title=say("全国帮扶系统报送名册（列名未核对）"),
    word=Word.EXPORT,
    columns=rules.COLUMNS,
    listing=National(),
    page="national-hardship",
    always_second=True,
)


@requires(Word.EXPORT)
@limited("compare_national", most=30, seconds=600)
def national(request: HttpRequest) -> HttpResponse:
    """Files in force = rows of the file; a file that came back is held against the register."""
    actor = actor_of(request)
    form = CompareForm(request.POST or None, request.FILES or None)
    status, found = _compared(form, actor) if form.is_bound else (HTTPStatus.OK, None)
    closing = queries.closing_of(actor=actor)
    told = {
        "form": form,
        "facts": _facts(closing),
        "closes": closing.closes,
        "note": rules.NOTE,
        "unverified": len(rules.UNVERIFIED),
        "columns": len(rules.COLUMNS),
        "found": found,
        "table": _table(found) if found else None,
        "actions": _acts(actor),
    }
    return render(request, "dossiers/national.html", told, status=status)


def _acts(actor: Actor) -> list[Act]:
    if not actor.may(ExchangeWord.EXPORT):
        return []
    href = reverse("ask-for-list", args=["national-hardship"])
    return [Act(say("导出"), href, icon="download", kind="primary")]


def _facts(closing: queries.Closing) -> list[Fact]:
    return [
        Fact(say("在档"), say("{n} 份", n=closing.standing)),
        Fact(say("文件行数"), say("{n} 行", n=closing.rows)),
        Fact(say("家庭年收入合计"), say("{amount} 元", amount=closing.income)),
        Fact(say("没有有效证件号码的"), say("{n} 行", n=closing.without_number)),
    ]


def _compared(form: CompareForm, actor: Actor) -> tuple[HTTPStatus, rules.Reconciled | None]:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY, None
    try:
        rows = list(_rows(form.cleaned_data["file"].read()))
    except BadInput as error:
        complain(form, error)
        return HTTPStatus.UNPROCESSABLE_ENTITY, None
    return HTTPStatus.OK, queries.reconciliation_of(actor=actor, file=rows, today=clock.today())


def _rows(content: bytes) -> Iterator[dict[str, Any]]:
    """The rows of the file by the keys of our columns; a cell that cannot be read is empty."""
    with open_rows(content, probe(content)) as sheet:
        first = list(islice(sheet.rows, SEARCHED_ROWS))
        header = find_header([(row.number, row.cells) for row in first], rules.COLUMNS)
        below = (row for row in first if row.number > header.row)
        for row in islice(chain(below, sheet.rows), MOST):
            told = _row(row, header.places)
            if told.get("number"):
                yield told


def _row(row: SheetRow, places: Mapping[str, int]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for column in rules.COLUMNS:
        place = places.get(column.name)
        if place is None or place >= len(row.cells):
            continue
        try:
            told[column.name] = read_cell(row.cells[place], column)
        except BadInput:
            told[column.name] = None
    return told


def _table(found: rules.Reconciled) -> Table:
    heads = (say("档案编号"), say("问题"), say("列"), say("册里"), say("文件里"))
    lines = [
        Row(
            [
                one.number,
                rules.KINDS[one.kind],
                rules.heading_of(one.column) if one.column else "—",
                one.register or "—",
                one.file or "—",
            ]
        )
        for one in found.differences
    ]
    empty = say("文件与在档名册完全一致。")
    return Table(say("对账结果"), [Column(head) for head in heads], lines, note=_sums(found), empty=empty)


def _sums(found: rules.Reconciled) -> Said:
    return say(
        "册里 {ours} 份、{sum} 元；文件里 {theirs} 行、{told} 元；不一致 {n} 处。",
        ours=found.register_rows,
        sum=Yuan(found.register_sum),
        theirs=found.file_rows,
        told=Yuan(found.file_sum),
        n=len(found.differences),
    )
