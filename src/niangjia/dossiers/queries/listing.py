"""The list of files, and the counts above it, each of which opens its rows (R-G-04)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.hardship import rules
from niangjia.hardship.permissions import Word
from niangjia.hardship.queries import Filters, files_for, files_of, files_within, narrowed, unchanged
from niangjia.households import queries as homes
from niangjia.households.permissions import Word as HomeWord
from niangjia.kernel.access import Actor, Role, Scope
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.listing import slice_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one
from niangjia.kernel.shapes import Act, Cell, Column, Figure, Pager, Row, Table
from niangjia.kernel.words import say
from niangjia.papers.rules import Subject
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.hardship.models import NeedyWorkerFile


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of a reader, narrowed, with the counts that open them."""

    table: Table
    pager: Pager
    total: int
    figures: Sequence[Figure]
    acts: Sequence[Act]


def file_list(*, actor: Actor, filters: Filters, before: str, after: str, today: date) -> FileList:
    """Newest first; `never` are those in force that were never helped (R-AID-16)."""
    every = files_for(actor=actor)
    rows = narrowed(rows=every, filters=filters, today=today)
    rows = never_helped(rows=rows) if filters.only == "never" else rows
    part = slice_of(rows, sort="-reported_at", before=before, after=after)
    with beyond():
        names = {row.pk: _name(row, actor) for row in part.rows}
        unions = tree.names_of(unit_ids={row.keeper_id for row in part.rows})
    acts = []
    if actor.may(Word.REPORT):
        acts.append(Act(say("上报困难线索"), reverse("report-hardship"), icon="plus", kind="primary"))
    if actor.may(Word.APPLY) and actor.post_id is not None:
        acts.append(Act(say("为一户家庭建档"), reverse("new-hardship-file"), icon="file-text"))
    total = rows.count()
    return FileList(
        _table(part.rows, names, unions), part.pager(total=total), total, _figures(every, today), acts
    )


def never_helped(*, rows: "QuerySet[NeedyWorkerFile]") -> "QuerySet[NeedyWorkerFile]":
    """Files in force whose household never got a grant (R-AID-16)."""
    rows = rows.filter(state__in=list(rules.STANDING))
    known = [number for number in rows.values_list("household_id", flat=True) if number]
    with beyond():
        return rows.filter(household_id__in=aid.never_helped(household_ids=known))


def _table(rows: Sequence["NeedyWorkerFile"], names: Mapping[int, str], unions: Mapping[int, str]) -> Table:
    columns = (
        Column(say("档案编号")),
        Column(say("职工")),
        Column(say("所在工会")),
        Column(say("困难类别")),
        Column(say("申请日期")),
        Column(say("状态")),
    )
    lines = [_line(row, names[row.pk], unions[row.keeper_id]) for row in rows]
    return Table(say("困难职工档案"), columns, lines, empty=say("没有符合条件的档案。"))


def _name(row: "NeedyWorkerFile", actor: Actor) -> str:
    """Whole for whoever keeps the household, or would keep it once it stands."""
    if row.household is not None:
        return homes.head_name(household=row.household, actor=actor)
    name: str = row.told_name or "—"
    return name if actor.may(HomeWord.KEEP, at=row.path) else mask_name(name)


def standing_of(*, row: "NeedyWorkerFile") -> list[object]:
    """Category, day of the application and state, as they stand in a row of a table."""
    category = rules.CATEGORY_WORDS[rules.Category(row.category)] if row.category else "—"
    state = Cell(rules.LABELS[row.state], status=rules.STATUS.get(row.state, "now"))
    return [category, row.applied_on or "—", state]


def _line(row: "NeedyWorkerFile", name: str, union: str) -> Row:
    return Row(
        [str(row), name, union, *standing_of(row=row)],
        href=reverse("hardship-file", args=[row.pk]),
    )


def _figures(rows: "QuerySet[NeedyWorkerFile]", today: date) -> list[Figure]:
    """Each count and the address that opens exactly its rows."""
    standing = [str(one) for one in rules.STANDING]
    under_way = [str(one) for one in rules.UNDER_WAY]
    told = rows.aggregate(
        leads=Count("pk", filter=Q(state=rules.State.LEAD.value)),
        open=Count("pk", filter=Q(state__in=under_way)),
        standing=Count("pk", filter=Q(state__in=standing)),
        due=Count("pk", filter=Q(state=rules.State.DUE.value)),
    )
    here, unit = reverse("hardship-files"), say("份")
    never, same = never_helped(rows=rows).count(), unchanged(rows=rows, today=today).count()
    return [
        Figure(say("线索"), told["leads"], f"{here}?state=lead", unit=unit),
        Figure(say("办理中"), told["open"], f"{here}?state=open", unit=unit),
        Figure(say("在档"), told["standing"], f"{here}?state=standing", unit=unit),
        Figure(say("待复核"), told["due"], f"{here}?state=review_due", unit=unit),
        Figure(say("一年没有变动"), same, f"{here}?only=unchanged", unit=unit),
        Figure(say("从未帮扶"), never, f"{here}?only=never", unit=unit),
    ]


@dataclass(frozen=True, slots=True)
class OwnList:
    """The worker's own files, and what he may begin."""

    table: Table
    acts: Sequence[Act]


def own_list(*, person_id: int, actor: Actor) -> OwnList:
    """Every file of a worker, the newest first, with the road to his own view of it."""
    rows = files_of(person_id=person_id)
    columns = (Column(say("档案编号")), Column(say("申请日期")), Column(say("状态")))
    lines = [
        Row(
            [
                str(row),
                row.applied_on or "—",
                Cell(rules.LABELS[row.state], status=rules.STATUS.get(row.state, "now")),
            ],
            href=reverse("my-hardship-file", args=[row.pk]),
        )
        for row in rows
    ]
    acts = []
    if actor.may(Word.REPORT):
        acts.append(Act(say("告诉工会我家有困难"), reverse("report-hardship"), icon="plus", kind="primary"))
    home = homes.household_of(person_id=person_id)
    if home is not None and home.head_id == person_id and actor.may(Word.APPLY):
        href = f"{reverse('new-hardship-file')}?household={home.pk}"
        acts.append(Act(say("为我家申请建档"), href, icon="file-text"))
    empty = say("您还没有困难职工档案。家里有困难，可以先告诉工会。")
    return OwnList(Table(say("我的困难职工档案"), columns, lines, empty=empty), acts)


def path_of(*, unit_id: str, actor: Actor) -> str:
    """The path of the town that the address names, inside the reader's scope; nothing for one outside."""
    if not unit_id.isdecimal():
        return ""
    found = tree.units_in_scope(scope=actor.scope_for(Word.STATUS)).filter(pk=int(unit_id)).first()
    return found.path if found else ""


def towns_of(*, actor: Actor) -> list[tuple[int, str]]:
    """The unions right below the reader's own: what the list may be narrowed to."""
    if actor.unit_id is None or actor.role in {Role.PRI, Role.GRP, Role.WOM}:
        return []
    below = tree.units_in_scope(scope=actor.scope_for(Word.STATUS)).filter(parent_id=actor.unit_id)
    return [(unit.pk, unit.name) for unit in below]


def file_subject(*, about_id: int, scope: Scope) -> Subject:
    """The file that attachments and papers hang on, or 404 (the port of papers)."""
    row = the_one(files_within(scope=scope).filter(pk=about_id))
    href = reverse("hardship-file", args=[row.pk])
    return Subject(rules.KIND, row.pk, row.keeper_id, row.path, str(row), href, person_id=row.worker_id)
