"""Workbooks and CSV that leave: typed, with a frozen head and filters; no cell is ever a formula."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from niangjia.kernel.money import Yuan
from niangjia.kernel.sheets.cells import LEADING, harmless, visible

INK, PAPER = "#4A4340", "#FAF6F0"
TEXT, NUMBER, DAY, MONEY = "text", "number", "day", "money"
LAST_ROW = 1_048_575


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a file that leaves: its heading, what its cells hold, how wide it is."""

    label: str
    kind: str = TEXT
    width: int = 16
    required: bool = False
    choices: Sequence[str] = ()
    note: str = ""


class Book:
    """One workbook under way; `content` ends it. Nothing of it touches the disk.

    With `made_at` the same rows make the same file to the byte, whenever it is written.
    """

    def __init__(self, *, title: str, made_at: datetime | None = None) -> None:
        self._buffer = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._buffer, {**options, "strings_to_numbers": False})
        made = {"created": made_at} if made_at else {}
        self._book.set_properties({"title": title, **made})
        bold = {"bold": True, "bg_color": PAPER, "font_color": INK, "bottom": 1, "text_wrap": True}
        self._head = self._book.add_format(bold)
        self._must = self._book.add_format({**bold, "font_color": "#B3261E"})
        self._quiet = self._book.add_format(
            {"font_color": INK, "italic": False, "text_wrap": True, "valign": "top"}
        )
        text = {"num_format": "@"}
        self._formats = {
            TEXT: self._book.add_format(text),
            NUMBER: self._book.add_format({"num_format": "#,##0"}),
            DAY: self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            MONEY: self._book.add_format({"num_format": "#,##0.00"}),
            "quoted": self._book.add_format({**text, "quote_prefix": True}),
        }

    def list(
        self, name: str, headings: Sequence[Heading], rows: Iterable[Sequence[Any]], *, line: str = ""
    ) -> int:
        """A sheet of rows under a frozen, filterable head; `line` stands above it. Returns how many rows."""
        sheet = self._book.add_worksheet(name[:31])
        top = 1 if line else 0
        if line:
            sheet.write_string(0, 0, harmless(line), self._quiet)
            sheet.set_footer(f"&L&8{line.replace('&', '&&')}&R&8&P / &N")
        for place, heading in enumerate(headings):
            sheet.write_string(top, place, heading.label, self._head)
            sheet.set_column(place, place, heading.width)
        n = 0
        for n, row in enumerate(rows, start=1):
            for place, (heading, value) in enumerate(zip(headings, row, strict=True)):
                self._write(sheet, top + n, place, heading.kind, value)
        sheet.freeze_panes(top + 1, 1)
        sheet.autofilter(top, 0, top + n, len(headings) - 1)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return n

    def template(self, name: str, headings: Sequence[Heading], *, rows: int = 5000) -> None:
        """An empty sheet to fill in: drop-downs where there is a choice, notes on the heads."""
        sheet = self._book.add_worksheet(name[:31])
        for place, heading in enumerate(headings):
            words = f"{heading.label} *" if heading.required else heading.label
            sheet.write_string(0, place, words, self._must if heading.required else self._head)
            sheet.set_column(place, place, heading.width, self._formats[heading.kind])
            if heading.note:
                sheet.write_comment(0, place, heading.note, {"x_scale": 2})
            rule = _rule(heading)
            if rule:
                sheet.data_validation(1, place, rows, place, rule)
        sheet.freeze_panes(1, 1)

    def notes(self, name: str, lines: Sequence[Sequence[str]]) -> None:
        """A sheet of explanations."""
        sheet = self._book.add_worksheet(name[:31])
        for width, place in ((22, 0), (12, 1), (70, 2)):
            sheet.set_column(place, place, width)
        for number, line in enumerate(lines):
            for place, words in enumerate(line):
                sheet.write_string(number, place, harmless(words), self._quiet if number else self._head)

    def content(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._buffer.getvalue()

    def _write(self, sheet: Any, row: int, place: int, kind: str, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, Yuan):
            sheet.write_number(row, place, value.fen / 100, self._formats[MONEY])
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, self._formats[DAY])
        elif isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(row, place, value, self._formats[NUMBER if kind == TEXT else kind])
        else:
            text = str(value)
            shape = "quoted" if text.startswith(LEADING) else TEXT
            sheet.write_string(row, place, visible(text), self._formats[shape])


def _rule(heading: Heading) -> dict[str, Any] | None:
    """What Excel lets a person type into a column."""
    if heading.choices:
        told = {"error_title": heading.label, "error_message": "请从下拉列表里选。"}
        return {"validate": "list", "source": list(heading.choices), **told}
    if heading.kind == NUMBER:
        return {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "请填写整数。"}
    if heading.kind == DAY:
        early = date(1900, 1, 1)
        return {"validate": "date", "criteria": ">=", "value": early, "error_message": "请写成 2018-03-06。"}
    return None


def csv_text(
    headings: Sequence[Heading], rows: Iterable[Sequence[Any]], *, line: str = ""
) -> tuple[bytes, int]:
    """The same rows as UTF-8 text with its mark, so that Excel reads it; and how many. `line` comes last."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(heading.label) for heading in headings])
    n = 0
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        n += 1
    if line:
        writer.writerow([harmless(line)])
    return out.getvalue().encode("utf-8-sig"), n


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Yuan):
        return f"{value.fen // 100}.{value.fen % 100:02d}"
    return harmless(value) if isinstance(value, str) else str(value)
