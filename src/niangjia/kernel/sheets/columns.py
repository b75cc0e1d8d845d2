"""Columns of a file kind and how a cell of each type is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import parse_mobile
from niangjia.kernel.money import Yuan
from niangjia.kernel.sheets.cells import folded, tidy
from niangjia.kernel.words import Said, say


class ColumnType(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    CODE = "code"
    CHOICE = "choice"
    NUMBER = "number"
    DAY = "day"
    MONEY = "money"
    ID_NUMBER = "id_number"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in programs, its heading, other headings people use, what may stand in it."""

    name: str
    label: Said
    type: ColumnType = ColumnType.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: Mapping[str, Said] = field(default_factory=dict)
    hint: Said | None = None
    example: str = ""
    width: int = 16
    longest: int = 200
    most: int = 10_000_000
    personal: bool = False


Value = str | int | date | Yuan | None
EPOCH = date(1899, 12, 30)
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
SERIALS = range(367, 109_575)
_DAY = re.compile(
    r"(\d{4})\s*[-./\u5e74]\s*(\d{1,2})\s*[-./\u6708]\s*(\d{1,2})\s*\u65e5?(?:\s+0{1,2}:00(?::00)?)?"
)
_PACKED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def read_cell(cell: object, column: Column) -> Value:
    """The value of a cell as the register keeps it, None for an empty one; raises BadInput in words.

    >>> read_cell("２０１８年３月６日", Column("since", say("入册日"), ColumnType.DAY))
    datetime.date(2018, 3, 6)
    """
    if isinstance(cell, dict) and "long" in cell:
        raise BadInput(say("这一格太长：最多 {n} 个字。", n=column.longest))
    text = tidy(_as_text(cell))
    if not text:
        if column.required:
            raise BadInput(say("这一格不能空着。"))
        return None
    value = _READERS[column.type](text, column)
    if isinstance(value, str) and len(value) > column.longest:
        raise BadInput(say("这一格太长：最多 {n} 个字。", n=column.longest))
    return value


def _as_text(cell: object) -> str:
    """A cell as typed: numbers stored as numbers lose nothing, days are written out."""
    if cell is None:
        return ""
    if isinstance(cell, dict):
        return str(cell.get("day", ""))
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return format(Decimal(repr(cell)), "f") if isinstance(cell, float) else str(cell)


def _text(text: str, _column: Column) -> str:
    return text


def _code(text: str, _column: Column) -> str:
    """A number of a paper: widths folded, blanks and the apostrophe of Excel's text gone, capitals."""
    return re.sub(r"[\s'’`]", "", folded(text)).upper()


def _choice(text: str, column: Column) -> str:
    wanted = folded(text).strip().casefold()
    for code, label in column.choices.items():
        if wanted in {code.casefold(), str(label).casefold()}:
            return code
    told = "、".join(str(label) for label in column.choices.values())
    raise BadInput(say("“{text}”不在可选范围内。请从这些里选：{choices}。", text=text, choices=told))


def _number(text: str, column: Column) -> int:
    plain = folded(text).replace("，", ",").replace(" ", "")
    plain = plain.removesuffix(".0").removesuffix(".00").removesuffix("人")
    if not _WHOLE.fullmatch(plain) or not plain.isascii():
        raise BadInput(say("“{text}”不是整数。请填写 0 以上的整数。", text=text))
    number = int(plain.replace(",", ""))
    if number > column.most:
        raise BadInput(say("“{text}”太大，请核对。", text=text))
    return number


def _day(text: str, _column: Column) -> date:
    plain = folded(text).replace("。", ".")
    if plain.isascii() and plain.isdigit() and len(plain) <= 6 and int(plain) in SERIALS:  # noqa: PLR2004 - Excel's serial
        return EPOCH + timedelta(days=int(plain))
    found = _DAY.fullmatch(plain) or _PACKED_DAY.fullmatch(plain)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        raise BadInput(say("“{text}”认不出是哪一天。请写成 2018-03-06。", text=text))
    return day


def _money(text: str, _column: Column) -> Yuan:
    plain = folded(text).replace(",", "").replace("，", "").replace(" ", "").strip("¥￥").removesuffix("元")
    try:
        return Yuan.of(str(Decimal(plain)))
    except (InvalidOperation, ValueError, ArithmeticError) as error:
        raise BadInput(say("“{text}”不是金额。请写成 1234.50，单位为元。", text=text)) from error


def _id_number(text: str, column: Column) -> str:
    """A resident's number as written; a kind's own rules examine it, for they know the day."""
    code = _code(text, column)
    if "E+" in code:
        raise BadInput(say("号码已被 Excel 改成科学计数，后几位丢失。请把这一列设为文本，重新填写。"))
    return code


def _mobile(text: str, column: Column) -> str:
    return str(parse_mobile(_code(text, column).removesuffix(".0")))


_READERS: Mapping[ColumnType, Callable[[str, Column], Value]] = {
    ColumnType.TEXT: _text,
    ColumnType.CODE: _id_number,
    ColumnType.CHOICE: _choice,
    ColumnType.NUMBER: _number,
    ColumnType.DAY: _day,
    ColumnType.MONEY: _money,
    ColumnType.ID_NUMBER: _id_number,
    ColumnType.MOBILE: _mobile,
}


def plain(value: Value) -> str | int | None:
    """A value for JSON."""
    if isinstance(value, Yuan):
        return value.fen
    return value.isoformat() if isinstance(value, date) else value


def unplain(value: Any, column: Column) -> Value:
    """The value again, by the type of its column."""
    if value is None:
        return None
    if column.type is ColumnType.DAY:
        return date.fromisoformat(value)
    if column.type is ColumnType.MONEY:
        return Yuan(value)
    told: str | int = value
    return told
