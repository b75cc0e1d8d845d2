"""The file for the national aid system: its columns as a list beside this one tells, and its reconciliation.

Pure but for one reading of `national.toml` when the module is loaded: names of columns are no code.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import Said, say

_TOLD = tomllib.loads((Path(__file__).resolve().parents[1] / "national.toml").read_text(encoding="utf-8"))
KEY = "number"


def as_it_is(text: str) -> Said:
    """A heading of another system: it is never translated."""
    return Said("{text}", (("text", text),))


def _type(told: Mapping[str, Any]) -> ColumnType:
    kinds = {"code": ColumnType.CODE, "money": ColumnType.MONEY, "day": ColumnType.DAY}
    return next((kind for name, kind in kinds.items() if told.get(name)), ColumnType.TEXT)


COLUMNS: tuple[Column, ...] = tuple(
    Column(
        told["key"],
        as_it_is(told["heading"]),
        _type(told),
        width=told.get("width", 16),
        personal=bool(told.get("personal")),
        required=told["key"] == KEY,
    )
    for told in _TOLD["column"]
)
UNVERIFIED: tuple[str, ...] = tuple(told["key"] for told in _TOLD["column"] if not told["verified"])
"""Columns that nobody has checked against the system itself."""
NOTE = as_it_is(_TOLD["note"])
COMPARED = ("level", "category", "persons", "income", "burden", "per_head")
"""What the reconciliation holds against the register, row by row."""


class Kind(StrEnum):
    """What is wrong with a row of the file."""

    MISSING = "missing"
    STRANGE = "strange"
    DIFFERENT = "different"
    TWICE = "twice"


KINDS: Mapping[str, Said] = {
    Kind.MISSING: say("册里有、文件里没有"),
    Kind.STRANGE: say("文件里有、册里没有"),
    Kind.DIFFERENT: say("内容不一致"),
    Kind.TWICE: say("文件里重复"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of the reconciliation: which file, what is wrong, in which column, both values."""

    number: str
    kind: Kind
    column: str = ""
    register: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Counts and sums of both sides, and every difference as a row."""

    register_rows: int
    file_rows: int
    register_sum: int
    file_sum: int
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether the file is the register."""
        same = self.register_rows == self.file_rows and self.register_sum == self.file_sum
        return same and not self.differences


Cells = Mapping[str, Any]


def reconciled(register: Sequence[Cells], file: Sequence[Cells]) -> Reconciled:
    """The file held against the register: counts, the sum of incomes in fen, each difference a row.

    >>> one = {"number": "KN2018000001", "income": 100, "level": "县级"}
    >>> reconciled([one], [{**one, "income": 200}]).differences[0].column
    'income'
    """
    ours = {str(row[KEY]): row for row in register}
    theirs: dict[str, Cells] = {}
    found: list[Difference] = []
    for row in file:
        number = str(row.get(KEY) or "")
        if number in theirs:
            found.append(Difference(number, Kind.TWICE))
        theirs.setdefault(number, row)
    found += [Difference(number, Kind.MISSING) for number in ours if number not in theirs]
    found += [Difference(number, Kind.STRANGE) for number in theirs if number not in ours]
    for number, row in ours.items():
        if number in theirs:
            found += _differing(number, row, theirs[number])
    return Reconciled(len(register), len(file), _sum(register), _sum(file), tuple(found))


def _sum(rows: Sequence[Cells]) -> int:
    return sum(_fen(row.get("income")) for row in rows)


def _fen(value: Any) -> int:
    return value.fen if hasattr(value, "fen") else int(value or 0)


def _differing(number: str, ours: Cells, theirs: Cells) -> Iterator[Difference]:
    for column in COMPARED:
        if column not in theirs:
            continue
        mine, told = _plain(ours.get(column)), _plain(theirs.get(column))
        if mine != told:
            yield Difference(number, Kind.DIFFERENT, column, mine, told)


def _plain(value: Any) -> str:
    """A value as both sides would write it."""
    return "" if value is None else str(value).strip()


def heading_of(column: str) -> Said:
    """The national heading of one of our columns."""
    return next((one.label for one in COLUMNS if one.name == column), as_it_is(column))
