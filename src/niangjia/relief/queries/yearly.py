"""The year of relief: grants, households, persons, yuan by union and kind, beside the books (R-PG-17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from niangjia.aid import queries as aid
from niangjia.aid import rules
from niangjia.aid.queries import Filters, Granted
from niangjia.casework.queries import Told, address, path_of
from niangjia.kernel.access import Actor
from niangjia.kernel.counting import Measure, in_english, wording
from niangjia.kernel.money import Yuan
from niangjia.kernel.paths import unit_id_of
from niangjia.kernel.shapes import Cell, Column, Figure, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.aid.models import AidApplication

COLUMNS = (
    Column(say("工会")),
    Column(say("类别")),
    Column(say("笔数（笔）"), right=True),
    Column(say("户数（户）"), right=True),
    Column(say("人数（人）"), right=True),
    Column(say("金额（元）"), right=True),
)


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year: the four measures, the table, the books, and any difference between the two."""

    year: int
    figures: Sequence[Figure]
    table: Table
    books: Table
    equal: bool


def year_page(*, actor: Actor, year: int, unit_id: int | None) -> YearPage:
    """What stands in the books of a year, by the unions directly below and by kind."""
    top, unit = _top(actor, unit_id)
    filters = Filters(under=top)
    every = aid.narrowed(rows=aid.applications_for(actor=actor), filters=filters)
    rows = aid.paid_in(rows=every, year=year)
    total, returned = aid.counted(rows=rows), aid.counted(rows=aid.returned_in(rows=every, year=year))
    booked = aid.booked(rows=every, year=year)
    at = {"paid": year, "unit": unit}
    return YearPage(
        year=year,
        figures=_figures(total, at),
        table=_table(rows, total, top, at),
        books=_books(total.total, returned, booked, year),
        equal=total.total - returned.total == booked,
    )


def _top(actor: Actor, unit_id: int | None) -> tuple[str, int | None]:
    """The union whose subtree is counted: the one in the address, else the acting post's."""
    chosen = unit_id or actor.unit_id
    return path_of(unit_id=chosen), chosen


def _figures(total: Granted, at: Told) -> list[Figure]:
    """Four measures, each in the newspaper's words too, each opening exactly its rows; never mixed."""
    opens = address(name="aid-applications", told=at)
    homes = address(name="aid-recipients", told={**at, "by": "household"})
    people = address(name="aid-recipients", told={**at, "by": "person"})
    return [
        Figure(say("救助"), total.grants, opens, unit=say("笔"), wording=_words(total.grants, Measure.ITEMS)),
        Figure(
            say("金额"),
            total.total,
            opens,
            wording=_words(total.total, "元"),
        ),
        Figure(say("受助家庭"), total.households, homes, unit=say("户")),
        Figure(say("受助职工"), total.persons, people, unit=say("人")),
    ]


def _words(number: int | Yuan, unit: str) -> Said | str:
    """As the newspaper says it; the English reader has the same number in his own way."""
    if not number:
        return ""
    english = (get_language() or "").startswith("en")
    return say("报道用语：{said}", said=in_english(number) if english else wording(number, unit))


def _table(rows: "QuerySet[AidApplication]", total: Granted, top: str, at: Told) -> Table:
    found = aid.lines_of(rows=rows, top=top)
    names = tree.names_of(unit_ids={unit_id_of(one.path) for one in found})
    lines = [_line(one, names.get(unit_id_of(one.path), ""), top, at) for one in found]
    foot = [say("合计"), "", total.grants, total.households, total.persons, str(total.total)] if lines else ()
    note = say("户数和人数各自去重：同一户、同一人在几处受助，合计只算一次，所以合计可以小于各行之和。")
    empty = say("这一年还没有发放。")
    return Table(say("年度救助台账"), COLUMNS, lines, note=note, empty=empty, foot=foot)


def _line(one: aid.Line, name: str, top: str, at: Told) -> Row:
    here = {**at, "unit": unit_id_of(one.path), "kind": one.kind}
    opens, told = address(name="aid-applications", told=here), one.told
    homes, people = (
        address(name="aid-recipients", told={**here, "by": by}) for by in ("household", "person")
    )
    return Row(
        [
            say("{unit}（本级）", unit=name) if one.path == top else name,
            rules.KINDS[one.kind],
            Cell(told.grants, href=opens),
            Cell(told.households, href=homes),
            Cell(told.persons, href=people),
            Cell(str(told.total), href=opens),
        ]
    )


def _books(total: Yuan, returned: Granted, booked: Yuan, year: int) -> Table:
    """The sum of the applications beside the sum of the books, found a second way (feature 43)."""
    difference = total - returned.total - booked
    rows = [
        Row([say("本年发放"), str(total)]),
        Row([say("减：退回以前年度发放的（{n} 笔）", n=returned.grants), str(returned.total)]),
        Row([say("账簿列支（凭证合计，已减冲销）"), str(booked)]),
        Row([say("差额"), Cell(str(difference), status="done" if not difference else "warn")]),
    ]
    columns = (Column(say("项目")), Column(say("金额（元）"), right=True))
    return Table(say("与账簿核对"), columns, rows, note=say("{year} 年", year=year))
