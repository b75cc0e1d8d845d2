"""Who is complete by real name, per union, with the rows behind every number (R-MEM-09)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.listing import slice_of
from niangjia.kernel.shapes import Cell, Column, Figure, Pager, Row, Table
from niangjia.kernel.words import Said, listed, say
from niangjia.matching.permissions import Word
from niangjia.matching.rules import COMPLETE, FIRST, Completeness
from niangjia.members import queries as members
from niangjia.members.permissions import Word as Members
from niangjia.members.rules import LACKS
from niangjia.network import queries as network

if TYPE_CHECKING:
    from niangjia.members.models import Membership

LACKING = "lacking"
_WORKS = Q(employer__isnull=False) | ~Q(form="")
PARTS: Mapping[str, Q] = {
    COMPLETE: Q(has_id=True, has_mobile=True) & _WORKS,
    "id": Q(has_id=False),
    "mobile": Q(has_id=True, has_mobile=False),
    "employer": Q(has_id=True, has_mobile=True) & ~_WORKS,
}
"""Each member stands in exactly one: complete, or by the first thing lacking."""
WHICH: Mapping[str, Said] = {
    "all": say("全部会员"),
    COMPLETE: say("资料完整"),
    LACKING: say("资料不全"),
    **FIRST,
}
PAGE = 25


@dataclass(frozen=True, slots=True)
class RealNamePage:
    """The unions of a scope, those with most members lacking something first."""

    total: Completeness
    figures: Sequence[Figure]
    table: Table
    pager: Pager


@dataclass(frozen=True, slots=True)
class RealNameRows:
    """The members behind one number."""

    title: Said
    union: str
    unit_id: int
    count: int
    table: Table
    pager: Pager
    may_ask: bool


def completeness(*, scope: Scope, today: date, union_id: int | None = None) -> Completeness:
    """The equation of a scope, or of one union: members are those complete and those who lack something."""
    rows = _members(scope, today, union_id)
    found = rows.aggregate(members=Count("pk"), **_counts())
    return _told(found)


def real_name_page(*, actor: Actor, today: date, number: int = 1) -> RealNamePage:
    """The equation of the scope and its unions, page by page."""
    scope = actor.scope_for(Members.READ)
    total = completeness(scope=scope, today=today)
    rows = _members(scope, today).order_by().values("union_id", "union__name")
    rows = rows.annotate(members=Count("pk"), **_counts())
    rows = rows.annotate(lacking=Count("pk", filter=~PARTS[COMPLETE])).order_by("-lacking", "union_id")
    pages = max(1, -(-_members(scope, today).order_by().values("union_id").distinct().count() // PAGE))
    number = min(max(number, 1), pages)
    found = list(rows[(number - 1) * PAGE : number * PAGE])
    pager = Pager(number=number, pages=pages) if pages > 1 else Pager(total=len(found))
    return RealNamePage(total, _figures(total, actor), _table(found), pager)


def real_name_rows(
    *, unit_id: int, which: str, actor: Actor, today: date, before: str = "", after: str = ""
) -> RealNameRows:
    """The members of one union behind a number; 0 is the whole scope."""
    scope = actor.scope_for(Members.READ)
    union = network.organisation_in_scope(unit_id=unit_id, scope=scope) if unit_id else None
    rows = _members(scope, today, unit_id or None)
    if which in PARTS:
        rows = rows.filter(PARTS[which])
    elif which == LACKING:
        rows = rows.exclude(PARTS[COMPLETE])
    found = slice_of(rows.order_by(), sort="name_key", before=before, after=after)
    count = rows.count()
    may_ask = union is not None and actor.may(Word.READ, at=union.path) and which in {LACKING, *FIRST}
    return RealNameRows(
        WHICH.get(which, WHICH["all"]),
        union.name if union else actor.unit_name,
        unit_id,
        count,
        _rows(found.rows, names=actor.may(Members.NAMES)),
        found.pager(total=count),
        may_ask,
    )


def _members(scope: Scope, today: date, union_id: int | None = None) -> "QuerySet[Membership]":
    filters = members.MemberFilters(union_id=union_id, state="active")
    return members.members_in_scope(scope=scope, filters=filters, today=today)


def _counts() -> dict[str, Any]:
    return {f"part_{name}": Count("pk", filter=part) for name, part in PARTS.items()}


def _told(found: Mapping[str, Any]) -> Completeness:
    lacks = {name: found[f"part_{name}"] for name in FIRST}
    return Completeness(found["members"], found[f"part_{COMPLETE}"], lacks)


def _figures(total: Completeness, actor: Actor) -> list[Figure]:
    parts = {"all": total.members, COMPLETE: total.complete, **total.lacks}
    notes = {COMPLETE: say("占 {share}", share=total.share)}
    return [
        Figure(
            WHICH[name], count, reverse("real-name-rows", args=[0, name]), unit=say("人"),
            note=notes.get(name, ""),
        )
        for name, count in parts.items()
    ]  # fmt: skip


def _table(found: Sequence[Mapping[str, Any]]) -> Table:
    names = ("all", COMPLETE, *FIRST)
    heads = [Column(say("工会")), *(Column(WHICH[name], right=True) for name in names)]
    return Table(
        say("各工会的实名资料"),
        [*heads, Column(say("完整率"), right=True)],
        [_line(one) for one in found],
        note=say("每名会员只列入一栏：按所缺的第一项计。会员数等于资料完整的加各栏所缺的。"),
        empty=say("工作范围内还没有会员。"),
    )


def _line(found: Mapping[str, Any]) -> Row:
    told, number = _told(found), found["union_id"]
    parts = {"all": told.members, COMPLETE: told.complete, **told.lacks}
    cells = [
        Cell(count, href=reverse("real-name-rows", args=[number, name])) for name, count in parts.items()
    ]
    return Row(
        [found["union__name"], *cells, told.share], href=reverse("real-name-rows", args=[number, LACKING])
    )


def _rows(found: "Sequence[Membership]", *, names: bool) -> Table:
    columns = [Column(words) for words in (say("姓名"), say("工会"), say("入会日期"), say("所缺"))]
    rows = []
    for row in found:
        lacks = [LACKS[name] for name, holds in _lacks(row).items() if holds]
        who = (row.name if names else f"{row.name[:1]}某") or say("（已删除）")
        rows.append(
            Row(
                (who, row.union.name, row.joined_on, listed(lacks) if lacks else say("资料完整")),
                href=reverse("person", args=[row.person_id]) if names else "",
            )
        )
    return Table(say("会员"), columns, rows, empty=say("这一栏没有会员。"))


def _lacks(row: "Membership") -> dict[str, bool]:
    return {
        "id": not row.has_id,
        "mobile": not row.has_mobile,
        "employer": row.employer_id is None and not row.form,
    }
