"""Long lists by keys: a page begins after the last row seen, so every page costs as much as the first."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from niangjia.kernel.errors import BadInput, NotVisible
from niangjia.kernel.shapes import Pager
from niangjia.kernel.words import say

Row = TypeVar("Row", bound=Model)
PAGE = 25
MOST = 200


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Some rows of a long list, and the keys of its neighbours."""

    rows: tuple[Row, ...]
    before: str = ""
    after: str = ""

    def pager(self, *, total: int | None) -> Pager:
        """Where the list stands, for the page."""
        return Pager(total=total, before=self.before, after=self.after)


def slice_of(
    rows: QuerySet[Row], *, sort: str, before: str = "", after: str = "", size: int = PAGE, key: str = "pk"
) -> Slice[Row]:
    """The rows after or before a key, ordered by `sort` (a leading minus is down) and then by number.

    Raises BadInput for a key that is none of ours.
    """
    column, down = sort.removeprefix("-"), sort.startswith("-")
    token, back = (before, True) if before else (after, False)
    downward = down is not back
    if token:
        rows = rows.filter(_beyond(column, key, _read(token), downward=downward))
    sign = "-" if downward else ""
    found = list(rows.order_by(f"{sign}{column}", f"{sign}{key}")[: size + 1])
    more = len(found) > size
    found = found[:size]
    if back:
        found.reverse()
    first, last = (_write(found[0], column), _write(found[-1], column)) if found else ("", "")
    return Slice(tuple(found), first if (more if back else token) else "", last if (back or more) else "")


def _beyond(column: str, key: str, place: tuple[Any, int], *, downward: bool) -> Q:
    value, number = place
    side = "lt" if downward else "gt"
    tied = Q(**{f"{column}__{side}": value}) | Q(**{f"{key}__{side}": number})
    return Q(**{f"{column}__{side}e": value}) & tied


def _write(row: Model, column: str) -> str:
    value = getattr(row, column)
    shape = "t" if isinstance(value, datetime) else "d"
    told = {shape: value.isoformat()} if isinstance(value, date) else value
    return urlsafe_b64encode(json.dumps([told, row.pk]).encode()).decode().rstrip("=")


def part_of(*, rows: QuerySet[Row], sort: str, after: str, size: int = PAGE) -> Slice[Row]:
    """The same for programs. Raises NotVisible for a key that is none of ours: the list has no such part."""
    try:
        return slice_of(rows, sort=sort, after=after, size=size)
    except BadInput as error:
        raise NotVisible(*error.reasons) from error


def _read(token: str) -> tuple[Any, int]:
    try:
        value, number = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        value = _day_or_moment(value) if isinstance(value, dict) else value
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(say("翻页的位置无法识别。请从第一页看起。"), field="after") from error
    fits = isinstance(number, int) and abs(number) < 2**63 and isinstance(value, str | int | date)
    if not fits or "\x00" in str(value) or (isinstance(value, int) and abs(value) >= 2**63):
        raise BadInput(say("翻页的位置无法识别。请从第一页看起。"), field="after")
    return value, number


def _day_or_moment(told: Mapping[str, str]) -> date:
    """A day, or a moment, which is a day to Python but not the other way round; a moment has its zone."""
    if "t" not in told:
        return date.fromisoformat(told["d"])
    moment = datetime.fromisoformat(told["t"])
    if moment.tzinfo is None:
        raise ValueError(told)
    return moment


def sort_of(asked: str, allowed: Mapping[str, str], *, usual: str) -> str:
    """The column to sort by: what the address asks for, if it is offered."""
    column = allowed.get(asked.removeprefix("-"))
    return usual if column is None else f"-{column}" if asked.startswith("-") else column
