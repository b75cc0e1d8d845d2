"""Numbers of papers, and the code by which anybody checks one."""

import hmac
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty signs that are not taken for each other: no 0 O, 1 I L, U."""
CODE_LENGTH = 10
_HALF = CODE_LENGTH // 2


def number_of(*, series: str, unit_id: int, year: int, sequence: int) -> str:
    """The number as printed: series, union, year, place in the year.

    >>> number_of(series="DJ", unit_id=12, year=2018, sequence=7)
    'DJ-12-2018-0007'
    """
    return f"{series}-{unit_id}-{year}-{sequence:04d}"


def code_from(digest: bytes) -> str:
    """The first ten signs of a keyed digest (49 bits), in two groups.

    >>> code_from(bytes(range(32)))
    'HJ4K2-5EFWY'
    """
    value = int.from_bytes(digest[:16], "big")
    signs = []
    for _ in range(CODE_LENGTH):
        value, place = divmod(value, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs[:_HALF]) + "-" + "".join(signs[_HALF:])


def told_code(text: str) -> str:
    """A code as somebody typed it: small letters, full-width signs, spaces and strokes do no harm.

    >>> told_code(" 28twn　has94 ")
    '28TWN-HAS94'
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    signs = "".join(sign for sign in plain if sign in ALPHABET)
    return f"{signs[:_HALF]}-{signs[_HALF:]}" if len(signs) == CODE_LENGTH else ""


def same_code(one: str, other: str) -> bool:
    """Whether two codes are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
