"""How many members a union has, for everybody: one figure, and the unions below of which it is the sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from niangjia.kernel import shapes
from niangjia.kernel.listing import slice_of
from niangjia.kernel.words import say
from niangjia.members import queries as members
from niangjia.network import queries as network
from niangjia.portal.queries.board import Number
from niangjia.portal.queries.standing import Standing, crumbs_of, standing_of
from niangjia.tree import queries as tree


@dataclass(frozen=True, slots=True)
class MembersPage:
    """The members of a union as the sum of its own and of each union right below."""

    standing: Standing
    crumbs: Sequence[shapes.Crumb]
    total: int
    table: shapes.Table
    pager: shapes.Pager


def members_number(*, standing: Standing) -> Number:
    """The distinct persons with an active membership at or under the union, and where they are split up."""
    counts = members.member_counts_at(paths=[standing.path], day=standing.day)[0]
    road = reverse("board-members", args=[standing.organisation.pk])
    return Number(say("会员"), counts.members, road + standing.query())


def members_behind(
    *, unit_id: int, day: date | None, today: date, before: str = "", after: str = ""
) -> MembersPage:
    """What the figure of a union is made of: its own members first, then those of each union right below."""
    standing = standing_of(unit_id=unit_id, day=day, today=today)
    total = members.member_counts_at(paths=[standing.path], day=standing.day)[0].members
    places = tree.placements_right_below(unit_id=standing.organisation.pk, day=standing.day)
    paths = dict(places.values_list("unit_id", "path"))
    filters = network.Filters(day=standing.day)
    rows = network.public_organisations(filters=filters, today=today).filter(pk__in=list(paths))
    part = slice_of(rows, sort="name", before=before, after=after)
    counted = members.member_counts_at(paths=[paths[row.pk] for row in part.rows], day=standing.day)
    lines = [_own(standing, paths, total)] if paths and not before and not after else []
    lines += [
        _line(standing, row.pk, row.name, counts.members)
        for row, counts in zip(part.rows, counted, strict=True)
    ]
    table = shapes.Table(
        caption=say("会员的构成"),
        columns=(shapes.Column(say("组织")), shapes.Column(say("会员（人）"), right=True)),
        rows=lines,
        note=say("每人只计一次，计在他选定的工会；名单只对本会工作人员开放。"),
        empty=say("这家工会下面没有别的组织，会员都直接登记在这里。"),
    )
    crumbs = crumbs_of(standing=standing, last=say("会员"))
    return MembersPage(standing, crumbs, total, table, part.pager(total=None))


def _own(standing: Standing, paths: dict[int, str], total: int) -> shapes.Row:
    """The members of the union itself: the total without those below."""
    below = sum(one.members for one in members.member_counts_at(paths=list(paths.values()), day=standing.day))
    return shapes.Row((say("直接登记在本级"), total - below))


def _line(standing: Standing, unit_id: int, name: str, count: int) -> shapes.Row:
    href = reverse("board-members", args=[unit_id]) + standing.query()
    return shapes.Row((name, shapes.Cell(count, href=href)), href=href)
