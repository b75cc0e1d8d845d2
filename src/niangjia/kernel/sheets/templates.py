"""Headings of columns, and the empty workbook in which a person fills them in."""

from collections.abc import Sequence

from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.sheets.writing import DAY, MONEY, NUMBER, TEXT, Book, Heading
from niangjia.kernel.words import Said, Translate

_SHAPES = {ColumnType.NUMBER: NUMBER, ColumnType.DAY: DAY, ColumnType.MONEY: MONEY}


def headings_of(columns: Sequence[Column], *, translate: Translate) -> list[Heading]:
    """The columns as headings of a file."""
    return [_heading(column, translate) for column in columns]


def _heading(column: Column, translate: Translate) -> Heading:
    hint = column.hint.render(translate) if column.hint else ""
    choices = [label.render(translate) for label in column.choices.values()]
    shape = _SHAPES.get(column.type, TEXT)
    return Heading(column.label.render(translate), shape, column.width, column.required, choices, hint)


def template_of(title: Said, columns: Sequence[Column], *, translate: Translate) -> bytes:
    """An empty workbook: drop-downs, notes on the heads, a sheet of explanations, the head frozen."""
    name = title.render(translate)
    book = Book(title=name)
    headings = headings_of(columns, translate=translate)
    book.template(name, headings)
    lines = [[translate("列"), translate("必填"), translate("怎么填")]]
    for column, heading in zip(columns, headings, strict=True):
        told = [heading.note]
        told += [translate("可选：") + "、".join(heading.choices)] if heading.choices else []
        told += [translate("例：") + column.example] if column.example else []
        lines.append([heading.label, "*" if column.required else "", " ".join(filter(None, told))])
    book.notes(translate("填写说明"), lines)
    return book.content()
