"""Files from the bank, read in the child process that reads every stranger's file (control 20)."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from niangjia.kernel.errors import BadInput
from niangjia.kernel.sheets.columns import Column, read_cell
from niangjia.kernel.sheets.headers import SEARCHED_ROWS, find_header
from niangjia.kernel.sheets.reading import SheetRow, open_rows, probe
from niangjia.kernel.words import Said, say
from niangjia.payments.rules import RESULT_COLUMNS, ResultRow, has_paid, tail_of

MOST_ROWS = 20_000
SHOWN_TROUBLES = 5


def result_rows(*, content: bytes) -> list[ResultRow]:
    """The lines of the bank's answer; raises BadInput naming each cell that cannot be read."""
    found = []
    for number, told in told_rows(content=content, columns=RESULT_COLUMNS):
        account = str(told.get("account") or "")
        found.append(
            ResultRow(
                row=number,
                number=told["number"],
                amount=told["amount"],
                paid=has_paid(told["result"]),
                tail=tail_of(account),
                reason=str(told.get("reason") or ""),
                on=told.get("on"),
            )
        )
    return found


def told_rows(*, content: bytes, columns: tuple[Column, ...]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Each line as values by column; empty lines are passed over."""
    with open_rows(content, probe(content)) as sheet:
        first = list(islice(sheet.rows, SEARCHED_ROWS))
        head = find_header([(row.number, row.cells) for row in first], columns)
        body = (row for row in chain(first, sheet.rows) if row.number > head.row)
        lines = [
            row for row in islice(body, MOST_ROWS + 1) if any(cell not in {None, ""} for cell in row.cells)
        ]
    if len(lines) > MOST_ROWS:
        raise BadInput(say("文件超过 {n} 行，请分开再传。", n=MOST_ROWS), field="file")
    if not lines:
        raise BadInput(say("文件里只有表头，没有一行内容。请核对是不是传错了文件。"), field="file")
    read = [(row.number, *_read(row, columns, head.places)) for row in lines]
    troubles = [words for _, _, wrong in read for words in wrong]
    if troubles:
        raise BadInput(*troubles[:SHOWN_TROUBLES], field="file")
    yield from ((number, told) for number, told, _ in read)


def _read(
    row: SheetRow, columns: tuple[Column, ...], places: Mapping[str, int]
) -> tuple[dict[str, Any], list[Said]]:
    told: dict[str, Any] = {}
    wrong: list[Said] = []
    for column in columns:
        place = places.get(column.name)
        cell = row.cells[place] if place is not None and place < len(row.cells) else None
        try:
            told[column.name] = read_cell(cell, column) if place is not None else None
        except BadInput as error:
            reason = error.reasons[0]
            wrong.append(
                say("第 {row} 行“{column}”：{reason}", row=row.number, column=column.label, reason=reason)
            )
    return told, wrong
