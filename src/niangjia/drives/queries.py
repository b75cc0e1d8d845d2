"""Drives as a scope sees them: the board with its numbers, every number opening its rows (R-PG-08)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from niangjia.drives import rules
from niangjia.drives.models import DriveStop, JoinDrive
from niangjia.drives.permissions import Word
from niangjia.drives.rules import StopState, Target
from niangjia.joining import queries as joining
from niangjia.joining.permissions import Word as JoiningWord
from niangjia.joining.queries import Came
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.shapes import Act, Cell, Column, Fact, Figure, Panel, Row, Table
from niangjia.kernel.words import Said, say

if TYPE_CHECKING:
    from niangjia.network.models import Organisation

MOST_STOPS = 500


@dataclass(frozen=True, slots=True)
class Numbers:
    """How far a drive is: stops done and open, people asked, applications, joined."""

    stops: int
    done: int
    coming_back: int
    with_union: int
    people: int
    came: Came

    @property
    def open(self) -> int:
        """The stops where nobody was yet."""
        return self.stops - self.done - self.coming_back


@dataclass(frozen=True, slots=True)
class Board:
    """One drive with its numbers, its stops by building and floor, and what may be done."""

    row: JoinDrive
    numbers: Numbers
    figures: Sequence[Figure]
    facts: Sequence[Fact]
    stops: Table
    actions: Sequence[Act]
    is_open: bool


def drives_in_scope(*, scope: Scope) -> QuerySet[JoinDrive]:
    """The drives of the unions of a scope."""
    return within(JoinDrive.objects.all(), scope=scope).select_related("organisation", "zone", "guided_by")


def drive_in_scope(*, drive_id: int, scope: Scope) -> JoinDrive:
    """One of them, or 404."""
    return the_one(drives_in_scope(scope=scope).filter(pk=drive_id))


def stop_in_scope(*, stop_id: int, scope: Scope) -> DriveStop:
    """One stop of a drive of the scope, or 404."""
    rows = within(DriveStop.objects.all(), scope=scope, field="drive__path")
    return the_one(rows.select_related("drive__organisation", "drive__zone", "employer").filter(pk=stop_id))


def numbers_of(*, drives: Sequence[JoinDrive]) -> dict[int, Numbers]:
    """The numbers of drives, each a count of rows, in two queries."""
    ids = [one.pk for one in drives]
    rows = DriveStop.objects.filter(drive__in=ids).values("drive").order_by()
    counts = rows.annotate(
        stops=Count("pk"),
        done=Count("pk", filter=Q(state__in=[StopState.ASKED, StopState.CLOSED])),
        coming_back=Count("pk", filter=Q(state=StopState.COME_BACK)),
        with_union=Count("pk", filter=Q(target=Target.UNION)),
        people=Sum("asked", default=0),
    )
    told = {one["drive"]: one for one in counts}
    came = joining.came_by_drive(drive_ids=ids)
    return {one: _numbers(told.get(one, {}), came.get(one, Came())) for one in ids}


def _numbers(told: Mapping[str, Any], came: Came) -> Numbers:
    names = ("stops", "done", "coming_back", "with_union", "people")
    return Numbers(**{name: told.get(name, 0) for name in names}, came=came)


def board_of(*, drive_id: int, actor: Actor, show: str = "", today: date) -> Board:
    """The board of a drive; `show` narrows its stops to a state or a target."""
    row = drive_in_scope(drive_id=drive_id, scope=actor.scope_for(Word.RUN))
    numbers = numbers_of(drives=[row])[row.pk]
    is_open = row.closed_at is None
    return Board(
        row=row,
        numbers=numbers,
        figures=_figures(row, numbers),
        facts=_facts(row),
        stops=_stops(row, show, actor),
        actions=_acts(row, actor) if is_open else (),
        is_open=is_open,
    )


def _figures(row: JoinDrive, numbers: Numbers) -> list[Figure]:
    here, rows = reverse("drive", args=[row.pk]), reverse("applications")
    return [
        Figure(say("已上门"), numbers.done, f"{here}?show=done#stops", say("家"), note=_of(numbers)),
        Figure(say("未上门"), numbers.open, f"{here}?show=open#stops", say("家")),
        Figure(say("约好再来"), numbers.coming_back, f"{here}?show=come_back#stops", say("家")),
        Figure(say("问到职工"), numbers.people, f"{here}?show=asked#stops", say("人")),
        Figure(say("收到申请"), numbers.came.applications, f"{rows}?drive={row.pk}", say("份")),
        Figure(say("已入会"), numbers.came.joined, f"{rows}?drive={row.pk}&state=approved", say("人")),
    ]


def _of(numbers: Numbers) -> Said:
    return say("共 {stops} 家，其中已有工会 {unions} 家", stops=numbers.stops, unions=numbers.with_union)


def _facts(row: JoinDrive) -> list[Fact]:
    told = [
        Fact(say("主办工会"), row.organisation.name),
        Fact(say("指导工会"), row.guided_by.name if row.guided_by else "—"),
        Fact(say("楼宇或区域"), row.zone.name, reverse("zone", args=[row.zone_id])),
        Fact(say("日期"), say("{since} 至 {last}", since=row.starts_on, last=row.ends_on)),
        Fact(say("小分队"), row.squad or "—"),
    ]
    told += [Fact(say("同期活动"), row.activities)] if row.activities else []
    told += [Fact(say("小结"), row.summary)] if row.summary else []
    return told


def _stops(row: JoinDrive, show: str, actor: Actor) -> Table:
    came = joining.came_by_stop(drive_id=row.pk)
    cells = [_stop_row(stop, came.get(stop.pk, Came()), actor) for stop in _shown(row, show)[:MOST_STOPS]]
    columns = (
        Column(say("单位")),
        Column(say("楼宇、楼层")),
        Column(say("上门对象")),
        Column(say("情况")),
        Column(say("问到"), right=True),
        Column(say("申请"), right=True),
        Column(say("入会"), right=True),
    )
    return Table(say("上门清单"), columns, cells, empty=say("没有这样的上门点。"))


def _shown(row: JoinDrive, show: str) -> QuerySet[DriveStop]:
    stops = row.stops.select_related("employer").order_by("building", "floor", "employer__name", "pk")
    wanted: dict[str, Any] = {
        "done": Q(state__in=[StopState.ASKED, StopState.CLOSED]),
        "open": Q(state=StopState.OPEN),
        "come_back": Q(state=StopState.COME_BACK),
        "asked": Q(asked__gt=0),
        "union": Q(target=Target.UNION),
    }
    return stops.filter(wanted[show]) if show in wanted else stops


def _stop_row(stop: DriveStop, came: Came, actor: Actor) -> Row:
    floor: Said | str = say("{floor} 楼", floor=stop.floor) if stop.floor else say("楼层未登记")
    state = StopState(stop.state)
    day = say("{day} 再来", day=stop.come_back_on) if stop.come_back_on else ""
    rows = f"{reverse('applications')}?stop={stop.pk}"
    href = reverse("visit-stop", args=[stop.pk]) if stop.drive.closed_at is None else ""
    return Row(
        [
            stop.employer.name,
            say("{building}，{floor}", building=stop.building, floor=floor),
            rules.TARGETS[Target(stop.target)],
            Cell(rules.STOP_STATES[state], status=rules.STOP_SHAPES[state], note=day),
            stop.asked,
            Cell(came.applications, href=rows if came.applications else ""),
            Cell(came.joined, href=f"{rows}&state=approved" if came.joined else ""),
        ],
        href=href,
    )


def _acts(row: JoinDrive, actor: Actor) -> list[Act]:
    acts = []
    union = row.organisation
    if actor.may(JoiningWord.CODE, at=union.path):
        acts.append(Act(say("入会码"), reverse("drive-code", args=[row.pk]), "qr-code"))
    if actor.may(Word.RUN, at=row.path):
        acts.append(Act(say("收队"), reverse("close-drive", args=[row.pk])))
    return acts


def facts_of_stop(*, stop: DriveStop, actor: Actor) -> list[Fact]:
    """What is known of a stop, with the ways to its code and to the form for people at the door."""
    employer, union = stop.employer, stop.drive.organisation
    told = [
        Fact(say("单位"), employer.name, reverse("employer", args=[employer.pk])),
        Fact(say("地址"), employer.address or "—"),
        Fact(say("职工数"), say("{n} 人", n=employer.headcount)),
        Fact(say("对象"), rules.TARGETS[Target(stop.target)]),
    ]
    if actor.may(JoiningWord.CODE, at=union.path):
        href = reverse("stop-code", args=[stop.pk])
        told.append(Fact(say("入会码"), say("为这一家做一张"), href))
    if actor.may(JoiningWord.ENTER, at=union.path):
        href = f"{reverse('enter-application', args=[union.pk])}?stop={stop.pk}"
        told.append(Fact(say("当面入会"), say("在这台设备上代填"), href))
    return told


def drives_table(*, drives: Iterable[JoinDrive]) -> Table:
    """A list of drives with how far they are."""
    columns = (
        Column(say("集中入会")),
        Column(say("楼宇或区域")),
        Column(say("日期")),
        Column(say("已上门"), right=True),
        Column(say("收到申请"), right=True),
        Column(say("已入会"), right=True),
        Column(say("状态")),
    )
    told = []
    drives = list(drives)
    counted = numbers_of(drives=drives)
    for drive in drives:
        numbers = counted[drive.pk]
        done = say("{done}/{stops}", done=numbers.done, stops=numbers.stops)
        state = Cell(say("已收队"), status="done") if drive.closed_at else Cell(say("进行中"), status="now")
        came = numbers.came
        cells = [drive.title, drive.zone.name, drive.starts_on, done, came.applications, came.joined, state]
        told.append(Row(cells, reverse("drive", args=[drive.pk])))
    empty = say("还没有集中入会。选一处楼宇或园区，就能按楼层列出要上门的单位。")
    return Table(say("集中入会"), columns, told, empty=empty)


def panel_of(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """What drives add to an organisation's page: one may be started."""
    unit = organisation
    if unit.closed_on is not None or not actor.may(Word.RUN, at=unit.path):
        return Panel()
    return Panel(acts=[Act(say("发起集中入会"), reverse("start-drive", args=[unit.pk]), "megaphone")])
