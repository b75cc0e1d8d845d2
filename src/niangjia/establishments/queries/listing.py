"""The list of establishments; what founding adds to the pages of unions and employers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.founding import rules
from niangjia.founding.permissions import Word
from niangjia.founding.queries import (
    Filters,
    establishments_for,
    establishments_within,
    narrowed,
)
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.listing import slice_of
from niangjia.kernel.paths import CEILING
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one
from niangjia.kernel.shapes import Act, Cell, Column, Figure, Pager, Panel, Row, Table
from niangjia.kernel.words import say
from niangjia.network.rules import KIND_LABELS, OrgKind
from niangjia.papers.rules import Subject
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.founding.models import UnionEstablishment
    from niangjia.network.models import Employer, Organisation


@dataclass(frozen=True, slots=True)
class EstablishmentList:
    """The establishments of a reader, narrowed."""

    table: Table
    pager: Pager
    total: int
    acts: Sequence[Act]


def establishment_list(
    *, actor: Actor, filters: Filters, before: str = "", after: str = ""
) -> EstablishmentList:
    """Newest first: those under the post's union, and the account's own."""
    rows = narrowed(rows=establishments_for(actor=actor), filters=filters)
    part = slice_of(rows, sort="-created_at", before=before, after=after)
    with beyond():
        names = tree.names_of(unit_ids={one.parent_id for one in part.rows})
    first = Act(say("申请建会"), reverse("new-establishment"), icon="plus", kind="primary")
    acts = (first,) if actor.may(Word.ASK) else ()
    columns = (
        Column(say("工会全称")),
        Column(say("类别")),
        Column(say("上级工会")),
        Column(say("会员数（人）"), right=True),
        Column(say("提交时间")),
        Column(say("状态")),
    )
    table = Table(
        say("建会申请"),
        columns,
        [_line(one, names.get(one.parent_id, "")) for one in part.rows],
        empty=say("还没有建会申请。") if filters == Filters() else say("没有符合条件的建会申请。"),
        first=acts[0] if acts else None,
    )
    total = rows.count()
    return EstablishmentList(table, part.pager(total=total), total, acts)


def _line(row: "UnionEstablishment", parent: str) -> Row:
    state = Cell(rules.LABELS[row.state], status=rules.STATUS.get(row.state, "now"))
    day = row.submitted_at or "—"
    kind = say(KIND_LABELS[OrgKind(row.kind)])
    return Row(
        [row.name, kind, parent, row.members, day, state], href=reverse("establishment", args=[row.pk])
    )


def organisation_panel(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """On the page of a union under which others are founded: how many are under way, and to ask for one."""
    if not actor.may(Word.READ, at=organisation.path):
        return Panel()
    rows = establishments_within(scope=actor.scope_for(Word.READ))
    told = rows.filter(organisation=organisation.pk).first()
    acts = [Act(say("建会档案"), reverse("establishment", args=[told.pk]), icon="file-text")] if told else []
    if organisation.kind not in rules.PARENT_KINDS:
        return Panel(acts=acts)
    top = organisation.path
    here = rows.filter(path__gte=top, path__lt=top + CEILING)
    here = here.filter(state__in=[str(one) for one in rules.UNDER_WAY])
    figure = Figure(say("正在建会"), here.count(), f"{reverse('establishments')}?state=open", unit=say("家"))
    if actor.may(Word.ASK, at=organisation.path):
        href = f"{reverse('new-establishment')}?parent={organisation.pk}"
        acts.append(Act(say("代为申请建会"), href, icon="house"))
    return Panel(figures=[figure], acts=acts)


def employer_panel(*, employer: "Employer", actor: Actor, day: date) -> Panel:
    """On the page of an employer: to ask for a union of its own, on its behalf."""
    if employer.until is not None or not actor.may(Word.ASK, at=employer.path):
        return Panel()
    href = f"{reverse('new-establishment')}?employer={employer.pk}"
    return Panel(acts=[Act(say("为它申请建会"), href, icon="house")])


def establishment_subject(*, about_id: int, scope: Scope) -> Subject:
    """The establishment that files hang on, or 404 (the port of papers)."""
    row = the_one(establishments_within(scope=scope).filter(pk=about_id))
    href = reverse("establishment", args=[row.pk])
    return Subject(rules.KIND, row.pk, unit_id=row.parent_id, path=row.path, name=row.name, href=href)
