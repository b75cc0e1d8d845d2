"""What a person's number tells by itself: GB 11643 with its date, sex and check character (Appendix F)."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import mul

from niangjia.kernel.identifiers.findings import Code, Finding
from niangjia.kernel.periods import age_on
from niangjia.kernel.words import say

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
OLDEST = 120
LONG = 18


class IdKind(StrEnum):
    """The paper a person shows."""

    RESIDENT = "resident"
    HK_MACAO_RESIDENCE = "hk_macao_residence"
    TAIWAN_RESIDENCE = "taiwan_residence"
    PERMANENT_RESIDENCE = "permanent_residence"
    HK_MACAO_TRAVEL = "hk_macao_travel"
    TAIWAN_TRAVEL = "taiwan_travel"
    PASSPORT = "passport"
    OTHER = "other"


class Sex(StrEnum):
    """Sex as the seventeenth digit tells it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class GenuineException:
    """Why a number that fails its check is believed: the scanned card and two people who saw it (D-6)."""

    scan_sha256: str
    seen_by: int
    confirmed_by: int

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-f]{64}", self.scan_sha256):
            message = "an exception needs the SHA-256 of the scanned card"
            raise ValueError(message)
        if self.seen_by == self.confirmed_by:
            message = "an exception needs a second person"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class PersonalId:
    """A number that may be kept. `number` is the normal form, `alias` the old 15-digit one if that was given.

    A number that is not `matchable` (genuine but invalid) stays out of automatic matching (D-6).
    """

    kind: IdKind
    number: str
    born: date | None = None
    sex: Sex | None = None
    alias: str | None = None
    findings: tuple[Finding, ...] = ()
    matchable: bool = True

    @property
    def area(self) -> str | None:
        """The six digits of the place that numbered a resident."""
        return self.number[:6] if self.kind is IdKind.RESIDENT else None

    @property
    def masked(self) -> str:
        """For lists inside an office: the last two characters; published lists carry none (R-G-02)."""
        return "*" * (len(self.number) - 2) + self.number[-2:]


ResidentId = PersonalId


@dataclass(frozen=True, slots=True)
class KnownOfPerson:
    """What else is known when a number is read: the day, sex and birth told, area codes that ever existed."""

    on: date
    sex: Sex | None = None
    born: date | None = None
    areas: Container[str] | None = field(default=None, hash=False)
    exception: GenuineException | None = None


def check_character(first17: str) -> str:
    """The eighteenth character of GB 11643.

    >>> check_character("11010519491231002")
    'X'
    """
    return CHECKS[sum(map(mul, map(int, first17), WEIGHTS)) % 11]


def to_18(old: str) -> str:
    """The 18-character form of a 15-digit number: the nineteenth century is gone, all are born 19xx.

    >>> to_18("110105491231002")
    '11010519491231002X'
    """
    first17 = f"{old[:6]}19{old[6:]}"
    return first17 + check_character(first17)


def is_sound_resident_number(number: str, on: date) -> bool:
    """Whether an 18-character number in normal form has an existing birth date and the right check."""
    return (
        len(number) == LONG
        and number[:17].isascii()
        and number[:17].isdigit()
        and number[17] == check_character(number[:17])
        and not isinstance(birth_in(number[6:14], on), Finding)
    )


def birth_in(eight: str, on: date) -> date | Finding:
    """The birth date written as eight digits, or what is wrong with it on the day."""
    try:
        born = date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        text = f"{eight[:4]}-{eight[4:6]}-{eight[6:]}"
        said = say("号码里的出生日期 {day} 不存在，请对照证件核对第 7 至 14 位。", day=text)
        return Finding(Code.NO_SUCH_DAY, said)
    if born > on:
        return Finding(Code.BORN_LATER, say("号码里的出生日期 {day} 还没有到，请核对。", day=born))
    if age_on(born, on) > OLDEST:
        return Finding(Code.TOO_OLD, say("按号码推算已超过 {age} 岁，请核对。", age=OLDEST))
    return born
