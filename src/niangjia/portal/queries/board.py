"""The drill-down board: figures of a union, its children on the tile map and as a table (R-PG-10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from niangjia.kernel import shapes
from niangjia.kernel.words import Said, say
from niangjia.network import queries as network
from niangjia.network.queries import Counts
from niangjia.network.rules import MODE_LABELS, Mode, OrgKind
from niangjia.portal.queries.drawing import drawing_of
from niangjia.portal.queries.standing import Standing, board_href, crumbs_of, rows_href, standing_of, value_of
from niangjia.portal.queries.tiles import positions_of
from niangjia.portal.rules import Measure, place_code, ramp, short_place
from niangjia.portal.rules.measures import EMPLOYERS, JOINTS, SINGLES, groups_of, headline_of
from niangjia.tree import queries as tree

ON_MAP = (OrgKind.CITY, OrgKind.COUNTY, OrgKind.TOWN)
BESIDE = (OrgKind.INDUSTRY, OrgKind.FEDERATION)
MOST_TILES = 72
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Child:
    """A unit right below, with its counts."""

    unit_id: int
    path: str
    name: str
    kind: OrgKind
    mode: str
    code: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the board with the address of its rows."""

    label: Said
    value: int
    href: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board page shows of one union on one day."""

    standing: Standing
    crumbs: Sequence[shapes.Crumb]
    headline: Sequence[Number]
    groups: Sequence[tuple[Said, Sequence[Number]]]
    measure: Measure
    tiles: Sequence[shapes.Tile] = ()
    legend: Sequence[str] = ()
    table: shapes.Table | None = None
    drawing: shapes.Drawing | None = None


def board(*, unit_id: int | None, day: date | None, measure: Measure, today: date) -> Board:
    """The board of a union on a day, coloured by one measure."""
    standing = standing_of(unit_id=unit_id, day=day, today=today)
    below = _below(standing)
    counted = network.counts_at(paths=[standing.path, *(row["path"] for row in below)], day=standing.day)
    children = [_child(row, counts) for row, counts in zip(below, counted[1:], strict=True)]
    on_map = [child for child in children if child.kind in ON_MAP][:MOST_TILES]
    kind = OrgKind(standing.organisation.kind)
    steps = ramp([value_of(measure=measure, counts=child.counts) for child in on_map])
    return Board(
        standing=standing,
        crumbs=crumbs_of(standing=standing, colour=measure.key),
        headline=numbers_of(standing=standing, counts=counted[0], measures=headline_of(kind)),
        groups=[
            (label, numbers_of(standing=standing, counts=counted[0], measures=measures))
            for label, measures in groups_of(kind)
        ],
        measure=measure,
        tiles=_tiles(standing, on_map, measure, steps.steps),
        legend=[f"{low:,}" if low == high else f"{low:,}–{high:,}" for low, high in steps.spans],
        table=_table(standing, [child for child in children if child.kind in BESIDE]),
        drawing=_drawing(standing, counted[0]),
    )


def _drawing(standing: Standing, counts: Counts) -> shapes.Drawing | None:
    if standing.organisation.kind != OrgKind.FEDERATION:
        return None
    return drawing_of(standing=standing, employers=counts.employers(), road="board")


def numbers_of(*, standing: Standing, counts: Counts, measures: Sequence[Measure]) -> list[Number]:
    """The numbers of some measures with the addresses of their rows."""
    return [
        Number(
            measure.label,
            value_of(measure=measure, counts=counts),
            rows_href(standing=standing, measure=measure),
        )
        for measure in measures
    ]


def _below(standing: Standing) -> list[dict[str, Any]]:
    """The units right below on the day, by code and name; primary unions are left to the lists."""
    filters = network.Filters(kinds=[*ON_MAP, *BESIDE], day=standing.day)
    rows = network.public_organisations(filters=filters, today=standing.today)
    paths: dict[int, str] = {}
    if standing.is_today:
        rows = rows.filter(unit__parent_id=standing.organisation.pk)
    else:
        places = tree.placements_right_below(unit_id=standing.organisation.pk, day=standing.day)
        paths = dict(places.values_list("unit_id", "path"))
        rows = rows.filter(pk__in=paths)
    columns = (
        "pk",
        "path",
        "kind",
        "mode",
        "unit__name",
        "unit__division__name",
        "unit__division__codes__code",
    )
    found: dict[int, dict[str, Any]] = {}
    for row in rows.values(*columns)[: 2 * MOST_ROWS]:
        found.setdefault(row["pk"], row | {"path": paths.get(row["pk"], row["path"])})
    return sorted(
        found.values(), key=lambda row: (place_code(row["unit__division__codes__code"] or "~"), row["pk"])
    )


def _child(row: dict[str, Any], counts: Counts) -> Child:
    kind, division = OrgKind(row["kind"]), row["unit__division__name"]
    name = short_place(division) if division and kind in ON_MAP else row["unit__name"]
    code = place_code(row["unit__division__codes__code"] or "")
    return Child(row["pk"], row["path"], name, kind, row["mode"], code, counts)


def _tiles(
    standing: Standing, children: Sequence[Child], measure: Measure, steps: Sequence[int]
) -> list[shapes.Tile]:
    places = positions_of(codes=[child.code for child in children])
    return [
        shapes.Tile(
            name=child.name,
            value=value_of(measure=measure, counts=child.counts),
            href=board_href(unit_id=child.unit_id, standing=standing, colour=measure.key),
            row=row,
            col=column,
            step=step,
            code=child.code,
            rows_href=rows_href(standing=standing, measure=measure, unit_id=child.unit_id),
        )
        for child, (row, column), step in zip(children, places, steps, strict=True)
    ]


def _table(standing: Standing, children: Sequence[Child]) -> shapes.Table | None:
    """The federations and industry unions right below, each number opening its rows."""
    if not children:
        return None
    numbers = (SINGLES, JOINTS, EMPLOYERS)
    heads = [shapes.Column(say("名称")), shapes.Column(say("统筹模式"))]
    heads += [shapes.Column(measure.label, right=True) for measure in numbers]
    return shapes.Table(
        caption=say("直接所属的联合会与产业工会"),
        columns=heads,
        rows=[_row(standing, child, numbers) for child in children],
        note=say("共 {count} 家，点名称看它的 1+N+X，点数字看名单。", count=len(children)),
    )


def _row(standing: Standing, child: Child, numbers: Sequence[Measure]) -> shapes.Row:
    mode = say(MODE_LABELS[Mode(child.mode)]) if child.mode else "—"
    cells = [
        shapes.Cell(
            value_of(measure=measure, counts=child.counts),
            href=rows_href(standing=standing, measure=measure, unit_id=child.unit_id),
        )
        for measure in numbers
    ]
    return shapes.Row([child.name, mode, *cells], href=board_href(unit_id=child.unit_id, standing=standing))
