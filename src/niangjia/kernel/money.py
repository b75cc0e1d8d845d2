"""Money is a whole number of fen and never a float; rounding is half-up to the fen (Appendix F)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import say

_WRITTEN = re.compile(r"(-?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,2}))?")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")


@dataclass(frozen=True, slots=True, order=True)
class Yuan:
    """An amount of renminbi, held in fen.

    >>> Yuan.of("1,963,500.00"), str(Yuan(196350000))
    (Yuan(196350000), '1,963,500.00')
    """

    fen: int

    def __post_init__(self) -> None:
        if isinstance(self.fen, bool) or not isinstance(self.fen, int):
            message = f"Yuan holds whole fen, not {self.fen!r}"
            raise TypeError(message)

    @classmethod
    def of(cls, amount: str | int | Decimal) -> Self:
        """The amount as a person writes it in yuan; whole yuan as an int. More than two decimals are refused.

        >>> Yuan.of("￥１，０００元"), Yuan.of(5000), Yuan.of(Decimal("0.5"))
        (Yuan(100000), Yuan(500000), Yuan(50))
        """
        if isinstance(amount, bool | float) or not isinstance(amount, str | int | Decimal):
            message = f"money is never made from {type(amount).__name__}"
            raise TypeError(message)
        text = format(amount, "f") if isinstance(amount, Decimal) else str(amount)
        found = _WRITTEN.fullmatch(_bare(text))
        if found is None:
            raise BadInput(say("“{text}”不是有效的金额，请写成 1000.00 这样，最多两位小数。", text=text))
        sign, yuan, fen = found.groups(default="")
        value = int(yuan.replace(",", "")) * 100 + int(fen.ljust(2, "0") or 0)
        return cls(-value if sign else value)

    @classmethod
    def rounded(cls, amount: Decimal | Fraction | int) -> Self:
        """An amount in yuan computed exactly, rounded half-up (away from zero) to the fen.

        >>> Yuan.rounded(Fraction(26000, 36)), Yuan.rounded(Decimal("-0.005"))
        (Yuan(72222), Yuan(-1))
        """
        if isinstance(amount, float):
            message = "money is never made from float"
            raise TypeError(message)
        exact = Fraction(amount) * 100
        whole = (abs(exact) + Fraction(1, 2)).__floor__()
        return cls(whole if exact >= 0 else -whole)

    @classmethod
    def total(cls, amounts: Iterable["Yuan"]) -> Self:
        """The sum; of nothing it is zero."""
        return cls(sum(amount.fen for amount in amounts))

    @property
    def exact(self) -> Fraction:
        """The amount in yuan, for calculations that round only at the end."""
        return Fraction(self.fen, 100)

    @property
    def decimal(self) -> Decimal:
        """The amount in yuan with two decimals."""
        return Decimal(self.fen).scaleb(-2)

    def times(self, ratio: Decimal | Fraction | int) -> Self:
        """A share of the amount, half-up to the fen.

        >>> Yuan.of("5000").times(Fraction(6, 12))
        Yuan(250000)
        """
        return type(self).rounded(self.exact * Fraction(ratio))

    def split(self, weights: Sequence[int]) -> tuple[Self, ...]:
        """Parts in proportion to the weights whose sum is exactly the whole; largest remainders first.

        >>> Yuan(100).split([1, 1, 1])
        (Yuan(34), Yuan(33), Yuan(33))
        """
        whole = sum(weights)
        if whole <= 0 or any(weight < 0 for weight in weights):
            message = "weights must not be negative and not all be zero"
            raise ValueError(message)
        parts = [divmod(self.fen * weight, whole) for weight in weights]
        left = self.fen - sum(part for part, _ in parts)
        first = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:left]
        return tuple(type(self)(part + (place in first)) for place, (part, _) in enumerate(parts))

    def capital(self) -> str:
        """The amount in capital characters, as a voucher must carry it (支付结算办法 附一).

        Where the rule leaves 零 and 整 free, the first form of its own examples is used.

        >>> Yuan.of("16409.02").capital()
        '壹万陆仟肆佰零玖元零贰分'
        """
        yuan, (jiao, fen) = abs(self.fen) // 100, divmod(abs(self.fen) % 100, 10)
        sign = "负" if self.fen < 0 else ""
        head = f"{_capital_number(yuan)}元" if yuan else ""
        return sign + head + _capital_tail(yuan, jiao, fen)

    def __add__(self, other: "Yuan") -> Self:
        return type(self)(self.fen + other.fen) if isinstance(other, Yuan) else NotImplemented

    def __sub__(self, other: "Yuan") -> Self:
        return type(self)(self.fen - other.fen) if isinstance(other, Yuan) else NotImplemented

    def __mul__(self, times: int) -> Self:
        whole = isinstance(times, int) and not isinstance(times, bool)
        return type(self)(self.fen * times) if whole else NotImplemented

    __rmul__ = __mul__

    def __neg__(self) -> Self:
        return type(self)(-self.fen)

    def __abs__(self) -> Self:
        return type(self)(abs(self.fen))

    def __bool__(self) -> bool:
        return self.fen != 0

    def __repr__(self) -> str:
        return f"Yuan({self.fen})"

    def __str__(self) -> str:
        return f"{self.decimal:,.2f}"


def _bare(text: str) -> str:
    """Without currency signs, blanks and full-width forms."""
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    return flat.replace("−", "-").removeprefix("¥").removeprefix("CNY").removesuffix("元")


def _capital_tail(yuan: int, jiao: int, fen: int) -> str:
    if not jiao and not fen:
        return "整" if yuan else "零元整"
    needs_zero = yuan and (not jiao or yuan % 10 == 0)
    return (
        ("零" if needs_zero else "")
        + (f"{_DIGITS[jiao]}角" if jiao else "")
        + (f"{_DIGITS[fen]}分" if fen else "")
    )


def _capital_number(number: int) -> str:
    """A positive whole number; each break of four or eight places is read for itself."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _capital_number(high) + name + gap + (_capital_number(low) if low else "")
    return _capital_group(number)


def _capital_group(number: int) -> str:
    """A number of one to four digits; the blank places inside it give one 零."""
    written, zero = "", False
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        if digit == "0":
            zero = bool(written)
            continue
        written += ("零" if zero else "") + _DIGITS[int(digit)] + place
        zero = False
    return written
