"""A template of a paper declares its fields; what is filled in is checked and worded before it is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say

Told = str | list[list[str]]
_LONG = 4_000
_MOST_ROWS = 5_000


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    MONEY = "money"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a paper tells. Rows have columns, which are fields themselves."""

    name: str
    label: Said
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    columns: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of paper: its title, its typst file under the package, the letters of its numbers, its fields.

    `docx` is the Word file for offices that go on editing; a template without one is PDF only.
    """

    key: str
    title: Said
    file: str
    series: str
    fields: tuple[Field, ...] = field(default_factory=tuple)
    docx: str = ""

    def read(self, values: Mapping[str, object]) -> dict[str, Told]:
        """Every declared field in words as printed. Raises BadInput for what is missing or does not fit."""
        strange = sorted(values.keys() - {item.name for item in self.fields})
        if strange:
            message = f"{self.key} has no field {', '.join(strange)}"
            raise ValueError(message)
        told: dict[str, Told] = {}
        wrong: dict[str, tuple[Said, ...]] = {}
        for item in self.fields:
            try:
                told[item.name] = _read(item, values.get(item.name))
            except BadInput as error:
                wrong[item.name] = error.reasons
        if wrong:
            raise BadInput(fields=wrong)
        return told


def _read(item: Field, value: object) -> Told:
    if item.kind is FieldKind.ROWS:
        return _rows(item, value)
    if value is None or value == "":
        if item.required:
            raise BadInput(say("文书里“{label}”还没有内容。请先在资料里补上。", label=item.label))
        return ""
    return _plain(item, _worded(item, value))


def _worded(item: Field, value: object) -> str:
    fits = {
        FieldKind.TEXT: isinstance(value, str | Said),
        FieldKind.DAY: isinstance(value, date),
        FieldKind.NUMBER: isinstance(value, int),
        FieldKind.MONEY: isinstance(value, Yuan),
    }[item.kind]
    if not fits:
        message = f"{item.name} takes a {item.kind}, not a {type(value).__name__}"
        raise TypeError(message)
    if isinstance(value, date):
        return han_day(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _plain(item: Field, text: str) -> str:
    """The text without control signs; line ends stay."""
    kept = "".join(sign for sign in text if sign == "\n" or sign.isprintable()).strip()
    if len(kept) > _LONG:
        raise BadInput(say("文书里“{label}”超过 {most} 字，印不下。请缩短。", label=item.label, most=_LONG))
    return kept


def _rows(item: Field, value: object) -> list[list[str]]:
    rows = value if isinstance(value, Sequence) else []
    if item.required and not rows:
        raise BadInput(say("文书里“{label}”一行也没有，没有可以打印的内容。", label=item.label))
    if len(rows) > _MOST_ROWS:
        text = "“{label}”有 {n} 行，一份文书最多 {most} 行。请分开出具。"
        raise BadInput(say(text, label=item.label, n=len(rows), most=_MOST_ROWS))
    return [[str(_read(*pair)) for pair in zip(item.columns, row, strict=True)] for row in rows]


def han_day(day: date) -> str:
    """A day as papers write it.

    >>> han_day(date(2018, 8, 6))
    '2018年8月6日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
