"""Where the columns of a kind stand in a file: headings in any order, under any of their names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from niangjia.kernel.errors import BadInput
from niangjia.kernel.sheets.cells import folded, tidy
from niangjia.kernel.sheets.columns import Column
from niangjia.kernel.words import Said, listed, say

SEARCHED_ROWS = 10
_NOISE = re.compile(r"[\s*＊（(].*?[）)]|[\s*＊：:_/、.\-]+")


@dataclass(frozen=True, slots=True)
class Header:
    """The row of the headings, and the place of each known column from zero; headings nobody knows."""

    row: int
    places: Mapping[str, int]
    unknown: tuple[str, ...] = ()


def plain_heading(text: object) -> str:
    """A heading without blanks, stars, brackets and widths: 单位名称 （必填） -> 单位名称."""
    try:
        return _NOISE.sub("", folded(tidy(str(text or ""))).casefold())
    except BadInput:
        return ""


def find_header(rows: Sequence[tuple[int, Sequence[object]]], columns: Sequence[Column]) -> Header:
    """The first of the leading rows with every required column; raises BadInput saying what is missing."""
    known = {
        plain_heading(name): column.name
        for column in columns
        for name in (column.name, str(column.label), *column.aliases)
    }
    best: tuple[Said, ...] = ()
    most = 0
    for number, cells in rows[:SEARCHED_ROWS]:
        found = [known.get(plain_heading(cell), "") for cell in cells]
        if sum(map(bool, found)) > most:
            most = sum(map(bool, found))
            best = _trouble(found, columns)
            if not best:
                unknown = tuple(
                    str(cell) for cell, name in zip(cells, found, strict=True) if cell and not name
                )
                places = {name: place for place, name in enumerate(found) if name}
                return Header(number, places, unknown)
    raise BadInput(*(best or (_no_header(columns),)), field="file")


def _trouble(found: Sequence[str], columns: Sequence[Column]) -> tuple[Said, ...]:
    labels = {column.name: column.label for column in columns}
    doubled = sorted({name for name in found if name and found.count(name) > 1})
    missing = [column.label for column in columns if column.required and column.name not in found]
    told = []
    if missing:
        told.append(say("缺少这几列：{names}。请在表头补上，或下载模板填写。", names=listed(missing)))
    if doubled:
        names = listed([labels[name] for name in doubled])
        told.append(say("这几列出现了两次：{names}。请删去多余的一列。", names=names))
    return tuple(told)


def _no_header(columns: Sequence[Column]) -> Said:
    names = listed([column.label for column in columns if column.required])
    return say("前十行里没有找到表头。表头至少要有：{names}。可下载模板填写。", names=names)


def letters(place: int) -> str:
    """The letters of a column from zero, as Excel names it.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
