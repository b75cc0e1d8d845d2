"""The lists of the register as files: the rows, filters and columns of their pages (exchange's port)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from niangjia.bodies import queries as bodies
from niangjia.exchange.rules.kinds import ExportKind
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.listing import sort_of
from niangjia.kernel.shapes import Cell, Table
from niangjia.kernel.sheets.columns import Column, ColumnType
from niangjia.kernel.words import Said, say
from niangjia.network import queries
from niangjia.network.permissions import Word
from niangjia.register import forms
from niangjia.register.views import shown
from niangjia.register.views.lists import SORTS, common_filters, one_or_none

PART = 500
Shape = Callable[[Sequence[Any]], Table]


@dataclass(frozen=True, slots=True)
class Page:
    """A list page as a file: how its address is understood, and how its rows are shown."""

    find: Callable[[Mapping[str, str], Scope, date], tuple[QuerySet[Any], Shape]]
    sorts: Mapping[str, str]

    def rows(
        self, asked: Mapping[str, str], *, by: Actor, today: date
    ) -> tuple[int, Iterator[Sequence[Any]]]:
        """How many rows the page has in all, and the cells of each as the page shows them."""
        rows, shape = self.find(asked, by.scope_for(Word.READ), today)
        sort = sort_of(asked.get("sort", ""), self.sorts, usual="place")
        down = "-" if sort.startswith("-") else ""
        return rows.count(), _cells(rows.order_by(sort, f"{down}pk"), shape)


def _cells(rows: QuerySet[Any], shape: Shape) -> Iterator[Sequence[Any]]:
    every = rows.iterator(chunk_size=PART)
    while part := list(islice(every, PART)):
        for row in shape(part).rows:
            yield [_plain(cell) for cell in row.cells]


def _plain(cell: Any) -> Any:
    """What a cell says, typed: a dash is nothing."""
    told = cell.text if isinstance(cell, Cell) else cell
    told = told.render(gettext) if isinstance(told, Said) else told
    return None if told == "—" else told


def _organisations(asked: Mapping[str, str], scope: Scope, today: date) -> tuple[QuerySet[Any], Shape]:
    units = queries.unit_choices(scope=scope, also=_number(asked))
    told = forms.OrganisationsForm(asked, units=units).told
    filters = queries.Filters(
        modes=one_or_none(told, "mode"),
        state=told.get("state") or "living",
        federation_id=told.get("federation"),
        **common_filters(told, today),
    )
    filters = queries.with_names_found(filters=filters, of="organisation", today=today)
    day = told.get("day") or today

    def shape(rows: Sequence[Any]) -> Table:
        counted = queries.counts_at(paths=[row.place for row in rows], day=day)
        return shown.organisations(rows, counted=counted, day=day, today=today)

    return queries.organisations_in_scope(scope=scope, filters=filters, today=today), shape


def _employers(asked: Mapping[str, str], scope: Scope, today: date) -> tuple[QuerySet[Any], Shape]:
    units = queries.unit_choices(scope=scope, also=_number(asked))
    zones = [(zone.pk, zone.name) for zone in bodies.zones_in_scope(scope=scope)[:300]]
    told = forms.EmployersForm(asked, units=units, zones=zones).told
    zone, day = told.get("zone"), told.get("day") or today
    filters = queries.Filters(
        covered=False if told.get("covered") == "no" else None,
        among=None if zone is None else bodies.lying_in(zone_id=zone, day=day),
        **common_filters(told, today),
    )
    filters = queries.with_names_found(filters=filters, of="employer", today=today)

    def shape(rows: Sequence[Any]) -> Table:
        return shown.employers(rows, day=day, today=today)

    return queries.employers_in_scope(scope=scope, filters=filters, today=today), shape


def _number(asked: Mapping[str, str]) -> int | None:
    told = asked.get("under", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else None  # noqa: PLR2004 - a bigint


ORGANISATIONS = ExportKind(
    key="organisations",
    title=say("工会组织名册"),
    word=Word.READ,
    columns=(
        Column("name", say("名称"), width=36),
        Column("kind", say("类别"), width=16),
        Column("employers", say("覆盖单位"), ColumnType.NUMBER, width=10),
        Column("established_on", say("建会日期"), ColumnType.DAY, width=12),
        Column("term_ends_on", say("届满日"), ColumnType.DAY, width=12),
        Column("status", say("状态"), width=14),
    ),
    listing=Page(_organisations, SORTS),
    page="organisations",
)
EMPLOYERS = ExportKind(
    key="employers",
    title=say("用人单位名册"),
    word=Word.READ,
    columns=(
        Column("name", say("名称"), width=36, personal=True),
        Column("kind", say("性质"), width=12),
        Column("sector", say("领域"), width=14),
        Column("headcount", say("职工数"), ColumnType.NUMBER, width=10),
        Column("union", say("覆盖它的工会"), width=36),
    ),
    listing=Page(_employers, {"name": "name"}),
    page="employers",
)
