"""Codes of divisions (GB/T 2260), industries (GB/T 4754) and peoples (GB/T 3304)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers.findings import tidy
from niangjia.kernel.words import say

ALL_PEOPLES = 56
OTHER_PEOPLES = {"97", "98"}


class DivisionLevel(StrEnum):
    """How deep a division lies."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"


_LENGTHS = {2: DivisionLevel.PROVINCE, 4: DivisionLevel.CITY, 6: DivisionLevel.COUNTY}
_LONG = {9: DivisionLevel.TOWN, 12: DivisionLevel.VILLAGE}


@dataclass(frozen=True, slots=True)
class DivisionCode:
    """A division's code: six digits down to the county, nine for a town, twelve for a village."""

    code: str

    @property
    def level(self) -> DivisionLevel:
        """How deep it lies.

        >>> DivisionCode("330000").level.value, DivisionCode("330803110").level.value
        ('province', 'town')
        """
        return (_LONG | _LENGTHS)[len(self.bare)]

    @property
    def bare(self) -> str:
        """Without the zeros that fill up a province or city."""
        if len(self.code) > 6:  # noqa: PLR2004 - six digits name a county
            return self.code
        return re.sub(r"(00){1,2}$", "", self.code)

    @property
    def parent(self) -> "DivisionCode | None":
        """The division above.

        >>> DivisionCode("330803110").parent, DivisionCode("330800").parent
        (DivisionCode(code='330803'), DivisionCode(code='330000'))
        """
        bare = self.bare
        if self.level is DivisionLevel.PROVINCE:
            return None
        above = bare[: -3 if self.level in _LONG.values() else -2]
        return DivisionCode(above.ljust(6, "0"))


def parse_division(text: str, *, field: str = "division") -> DivisionCode:
    """The code of a division; whether it exists on a day is the tree's knowledge, not this one's."""
    code = tidy(text)
    if not re.fullmatch(r"[1-9]\d{5}(\d{3}(\d{3})?)?", code, re.ASCII):
        raise BadInput(say("行政区划代码应为 6 位（县）、9 位（乡镇）或 12 位（村）数字。"), field=field)
    return DivisionCode(code)


def parse_industry(text: str, *, field: str = "industry_code") -> str:
    """An industry of GB/T 4754-2017: a letter A to T, alone or with two to four digits.

    >>> parse_industry("g5430")
    'G5430'
    """
    code = tidy(text)
    if not re.fullmatch(r"[A-T](\d{2,4})?", code, re.ASCII):
        raise BadInput(say("行业代码应为 A 至 T 的一个字母加 2 至 4 位数字，如 G5430。"), field=field)
    return code


def parse_people(text: str, *, field: str = "ethnicity") -> str:
    """A people of GB/T 3304: 01 to 56, 97 for others, 98 for naturalised foreigners.

    >>> parse_people("1")
    '01'
    """
    code = tidy(text).zfill(2)
    valid = re.fullmatch(r"\d{2}", code, re.ASCII) and (
        1 <= int(code) <= ALL_PEOPLES or code in OTHER_PEOPLES
    )
    if not valid:
        raise BadInput(say("民族代码应为 01 至 56，其他为 97，外国血统中国籍人士为 98。"), field=field)
    return code
