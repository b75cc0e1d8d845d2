"""What a check of an identifier found: errors stop it, warnings go along with the value (data.md §3)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import Said

_GAPS = re.compile(r"[\s\-‐‑–—_]+")


class Code(StrEnum):
    """What is the matter; stable, used in lists of findings and in imports."""

    EMPTY = "empty"
    SHAPE = "shape"
    LENGTH = "length"
    LETTER = "letter"
    PREFIX = "prefix"
    CHECK_DIGIT = "check_digit"
    ORGANISATION_CODE = "organisation_code"
    NO_SUCH_DAY = "no_such_day"
    BORN_LATER = "born_later"
    TOO_OLD = "too_old"
    AREA = "area"
    SEX = "sex"
    BIRTH = "birth"
    LUHN = "luhn"
    PLACEHOLDER = "placeholder"
    PRIVATE_CHARACTER = "private_character"
    GENUINE_BUT_INVALID = "genuine_but_invalid"


class Level(StrEnum):
    """Whether a finding stops the value."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, with the sentence for the person who typed it."""

    code: Code
    said: Said
    level: Level = Level.ERROR

    @property
    def is_error(self) -> bool:
        """Whether it stops the value."""
        return self.level is Level.ERROR


def warning(code: Code, said: Said) -> Finding:
    """A finding that does not stop the value."""
    return Finding(code, said, Level.WARNING)


def require_sound(findings: tuple[Finding, ...], field: str) -> tuple[Finding, ...]:
    """The warnings; errors are raised as bad input of the field."""
    errors = tuple(finding.said for finding in findings if finding.is_error)
    if errors:
        raise BadInput(*errors, field=field)
    return findings


def tidy(text: str) -> str:
    """The text in half-width capitals, without blanks and dashes.

    >>> tidy(" ９９０１０１ 19880405-001x ")
    '99010119880405001X'
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).upper()
