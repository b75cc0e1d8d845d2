"""What an officer types in a form, and the raw value that the catalogue reads; and back again."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from niangjia.kernel.errors import BadInput
from niangjia.kernel.policy import Kind, Shape, dump
from niangjia.kernel.words import Said, listed, say
from niangjia.policies.rules.wording import CHOICE_WORDS, COLUMN_WORDS, number_text

_BETWEEN = re.compile(r"[、,，;；\s]+")
Translate = Callable[[str], str]
_WORDS: Mapping[str, Said] = {**CHOICE_WORDS, "true": say("是"), "false": say("否")}
_EMPTY = {"", "-", "—"}
_CELLS = re.compile(r"\s*[|｜]\s*")


def _as_it_stands(text: str) -> str:
    return text


def read_typed(shape: Shape, text: str, *, translate: Translate = _as_it_stands) -> object:
    """The raw value of a text; the catalogue's shape then says whether it is right.

    The words of a choice are understood in Chinese and in the reader's language.

    >>> read_typed(Shape(Kind.COUNTS), "3、5"), read_typed(Shape(Kind.NUMBER), "5%")
    (['3', '5'], '5/100')
    """
    text = text.strip()
    if shape.kind in {Kind.COUNTS, Kind.DAYS}:
        return [part for part in _BETWEEN.split(text) if part]
    if shape.kind in {Kind.TEXTS, Kind.TABLE}:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return lines if shape.kind is Kind.TEXTS else [_row(shape, line, translate) for line in lines]
    return _row(shape, text, translate) if shape.kind is Kind.RECORD else _single(shape, text, translate)


def _single(shape: Shape, text: str, translate: Translate) -> str:
    kind = shape.kind
    if kind in {Kind.CHOICE, Kind.FLAG}:
        known = shape.choices or ("true", "false")
        codes = {name: code for code in known for name in _names_of(code, translate)}
        return codes.get(text, text)
    if kind is Kind.TEXT:
        return text
    return _share(text) if kind is Kind.NUMBER else text.replace(",", "").replace("，", "")


def _names_of(code: str, translate: Translate) -> tuple[str, ...]:
    """The words that stand for a code: itself, in Chinese, in the reader's language."""
    words = _WORDS.get(code)
    return (code,) if words is None else (code, str(words), words.render(translate))


def read_bound(shape: Shape, text: str) -> object:
    """A bound is typed like one value of the kind; nothing typed is no bound."""
    if not text.strip():
        return None
    return read_typed(Shape(Kind.COUNT if shape.kind is Kind.COUNTS else shape.kind), text)


def _share(text: str) -> str:
    number = text.removesuffix("%").removesuffix("％")
    whole, _, tail = number.partition(".")
    if number == text or not (whole + tail).isdigit():
        return text
    return f"{int(whole + tail)}/{10 ** (len(tail) + 2)}"


def _row(shape: Shape, line: str, translate: Translate) -> dict[str, object]:
    cells = _CELLS.split(line.strip().strip("|｜").strip())
    if len(cells) != len(shape.columns):
        text, wanted = "每行要有 {n} 栏：{columns}。", _columns_of(shape)
        raise BadInput(say(text, n=len(shape.columns), columns=wanted), field="value")
    pairs = zip(shape.columns.items(), cells, strict=True)
    filled = ((name, column, "" if cell in _EMPTY else cell) for (name, column), cell in pairs)
    kept = (one for one in filled if one[2] or not one[1].optional)
    return {name: read_typed(column, cell, translate=translate) for name, column, cell in kept}


def _columns_of(shape: Shape) -> Said:
    return listed((COLUMN_WORDS.get(name, name) for name in shape.columns), joint="{first} | {rest}")


def as_typed(shape: Shape, value: object, *, unit: str = "", translate: Translate = _as_it_stands) -> str:
    """A value as it would be typed, to prefill the form with what is in force.

    >>> from datetime import date
    >>> as_typed(Shape(Kind.DAYS), (date(2018, 2, 15),))
    '2018-02-15'
    >>> as_typed(Shape(Kind.NUMBER), Fraction(4, 5), unit="share")
    '80%'
    """
    if isinstance(value, Mapping):
        cells = (_cell(shape.columns[name], part, unit, translate) for name, part in value.items())
        return " | ".join(cell or "-" for cell in cells)
    if isinstance(value, tuple):
        row = Shape(Kind.RECORD, columns=shape.columns)
        lines = [
            as_typed(row, part, unit=unit, translate=translate)
            if isinstance(part, Mapping)
            else _bare(part, unit)
            for part in value
        ]
        return ("\n" if shape.kind in {Kind.TABLE, Kind.TEXTS} else "、").join(lines)
    return _bare(value, unit)


def _cell(column: Shape, value: object, unit: str, translate: Translate) -> str:
    """A part of a row: choices and flags in words."""
    bare = as_typed(column, value, unit=unit, translate=translate)
    words = _WORDS.get(bare) if column.kind in {Kind.CHOICE, Kind.FLAG} else None
    return words.render(translate) if words else bare


def _bare(value: object, unit: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return number_text(value, unit)
    raw = dump(value)
    return str(raw).lower() if isinstance(raw, bool) else str(raw)


def hint_for(shape: Shape) -> Said | None:
    """How to type a value of this kind."""
    if shape.kind in {Kind.TABLE, Kind.RECORD}:
        columns = _columns_of(shape)
        text = "每行一条，各栏用竖线隔开：{columns}。没有的栏填 -。"
        return (
            say(text, columns=columns)
            if shape.kind is Kind.TABLE
            else say("各栏用竖线隔开：{columns}。", columns=columns)
        )
    hints = {
        Kind.TEXTS: say("每行一项。"),
        Kind.COUNTS: say("几个数之间用顿号隔开，如 3、5。"),
        Kind.DAYS: say("日期之间用顿号隔开，如 2018-02-15、2018-02-16。"),
        Kind.NUMBER: say("可写成 0.8、80% 或 2/3。"),
        Kind.MONEY: say("以元为单位，如 5000.00。"),
    }
    return hints.get(shape.kind)


def dims_key(dims: Mapping[str, str]) -> str:
    """The case of a value as one text, the same for the same case.

    >>> dims_key({"stage": "undergraduate", "filed": "true"})
    'filed=true;stage=undergraduate'
    """
    return ";".join(f"{name}={dims[name]}" for name in sorted(dims))
