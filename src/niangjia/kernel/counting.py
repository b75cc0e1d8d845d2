"""Counts and the words for them; persons are never person-times (R-G-05).

余 and 多 say at least, 超 strictly more, 约 about.

`wording` follows one rule for every number. The number is cut to its leading digits (约 rounds instead);
if nothing was cut away it is said as it is. From ten thousand on it is counted in 万, from a hundred
million in 亿. 余 stands behind a multiple of ten ("2500余家", "60余万") and otherwise behind 万 ("8万余家").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Self

from niangjia.kernel.money import Yuan


class Style(StrEnum):
    """How a number is said; the value is the Chinese word that carries the sense."""

    EXACT = ""
    AND_MORE = "余"
    MANY = "多"
    OVER = "超"
    ABOUT = "约"


_DIGITS_KEPT = {Style.OVER: 3}
_ENGLISH = {Style.EXACT: "{}", Style.OVER: "over {}", Style.ABOUT: "about {}"}
_SCALES = ((10**8, "亿"), (10**4, "万"))


def wording(
    n: int | Yuan, unit: str = "", style: Style = Style.AND_MORE, *, digits: int | None = None
) -> str:
    """The number as the newspaper says it, with its unit; `digits` leading digits are kept (2, for 超 3).

    >>> wording(2513, "家"), wording(80214, "家"), wording(600730)
    ('2500余家', '8万余家', '60余万')
    >>> wording(Yuan.of("1963500.00"), style=Style.OVER), wording(Yuan.of("20400.00"))
    ('超196万元', '2万余元')
    >>> wording(2500, "家"), wording(335, "家", Style.EXACT)
    ('2500家', '335家')
    """
    exact, unit = (n.exact, unit or "元") if isinstance(n, Yuan) else (Fraction(n), unit)
    if exact < 0:
        message = f"a count is never negative: {n}"
        raise ValueError(message)
    if style is Style.EXACT:
        return f"{_plain(n)}{unit}"
    said = _cut(exact, digits or _DIGITS_KEPT.get(style, 2), style)
    number, scale = _scaled(said)
    if said == exact:
        return f"{number}{scale}{unit}"
    if style in {Style.OVER, Style.ABOUT}:
        return f"{style}{number}{scale}{unit}"
    return _with_more(number, scale, unit, style)


def in_english(n: int | Yuan, style: Style = Style.AND_MORE, *, digits: int | None = None) -> str:
    """The same number for the English reader, without a unit.

    >>> in_english(2513), in_english(Yuan.of("1963500.00"), Style.OVER), in_english(2500)
    ('2,500+', 'over 1,960,000', '2,500')
    """
    exact = n.exact if isinstance(n, Yuan) else Fraction(n)
    if style is Style.EXACT:
        return str(n) if isinstance(n, Yuan) else f"{n:,}"
    said = _cut(exact, digits or _DIGITS_KEPT.get(style, 2), style)
    pattern = "{}" if said == exact else _ENGLISH.get(style, "{}+")
    return pattern.format(f"{said:,}")


def _cut(exact: Fraction, digits: int, style: Style) -> int:
    """The whole number of which only the leading digits are left."""
    step: int = 10 ** max(len(str(int(exact))) - digits, 0)
    nearest = Fraction(1, 2) if style is Style.ABOUT else 0
    return int(exact / step + nearest) * step


def _scaled(said: int) -> tuple[str, str]:
    for size, name in _SCALES:
        if said >= size:
            whole, rest = divmod(said, size)
            tail = f".{rest:0{len(str(size)) - 1}d}".rstrip("0") if rest else ""
            return f"{whole}{tail}", name
    return str(said), ""


def _with_more(number: str, scale: str, unit: str, style: Style) -> str:
    if "." not in number and number.endswith("0") and number != "0":
        return f"{number}{style}{scale}{unit}"
    return f"{number}{scale}{style}{unit}" if scale else f"{number}{unit}{style}"


def _plain(n: int | Yuan) -> str:
    if isinstance(n, Yuan):
        return f"{n.decimal:f}".removesuffix(".00")
    return str(n)


class Measure(StrEnum):
    """What is counted; the value is its measure word. Different measures never add up."""

    PERSONS = "人"
    ATTENDANCES = "人次"
    HOUSEHOLDS = "户"
    ITEMS = "笔"
    UNITS = "家"


@dataclass(frozen=True, slots=True)
class Count:
    """A number of one measure. Persons and person-times are different things (R-G-05).

    >>> Count(1236, Measure.ATTENDANCES).wording()
    '1200余人次'
    >>> Count(6012, Measure.PERSONS) + Count(1236, Measure.ATTENDANCES)
    Traceback (most recent call last):
    TypeError: 人 and 人次 are different measures and never add up
    """

    value: int
    measure: Measure

    def __post_init__(self) -> None:
        if self.value < 0:
            message = f"a count is never negative: {self.value}"
            raise ValueError(message)

    @classmethod
    def total(cls, measure: Measure, counts: Iterable["Count"]) -> Self:
        """The sum of counts of one measure; of nothing it is zero."""
        return cls(sum(_value(count, measure) for count in counts), measure)

    def wording(
        self, style: Style = Style.AND_MORE, *, unit: str | None = None, digits: int | None = None
    ) -> str:
        """The count in words; `unit` chooses another measure word of the same measure (名 for 人)."""
        return wording(self.value, self.measure.value if unit is None else unit, style, digits=digits)

    def __add__(self, other: "Count") -> Self:
        return type(self)(self.value + _value(other, self.measure), self.measure)

    def __sub__(self, other: "Count") -> Self:
        return type(self)(self.value - _value(other, self.measure), self.measure)

    def __lt__(self, other: "Count") -> bool:
        return self.value < _value(other, self.measure)

    def __le__(self, other: "Count") -> bool:
        return self.value <= _value(other, self.measure)

    def __str__(self) -> str:
        return f"{self.value}{self.measure}"


def _value(count: Count, measure: Measure) -> int:
    """The number of a count that must be of this measure."""
    if not isinstance(count, Count):
        message = f"a count of {measure} has no sum with {count!r}"
        raise TypeError(message)
    if count.measure is not measure:
        message = f"{measure} and {count.measure} are different measures and never add up"
        raise TypeError(message)
    return count.value
