"""The kinds of values a policy may have: read from TOML, JSON or a form, checked, and dumped as JSON again.

No float ever enters: money is Yuan, every other number that is not whole is a Fraction ("2/3", "0.005").
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.periods import Period
from niangjia.kernel.words import Said, listed, say


class Kind(StrEnum):
    """What a value is."""

    FLAG = "flag"
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    CHOICE = "choice"
    COUNTS = "counts"
    TEXTS = "texts"
    DAYS = "days"
    RECORD = "record"
    TABLE = "table"

    @property
    def is_ordered(self) -> bool:
        """Whether values of this kind have bounds."""
        return self in {Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.COUNTS}


Value = object
Number = int | Fraction | Yuan


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest value allowed, both inside; None leaves a side open."""

    low: Number | None = None
    high: Number | None = None

    def narrowed(self, other: "Bounds") -> "Bounds":
        """The stricter of both on each side."""
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return Bounds(max(lows, key=_size, default=None), min(highs, key=_size, default=None))

    def cut(self, value: Number) -> Number:
        """The value, or the bound it passes."""
        if self.low is not None and _size(value) < _size(self.low):
            return self.low
        if self.high is not None and _size(value) > _size(self.high):
            return self.high
        return value

    def complaint(self, value: Number) -> Said | None:
        """What to say of a value outside; None of one inside."""
        if self.cut(value) == value:
            return None
        if self.low is not None and self.high is not None:
            return say(
                "应在 {low} 至 {high} 之间，现在是 {value}。", low=self.low, high=self.high, value=value
            )
        if self.low is not None:
            return say("不能小于 {low}，现在是 {value}。", low=self.low, value=value)
        return say("不能大于 {high}，现在是 {value}。", high=self.high, value=value)


def _size(value: Number) -> Fraction:
    return value.exact if isinstance(value, Yuan) else Fraction(value)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value must look like; a record and the rows of a table have a shape for every column."""

    kind: Kind
    bounds: Bounds = Bounds()
    choices: tuple[str, ...] = ()
    columns: Mapping[str, "Shape"] = field(default_factory=dict)
    optional: bool = False

    def read(self, raw: object) -> Value:
        """The value, or bad input that says what is wrong; what was read once may be read again."""
        value = _READERS[self.kind](self, raw)
        for number in _numbers(self.kind, value):
            complaint = self.bounds.complaint(number)
            if complaint:
                raise BadInput(complaint)
        return value


def dump(value: Value) -> object:
    """The value as JSON can carry it; `Shape.read` takes it back.

    >>> dump(Yuan.of(5000)), dump(Fraction(2, 3)), dump((date(2018, 2, 15),))
    ('5000.00', '2/3', ['2018-02-15'])
    """
    if isinstance(value, Yuan):
        return f"{value.decimal:f}"
    if isinstance(value, Fraction | date):
        return str(value)
    if isinstance(value, Mapping):
        return {name: dump(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return [dump(part) for part in value]
    return value


def _numbers(kind: Kind, value: Value) -> tuple[Number, ...]:
    if not kind.is_ordered:
        return ()
    parts = value if isinstance(value, tuple) else (value,)
    return tuple(part for part in parts if isinstance(part, int | Fraction | Yuan))


def _flag(shape: Shape, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in {"true", "false"}:
        return raw == "true"
    raise BadInput(say("应为“是”或“否”。"))


def _count(shape: Shape, raw: object) -> int:
    if isinstance(raw, str) and raw.strip().isascii() and raw.strip().isdigit():
        return int(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    raise BadInput(say("应为整数，现在是“{raw}”。", raw=raw))


def _number(shape: Shape, raw: object) -> Fraction:
    if isinstance(raw, int | str | Decimal | Fraction) and not isinstance(raw, bool):
        try:
            return Fraction(raw)
        except (ValueError, ZeroDivisionError):
            pass
    raise BadInput(say("应为数字（如 0.8 或 2/3），现在是“{raw}”。", raw=raw))


def _money(shape: Shape, raw: object) -> Yuan:
    if isinstance(raw, Yuan):
        return raw
    if isinstance(raw, str | int | Decimal) and not isinstance(raw, bool):
        return Yuan.of(raw)
    raise BadInput(say("应为金额（如 5000.00），现在是“{raw}”。", raw=raw))


def _text(shape: Shape, raw: object) -> str:
    if isinstance(raw, str) and raw.strip():
        return raw.strip()
    raise BadInput(say("应为文字，不能为空。"))


def _choice(shape: Shape, raw: object) -> str:
    if isinstance(raw, str) and raw in shape.choices:
        return raw
    raise BadInput(say("应为 {choices} 之一，现在是“{raw}”。", choices=listed(shape.choices), raw=raw))


def _each(raw: object) -> Sequence[object]:
    if isinstance(raw, list | tuple):
        return raw
    raise BadInput(say("应为一列值，现在是“{raw}”。", raw=raw))


def _counts(shape: Shape, raw: object) -> tuple[int, ...]:
    return tuple(_count(shape, part) for part in _each(raw))


def _texts(shape: Shape, raw: object) -> tuple[str, ...]:
    texts = tuple(_text(shape, part) for part in _each(raw))
    if len(set(texts)) < len(texts):
        raise BadInput(say("列表里有重复的项。"))
    return texts


def _days(shape: Shape, raw: object) -> tuple[date, ...]:
    """Days; a text "2018-02-15/2018-02-21" stands for every day from the first to the last."""
    days = [day for part in _each(raw) for day in _stretch(part)]
    if len(set(days)) < len(days):
        raise BadInput(say("列表里有重复的日期。"))
    return tuple(sorted(days))


def _stretch(raw: object) -> Sequence[date]:
    if isinstance(raw, date):
        return (raw,)
    try:
        first, _, last = str(raw).partition("/")
        since, until = date.fromisoformat(first), date.fromisoformat(last or first)
        return tuple(Period(since, date.fromordinal(until.toordinal() + 1)).days())
    except ValueError:
        raise BadInput(say("“{raw}”不是日期，请写成 2018-02-15。", raw=raw)) from None


def _record(shape: Shape, raw: object) -> dict[str, Value]:
    if not isinstance(raw, Mapping):
        raise BadInput(say("应为一行有名称的值，现在是“{raw}”。", raw=raw))
    strange = sorted(raw.keys() - shape.columns.keys())
    if strange:
        raise BadInput(say("没有“{name}”这一栏。", name=strange[0]))
    return {name: _cell(name, column, raw.get(name)) for name, column in shape.columns.items()}


def _cell(name: str, column: Shape, raw: object) -> Value:
    if raw is None and column.optional:
        return None
    if raw is None:
        raise BadInput(say("缺少“{name}”这一栏。", name=name))
    try:
        return column.read(raw)
    except BadInput as bad:
        raise BadInput(say("“{name}”一栏{why}", name=name, why=bad.reasons[0])) from None


def _table(shape: Shape, raw: object) -> tuple[dict[str, Value], ...]:
    rows = []
    for number, part in enumerate(_each(raw), 1):
        try:
            rows.append(_record(shape, part))
        except BadInput as bad:
            raise BadInput(say("第 {n} 行：{why}", n=number, why=bad.reasons[0])) from None
    return tuple(rows)


_READERS: Mapping[Kind, Callable[[Shape, object], Value]] = {
    Kind.FLAG: _flag,
    Kind.COUNT: _count,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.COUNTS: _counts,
    Kind.TEXTS: _texts,
    Kind.DAYS: _days,
    Kind.RECORD: _record,
    Kind.TABLE: _table,
}
