"""The roll as files: as it is seen, and in the columns of the national register (exchange's port)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from niangjia.enrolment.queries import leaving, yearly
from niangjia.enrolment.rules import national
from niangjia.exchange.rules.kinds import ExportKind
from niangjia.kernel.access import Actor
from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import say
from niangjia.members.permissions import Word

Rows = tuple[int, Iterator[Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class AsSeen:
    """The rows and columns of the list of members."""

    def rows(self, asked: Mapping[str, str], *, by: Actor, today: date) -> Rows:
        """How many, and the cells as the page shows them."""
        rows = leaving.members_to_leave(asked=asked, by=by, today=today)
        return rows.count(), leaving.cells_as_seen(rows=rows, by=by, today=today)


@dataclass(frozen=True, slots=True)
class National:
    """The members who lack nothing, with full numbers."""

    def rows(self, asked: Mapping[str, str], *, by: Actor, today: date) -> Rows:
        """How many, and the cells in the order of the national columns."""
        rows = leaving.fit_for_the_register(asked=asked, by=by, today=today)
        return rows.count(), leaving.national_cells(rows=rows, note=str(national.UNVERIFIED))


MEMBERS = ExportKind(
    key="members",
    title=say("会员名册"),
    word=Word.READ,
    columns=leaving.COLUMNS,
    listing=AsSeen(),
    page="members",
)
NATIONAL = ExportKind(
    key="national-members",
    title=say("全国实名制名册（列名未核对）"),
    word=Word.NAMES,
    columns=national.COLUMNS,
    listing=National(),
    page="national-members",
    always_second=True,
)


@dataclass(frozen=True, slots=True)
class YearSheet:
    """The yearly sheet of the unit and year in the address."""

    def rows(self, asked: Mapping[str, str], *, by: Actor, today: date) -> Rows:
        """Its lines."""
        numbers = {name: leaving.number_in(text=asked.get(name, "")) for name in ("under", "year")}
        year = numbers["year"] or today.year
        unit_id, scope = numbers["under"] or by.unit_id or 0, by.scope_for(Word.READ)
        lines = yearly.sheet_of(unit_id=unit_id, year=year, scope=scope, today=today)
        return len(lines), yearly.cells_of(lines=lines)


YEAR = ExportKind(
    key="member-year",
    title=say("会员年报"),
    word=Word.READ,
    columns=(
        Column("group", say("类别"), width=16),
        Column("label", say("项目"), width=24),
        Column("value", say("数量"), ColumnType.NUMBER, width=20),
        Column("unit", say("单位"), width=8),
    ),
    listing=YearSheet(),
    page="member-year",
)
