"""What of a person a public notice shows (R-G-02): built by rule from what is told, then hidden among others.

No number, telephone, account or illness can be told at all: the columns take none. A name shows its surname,
a sum its band. A row that would still point at fewer than k persons of the union's own roll is coarsened.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say

NOBODY = "某"
_SHORT = 40
_NUMBERS = re.compile(r"[0-9０-９Xx][0-9０-９Xx\s-]{5,}")
_ILLNESS = re.compile("癌|瘤|白血病|肿|尿毒|艾滋|抑郁|精神|糖尿|瘫|肝炎|残疾|病情|确诊|手术|化疗|透析")


class ColumnKind(StrEnum):
    """What a column of a notice holds: a name, a place that colleagues know, a word of a list, a sum."""

    NAME = "name"
    PLACE = "place"
    WORD = "word"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading; a `WORD` takes only the words listed, or any short one if none are."""

    key: str
    label: Said
    kind: ColumnKind
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice: its columns, and the policy that says how many working days it runs."""

    key: str
    label: Said
    columns: tuple[Column, ...]
    days: str = "notices.workdays"


GENERAL = NoticeKind(
    "general",
    say("一般公示"),
    (
        Column("name", say("姓名"), ColumnKind.NAME),
        Column("place", say("所在单位"), ColumnKind.PLACE),
        Column("matter", say("事项"), ColumnKind.WORD),
        Column("amount", say("金额"), ColumnKind.SUM),
    ),
)


@dataclass(frozen=True, slots=True)
class RollEntry:
    """A person of the union's own roll, as colleagues know him: the name and the place."""

    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """A row as it is shown, by column key; `coarse` names the columns that had to be hidden further."""

    cells: Mapping[str, str] = field(default_factory=dict)
    coarse: frozenset[str] = frozenset()


def band(amount: Yuan, edges: Sequence[int]) -> str:
    """The band of a sum between the edges, in yuan.

    >>> band(Yuan.of("3000.00"), [1000, 3000, 5000]), band(Yuan.of("20.00"), [1000])
    ('3000元以上、不到5000元', '不到1000元')
    """
    below = max((edge for edge in edges if amount >= Yuan.of(f"{edge}.00")), default=None)
    above = min((edge for edge in edges if amount < Yuan.of(f"{edge}.00")), default=None)
    if below is None:
        return f"不到{above}元"
    return f"{below}元以上" if above is None else f"{below}元以上、不到{above}元"


def masked(row: Mapping[str, object], kind: NoticeKind, *, edges: Sequence[int]) -> Masked:
    """One row by the rule of its kind. Raises BadInput for what may not be told in public."""
    strange = sorted(row.keys() - {column.key for column in kind.columns})
    if strange:
        message = f"a notice of kind {kind.key} has no column {', '.join(strange)}"
        raise ValueError(message)
    return Masked({column.key: _cell(column, row.get(column.key), edges) for column in kind.columns})


def _cell(column: Column, value: object, edges: Sequence[int]) -> str:
    if value is None or value == "":
        return ""
    if column.kind is ColumnKind.SUM:
        if not isinstance(value, Yuan):
            message = f"{column.key} takes Yuan"
            raise TypeError(message)
        return band(value, edges)
    text = " ".join(str(value).split())
    if column.kind is ColumnKind.NAME:
        return mask_name(_harmless(column, text))
    if column.words and text not in column.words:
        raise BadInput(say("“{label}”只能从规定的用语里选。", label=column.label), field="rows")
    return _harmless(column, text)


def _harmless(column: Column, text: str) -> str:
    """The text, if it holds neither a long number nor an illness."""
    if len(text) > _SHORT:
        raise BadInput(
            say("“{label}”太长，请不要超过 {n} 个字。", label=column.label, n=_SHORT), field="rows"
        )
    if _NUMBERS.search(text):
        words = say("“{label}”里像是有证件号、电话或账号。公示里不能写，请删去。", label=column.label)
        raise BadInput(words, field="rows")
    if _ILLNESS.search(text):
        words = say("“{label}”里像是写了病情。公示里不能写，请改成事项类别。", label=column.label)
        raise BadInput(words, field="rows")
    return text


def hidden_among(
    rows: Sequence[Masked], kind: NoticeKind, *, roll: Sequence[RollEntry], k: int
) -> list[Masked]:
    """The rows, each fitting at least k persons of the roll; coarsened where it must be, in two steps.

    First the place is hidden, then the surname. Raises Refused where even then fewer than k persons fit.
    """
    if len(roll) < k and rows:
        text = "本单位名册里不到 {k} 人，隐去姓名也看得出是谁。请由上一级工会公示，或先把名册登记完整。"
        raise Refused(say(text, k=k))
    return [_hidden(row, kind, roll=roll, k=k) for row in rows]


def _hidden(row: Masked, kind: NoticeKind, *, roll: Sequence[RollEntry], k: int) -> Masked:
    names = [column.key for column in kind.columns if column.kind is ColumnKind.NAME]
    places = [column.key for column in kind.columns if column.kind is ColumnKind.PLACE]
    steps: tuple[Callable[[Masked], Masked], ...] = (
        lambda kept: kept,
        lambda kept: _without(kept, places, ""),
        lambda kept: _without(_without(kept, places, ""), names, NOBODY),
    )
    for step in steps:
        shown = step(row)
        if _fitting(shown, names, places, roll) >= k:
            return shown
    raise AssertionError("a row that shows nothing fits everybody")


def _without(row: Masked, keys: Sequence[str], word: str) -> Masked:
    told = [key for key in keys if row.cells.get(key)]
    return replace(row, cells={**row.cells, **dict.fromkeys(told, word)}, coarse=row.coarse | set(told))


def _fitting(row: Masked, names: Sequence[str], places: Sequence[str], roll: Sequence[RollEntry]) -> int:
    """How many persons of the roll the row may be about, as far as a colleague can tell."""
    name = next((row.cells[key] for key in names if row.cells.get(key)), NOBODY)
    place = next((row.cells[key] for key in places if row.cells.get(key)), "")
    return sum(name in {NOBODY, mask_name(entry.name)} and place in {"", entry.place} for entry in roll)
