"""Mobile numbers of the mainland, Hong Kong, Macao and Taiwan, and bank cards (Appendix F)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers.findings import Code, Finding, tidy, warning
from niangjia.kernel.words import say


class Region(StrEnum):
    """Where a mobile number belongs; the value is the country calling code."""

    MAINLAND = "86"
    HONG_KONG = "852"
    MACAO = "853"
    TAIWAN = "886"


_NATIONAL = {
    Region.MAINLAND: re.compile(r"1[3-9]\d{9}", re.ASCII),
    Region.HONG_KONG: re.compile(r"[4-9]\d{7}", re.ASCII),
    Region.MACAO: re.compile(r"6\d{7}", re.ASCII),
    Region.TAIWAN: re.compile(r"9\d{8}", re.ASCII),
}


@dataclass(frozen=True, slots=True)
class Mobile:
    """A mobile number with its region."""

    region: Region
    national: str

    @property
    def e164(self) -> str:
        """The international form, the one that is stored and indexed."""
        return f"+{self.region}{self.national}"

    @property
    def masked(self) -> str:
        """For lists inside an office: the first three and the last two digits."""
        return f"{self.national[:3]}{'*' * (len(self.national) - 5)}{self.national[-2:]}"

    def __str__(self) -> str:
        return self.national if self.region is Region.MAINLAND else f"+{self.region} {self.national}"


def parse_mobile(text: str, *, field: str = "mobile") -> Mobile:
    """A mobile number; without a calling code it is one of the mainland.

    >>> parse_mobile("+86 138-0000-0000").e164, parse_mobile("00852 9123 4567").e164
    ('+8613800000000', '+85291234567')
    """
    if _NATIONAL[Region.MAINLAND].fullmatch(text):
        return Mobile(Region.MAINLAND, text)
    number = re.sub(r"[().]", "", tidy(text))
    if not number:
        raise BadInput(say("请填写手机号码。"), field=field)
    number = re.sub(r"^(\+|00)", "+", number)
    for region in Region:
        national = number.removeprefix(f"+{region}")
        if region is Region.TAIWAN and national != number:
            national = national.removeprefix("0")
        if (national != number or region is Region.MAINLAND) and _NATIONAL[region].fullmatch(national):
            return Mobile(region, national)
    raise BadInput(say("手机号码应为 1 开头的 11 位数字；港澳台号码请带上 +852、+853 或 +886。"), field=field)


@dataclass(frozen=True, slots=True)
class BankCard:
    """A bank card number; not every genuine card passes Luhn, so a failure only warns."""

    number: str
    findings: tuple[Finding, ...] = ()

    @property
    def masked(self) -> str:
        """The last four digits."""
        return f"**** {self.number[-4:]}"


def luhn_holds(digits: str) -> bool:
    """Whether the digits satisfy Luhn.

    >>> luhn_holds("6228480000000000018"), luhn_holds("6228480000000000019")
    (True, False)
    """
    values = [int(digit) for digit in reversed(digits)]
    return (sum(values[::2]) + sum(sum(divmod(2 * value, 10)) for value in values[1::2])) % 10 == 0


def parse_bank_card(text: str, *, field: str = "bank_account") -> BankCard:
    """A bank card of 12 to 19 digits.

    >>> parse_bank_card("6228 4800 0000 0000 018").masked
    '**** 0018'
    """
    number = tidy(text)
    if not re.fullmatch(r"\d{12,19}", number, re.ASCII):
        raise BadInput(say("银行卡号应为 12 至 19 位数字，请核对。"), field=field)
    if luhn_holds(number):
        return BankCard(number)
    return BankCard(number, (warning(Code.LUHN, say("卡号校验没有通过，可能录错了一位，请再核对一次。")),))
