"""The number of a member's card: it is the person's, stays through every transfer, checks itself."""

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import luhn_holds
from niangjia.kernel.words import say

HEAD = "33"
DIGITS = 11


def card_number(person_id: int) -> str:
    """The fourteen digits of a card: the province, the person's number, a Luhn check digit.

    >>> card_number(1018)
    '33000000010183'
    >>> person_of_card(card_number(1018))
    1018
    """
    body = f"{HEAD}{person_id:0{DIGITS}}"
    return next(body + digit for digit in "0123456789" if luhn_holds(body + digit))


def person_of_card(number: str) -> int:
    """Whose card it is. Raises BadInput for a number that is none of ours."""
    digits = "".join(number.split())
    if not (digits.isdecimal() and digits.isascii() and len(digits) == len(HEAD) + DIGITS + 1):
        raise BadInput(say("会员卡号是 14 位数字，例如 {example}。", example=card_number(1018)), field="card")
    if not digits.startswith(HEAD) or not luhn_holds(digits):
        raise BadInput(say("这个会员卡号有误，请照卡面再核对一遍。"), field="card")
    return int(digits[len(HEAD) : -1])
