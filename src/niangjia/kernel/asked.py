"""Parameters of the API: written in one way only, the way the OpenAPI document says."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from niangjia.kernel.errors import NotVisible
from niangjia.kernel.words import say

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written(pattern: re.Pattern[str], kind: str) -> BeforeValidator:
    """Refuse what pydantic would read by goodwill: 0.0 or " 12" as a number, 1534723200 as a day."""

    def read(told: Any) -> Any:
        if isinstance(told, str) and not pattern.fullmatch(told):
            raise PydanticCustomError(kind, "not as the document says")
        return told

    return BeforeValidator(read)


def _in_our_time(day: date) -> date:
    if not FIRST <= day <= LAST:
        raise NotVisible(say("平台没有这一天的资料。请换成 1900 年到 2200 年之间的日期。"))
    return day


WHOLE = _written(re.compile(r"-?[0-9]{1,30}"), "int_parsing")
"""Stands after the bounds of a number, so that the document tells them."""
Whole = Annotated[int, WHOLE]
"""Any whole number; one that no row can have is answered as one that is not there."""
Number = Annotated[int, Field(ge=1, le=10**15 - 1), WHOLE]
"""The number of a row."""
Day = Annotated[date, _written(_DAY, "date_parsing"), AfterValidator(_in_our_time)]
"""A day, as 2018-08-20; one out of our time is not there."""
Flag = Annotated[bool, _written(re.compile("true|false"), "bool_parsing")]
"""true or false."""
