"""The child process that opens a stranger's file: `python -m niangjia.kernel.sheets.child probe 256 5`.

It gives itself hard limits before it reads a byte, takes the file from standard input and answers with one
JSON line a row. It knows neither settings nor database; what it cannot digest ends with it.
"""

import codecs
import csv
import json
import resource
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import python_calamine

from niangjia.kernel.sheets.armour import Unsafe, inspect
from niangjia.kernel.sheets.limits import MEGABYTE, USUAL

MERGED_SHOWN = 200
ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = ",\t;|"


def main(arguments: Sequence[str]) -> int:
    """Read standard input; write what it holds, or why it is not read."""
    mode, memory, seconds = arguments[0], int(arguments[1]), int(arguments[2])
    _stay_small(memory * MEGABYTE, seconds)
    try:
        for line in _answers(sys.stdin.buffer.read(), mode):
            sys.stdout.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")
    except Unsafe as error:
        return _refuse(error.code)
    except MemoryError:
        return _refuse("too_large")
    except python_calamine.PasswordError:
        return _refuse("encrypted")
    except Exception:  # noqa: BLE001 - whatever a hostile file provokes, it is a broken file
        return _refuse("broken")
    return 0


def _refuse(code: str) -> int:
    sys.stdout.write(json.dumps({"refused": code}) + "\n")
    return 0


def _stay_small(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def _answers(content: bytes, mode: str) -> Iterator[Any]:
    """Probing looks at everything and opens nothing; `xlsx` and `csv` read what a probe has let through."""
    if mode == "probe":
        found = inspect(content, USUAL)
        yield {"kind": found.kind, "unpacked": found.unpacked}
        return
    rows = 0
    for answer in _sheet(content) if mode == "xlsx" else _lines(content):
        if isinstance(answer, list):
            rows += 1
            if rows > USUAL.rows + USUAL.before_rows:
                raise Unsafe("too_long")
        yield answer
    yield {"end": rows}


def _sheet(content: bytes) -> Iterator[Any]:
    """The rows of the first visible sheet that holds any, each with its number, one at a time."""
    with python_calamine.load_workbook(BytesIO(content)) as book:
        sheet = _first(book)
        if sheet is None or sheet.start is None:
            raise Unsafe("empty")
        if sheet.width > USUAL.columns or sheet.start[1] > USUAL.columns:
            raise Unsafe("too_wide")
        merged = sheet.merged_cell_ranges or []
        yield {"merged": [[*start, *end] for start, end in merged[:MERGED_SHOWN]]}
        indent = [None] * sheet.start[1]
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if any(cell not in ("", None) for cell in cells):
                yield [number, [*indent, *map(_plain, cells)]]


def _first(book: python_calamine.CalamineWorkbook) -> python_calamine.CalamineSheet | None:
    visible = python_calamine.SheetVisibleEnum.Visible
    work = python_calamine.SheetTypeEnum.WorkSheet
    for told in book.sheets_metadata:
        if told.visible == visible and told.typ == work:
            sheet = book.get_sheet_by_name(told.name)
            if sheet.height:
                return sheet
    return None


def _plain(cell: Any) -> Any:
    """A cell as JSON: text, number, truth, or a day marked as one."""
    if isinstance(cell, str):
        return {"long": len(cell)} if len(cell) > USUAL.cell else cell or None
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, datetime):
        return {"day": cell.date().isoformat()}
    return {"day": cell.isoformat()} if isinstance(cell, date) else str(cell)


def _number(cell: float) -> Any:
    if isinstance(cell, bool):
        return cell
    if cell != cell or abs(cell) >= 10**18:  # noqa: PLR0124 - not a number is not itself
        return str(cell)
    return int(cell) if float(cell).is_integer() else cell


def _lines(content: bytes) -> Iterator[Any]:
    """The rows of a text file: its encoding is found by strict reading, its delimiter in its first line."""
    text = _decoded(content)
    if "\0" in text:
        raise Unsafe("binary")
    csv.field_size_limit(64 * 1024)
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        begins = 1
        for cells in reader:
            if len(cells) > USUAL.columns:
                raise Unsafe("too_wide")
            if any(cell.strip() for cell in cells):
                yield [begins, [_plain(cell) for cell in cells]]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Unsafe("broken") from error


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unsafe("encoding")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
