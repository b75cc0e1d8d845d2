"""Drives: started for a zone with a stop for every employer there, visited, closed (R-PG-08)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from niangjia.bodies import queries as bodies
from niangjia.drives import queries, rules
from niangjia.drives.models import DriveStop, JoinDrive
from niangjia.drives.permissions import Word
from niangjia.drives.rules import CHECKS, DRIVE, STOP, StopState, Target
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.tasks import actions as tasks


@dataclass(frozen=True, slots=True)
class DriveDraft:
    """What a drive is: where, when, by whom, guided by which union, what goes on beside it."""

    zone_id: int
    title: str
    starts_on: date
    ends_on: date
    squad: str = ""
    activities: str = ""
    guided_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of a stop."""

    state: StopState
    asked: int = 0
    come_back_on: date | None = None
    checks: Sequence[str] = ()
    words: str = ""
    building: str = ""
    floor: int | None = None


@transaction.atomic
def start_drive(*, unit_id: int, draft: DriveDraft, by: Actor, at: datetime) -> JoinDrive:
    """The drive stands with a stop for every employer of the zone; those with a union are second targets."""
    unit = network.organisation_in_scope(unit_id=unit_id, scope=by.scope_for(Word.RUN))
    by.require(Word.RUN, at=unit.path)
    if draft.ends_on < draft.starts_on:
        raise BadInput(say("结束日不能早于开始日。"), field="ends_on")
    zone = bodies.zone_in_scope(zone_id=draft.zone_id, scope=by.scope_for("network.read"))
    told = {name: getattr(draft, name) for name in draft.__dataclass_fields__}
    drive = JoinDrive.objects.create(organisation=unit, made_by=by.user_id, made_at=at, **told)
    drive.refresh_from_db()
    stops = _stops(drive, zone_name=zone.name, by=by, today=day_of(at))
    if not stops:
        raise Refused(say("“{zone}”里还没有登记单位。请先把单位编进去，再发起集中入会。", zone=zone.name))
    DriveStop.objects.bulk_create(stops, batch_size=500)
    after = {"zone": zone.pk, "stops": len(stops)}
    journal.record("start_drive", by=by, at=at, kind=DRIVE, object_id=drive.pk, after=after)
    return drive


def _stops(drive: JoinDrive, *, zone_name: str, by: Actor, today: date) -> list[DriveStop]:
    """A stop an employer: on the floor that its address tells, as first or second target."""
    scope = by.scope_for("network.read")
    here = bodies.lying_in(zone_id=drive.zone_id, day=today)
    employers = list(network.employers_among(scope=scope, ids=here)[:5_000])
    with beyond():  # whether an employer has a union somewhere is no secret
        covered = network.unions_covering(employers=[one.pk for one in employers], day=today)
    return [
        DriveStop(
            drive=drive,
            employer=one,
            building=zone_name,
            floor=rules.floor_of(one.address),
            target=Target.UNION if one.pk in covered else Target.WORKERS,
        )
        for one in employers
    ]


@transaction.atomic
def visit_stop(*, stop_id: int, version: int, visit: Visit, by: Actor, at: datetime) -> DriveStop:
    """The squad was there: how many were asked, what was agreed, or when it comes again."""
    seen = queries.stop_in_scope(stop_id=stop_id, scope=by.scope_for(Word.RUN))
    by.require(Word.RUN, at=seen.drive.path)
    stop = (
        DriveStop.objects.select_for_update(of=("self",)).select_related("drive", "employer").get(pk=stop_id)
    )
    if stop.drive.closed_at is not None:
        raise Refused(say("这次集中入会已经收队，不能再记。请另发起一次。"))
    if stop.version != version:
        raise StepRefused(say("这一家刚刚有人记过。请打开看现在的情况，再补充。"), step="visit")
    _require(stop, visit)
    columns = {name: getattr(visit, name) for name in visit.__dataclass_fields__} | {
        "checks": list(visit.checks),
        "building": visit.building or stop.building,
        "floor": stop.floor if visit.floor is None else visit.floor,
    }
    for name, value in columns.items():
        setattr(stop, name, value)
    stop.visited_at, stop.visited_by, stop.version = at, by.user_id, stop.version + 1
    stop.save()
    tasks.finish(by=by, at=at, about=(STOP, stop.pk))
    if visit.state is StopState.COME_BACK:
        _remember(stop, by=by, at=at)
    after = {"stop": stop.pk, "state": str(stop.state), "asked": stop.asked, "checks": stop.checks}
    journal.record("visit_stop", by=by, at=at, kind=DRIVE, object_id=stop.drive_id, after=after)
    return stop


def _require(stop: DriveStop, visit: Visit) -> None:
    target = Target(stop.target)
    rules.require_stop(visit.state, has_day=visit.come_back_on is not None, asked=visit.asked, target=target)
    if set(visit.checks) - set(CHECKS):
        raise BadInput(say("请从列出的各项中选择。"), field="checks")


def _remember(stop: DriveStop, *, by: Actor, at: datetime) -> None:
    """The squad's union is reminded on the day that was agreed."""
    draft = tasks.TaskDraft(
        key=f"stop:{stop.pk}:{stop.version}",
        kind="drives.come_back",
        title=say("再去一次：{employer}", employer=stop.employer.name),
        unit_id=stop.drive.organisation_id,
        word=Word.RUN,
        about=(STOP, stop.pk),
        road="visit-stop",
        road_args=(stop.pk,),
        due_on=stop.come_back_on,
        step="visit",
    )
    tasks.lay(draft=draft, by=by, at=at)


@transaction.atomic
def close_drive(*, drive_id: int, version: int, summary: str, by: Actor, at: datetime) -> JoinDrive:
    """The squad has come home; stops that were not visited stay in the count as open, as they are."""
    queries.drive_in_scope(drive_id=drive_id, scope=by.scope_for(Word.RUN))
    drive = JoinDrive.objects.select_for_update().get(pk=drive_id)
    by.require(Word.RUN, at=drive.path)
    if drive.closed_at is not None or drive.version != version:
        raise StepRefused(say("这次集中入会刚刚有人办过一步，请打开看现在的情况。"), step="close")
    drive.closed_at, drive.summary, drive.version = at, summary, drive.version + 1
    drive.save()
    for stop in drive.stops.filter(state=StopState.COME_BACK):
        tasks.cancel(by=by, at=at, about=(STOP, stop.pk), reason="已收队")
    numbers = queries.numbers_of(drives=[drive])[drive.pk]
    after = {"done": numbers.done, "stops": numbers.stops, "joined": numbers.came.joined}
    journal.record("close_drive", by=by, at=at, kind=DRIVE, object_id=drive.pk, after=after)
    return drive
