"""Numbers that no citizen and no firm bears: area code 990101 is unassigned (Appendix F). Pure."""

from datetime import date

from niangjia.kernel.identifiers import organisations, persons

AREA = "990101"
_BASE = organisations.ALPHABET
_MALE_DIGITS = 5


def resident_number(*, born: date, serial: int, is_male: bool) -> str:
    """A resident number with the right check character for an invented person.

    >>> resident_number(born=date(1990, 1, 1), serial=0, is_male=True)
    '990101199001010019'
    """
    order, last = divmod(serial, _MALE_DIGITS)
    first17 = f"{AREA}{born:%Y%m%d}{order:02d}{2 * last + (1 if is_male else 0)}"
    return first17 + persons.check_character(first17)


def credit_code(prefix: str, serial: int) -> str:
    """A unified social credit code with both right check characters; the prefix says the kind of holder.

    >>> credit_code("91", 1)
    '91990101MA0000015C'
    """
    text = ""
    for _ in range(6):
        serial, rest = divmod(serial, len(_BASE))
        text = _BASE[rest] + text
    body = f"MA{text}"
    first17 = f"{prefix}{AREA}{body}{organisations.organisation_check(body)}"
    return first17 + organisations.uscc_check(first17)


def mobile(serial: int) -> str:
    """A mobile number of right shape in a range kept for the demo world: 199 000x xxxx.

    >>> mobile(7)
    '19900000007'
    """
    return f"199000{serial:05d}"
