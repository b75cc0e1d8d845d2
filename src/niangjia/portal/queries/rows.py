"""The rows behind a number of the board: as many as the number says, public columns only (R-G-04)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.kernel import shapes
from niangjia.kernel.access import PUBLIC_ROWS
from niangjia.kernel.listing import slice_of
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.network.rules import (
    EMPLOYER_LABELS,
    KIND_LABELS,
    MODE_LABELS,
    SECTOR_LABELS,
    EmployerKind,
    Mode,
    OrgKind,
    Sector,
)
from niangjia.portal.queries.standing import Standing, board_href, crumbs_of, standing_of, value_of
from niangjia.portal.rules import Measure, Rows, employer_name

if TYPE_CHECKING:
    from niangjia.network.models import Employer, Organisation


PAGE = 25


@dataclass(frozen=True, slots=True)
class RowsPage:
    """One page of the rows behind a number."""

    standing: Standing
    measure: Measure
    total: int
    crumbs: Sequence[shapes.Crumb]
    table: shapes.Table
    pager: shapes.Pager


def rows_behind(
    *, unit_id: int, measure: Measure, day: date | None, today: date, after: str = "", before: str = ""
) -> RowsPage:
    """A page of the rows behind a measure of a union on a day; the total is the number itself."""
    standing = standing_of(unit_id=unit_id, day=day, today=today)
    total = value_of(measure=measure, counts=network.counts_at(paths=[standing.path], day=standing.day)[0])
    listing = _organisations if measure.rows is Rows.ORGANISATIONS else _employers
    table, pager = listing(standing, measure, after, before)
    return RowsPage(
        standing=standing,
        measure=measure,
        total=total,
        crumbs=crumbs_of(standing=standing, last=measure.label),
        table=table,
        pager=replace(pager, total=total),
    )


def _filters(standing: Standing, measure: Measure) -> network.Filters:
    return network.Filters(
        under=standing.path,
        day=standing.day,
        kinds=measure.kinds,
        modes=(measure.mode,) if measure.mode else (),
        sectors=(measure.sector,) if measure.sector else (),
    )


def _organisations(
    standing: Standing, measure: Measure, after: str, before: str
) -> tuple[shapes.Table, shapes.Pager]:
    rows = network.public_organisations(filters=_filters(standing, measure), today=standing.today)
    found = slice_of(rows.select_related("unit__parent"), sort="place", after=after, before=before, size=PAGE)
    columns = [say("名称"), say("类别"), say("统筹模式"), say("上级组织"), say("建会日期")]
    table = shapes.Table(
        caption=say("名单"),
        columns=[shapes.Column(label) for label in columns],
        rows=[_organisation_row(row, standing) for row in found.rows],
        empty=say("这一项现在是 0，没有名单。"),
        first=shapes.Act(say("回到数字"), board_href(unit_id=standing.organisation.pk, standing=standing)),
    )
    return table, found.pager(total=None)


def _organisation_row(row: "Organisation", standing: Standing) -> shapes.Row:
    parent = row.unit.parent
    above = shapes.Cell(parent.name, href=board_href(unit_id=parent.pk, standing=standing)) if parent else "—"
    mode = say(MODE_LABELS[Mode(row.mode)]) if row.mode else "—"
    cells = [row.name, say(KIND_LABELS[OrgKind(row.kind)]), mode, above, row.established_on]
    return shapes.Row(cells, href=reverse("public-organisation", args=[row.pk]))


def _employers(
    standing: Standing, measure: Measure, after: str, before: str
) -> tuple[shapes.Table, shapes.Pager]:
    rows = network.employers_in_scope(
        scope=PUBLIC_ROWS, filters=_filters(standing, measure), today=standing.today
    )
    found = slice_of(rows, sort="place", after=after, before=before, size=PAGE)
    columns = [say("单位"), say("性质"), say("领域"), say("所在工会")]
    table = shapes.Table(
        caption=say("名单"),
        columns=[shapes.Column(label) for label in columns],
        rows=[_employer_row(row) for row in found.rows],
        note=say("每家单位只计一次。个体商户的字号隐去，职工人数不公开。"),
        empty=say("这一项现在是 0，没有名单。"),
        first=shapes.Act(say("回到数字"), board_href(unit_id=standing.organisation.pk, standing=standing)),
    )
    return table, found.pager(total=None)


def _employer_row(row: "Employer") -> shapes.Row:
    union = shapes.Cell(row.keeper.name, href=reverse("public-organisation", args=[row.keeper_id]))
    kind, sector = say(EMPLOYER_LABELS[EmployerKind(row.kind)]), say(SECTOR_LABELS[Sector(row.sector)])
    return shapes.Row([employer_name(row.name, kind=row.kind), kind, sector, union])
