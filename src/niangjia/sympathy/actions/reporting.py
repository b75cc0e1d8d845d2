"""Somebody is to be visited: reported by hand, or because a stay in hospital became known (R-AID-14)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.members import queries as members
from niangjia.people import queries as people
from niangjia.sympathy import rules
from niangjia.sympathy.actions import desk
from niangjia.sympathy.actions.stepping import record, require_place, sealed
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.rules import OCCASIONS, Known, Occasion, State
from niangjia.tree import queries as tree


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported: for what, since which day, and if it is known where he lies. Never an illness."""

    occasion: str
    since: date
    place: str = ""
    source: str = ""


@transaction.atomic
def report_visit(*, person_id: int, report: Report, by: Actor, at: datetime) -> SympathyVisit:
    """Somebody is to be visited by the union that counts him; told again, it is the visit that is known."""
    if report.occasion not in OCCASIONS:
        raise BadInput(say("请选择慰问情形。"), field="occasion")
    with beyond():
        unit_id = _union_of(person_id, day=day_of(at))
        path = tree.public_unit(unit_id=unit_id).path
    if not by.scope_for(Word.REPORT).covers(path):
        raise NotVisible
    by.require(Word.REPORT, at=path)
    return _told(person_id, unit_id, report, by=by, at=at)


@transaction.atomic
def report_stay(*, person_id: int, since: date, by: Actor, at: datetime, source: str = "") -> SympathyVisit:
    """A stay in hospital became known: a visit is due in the working days of policy (R-AID-14, S-DZ-10).

    Called by the actions of other areas (a claim, a leave note) in their own transaction, after they asked
    for their own permission. However often one stay is told, there is one visit and one task.
    """
    with beyond():
        unit_id = _union_of(person_id, day=day_of(at))
    return _told(person_id, unit_id, Report(Occasion.HOSPITAL, since, source=source), by=by, at=at)


def _union_of(person_id: int, *, day: date) -> int:
    """The union that counts the person; without a membership the one that keeps his record."""
    row = members.counting_now(person_id=person_id, day=day)
    if row is not None:
        return int(row.union_id)
    person = people.records(person_ids=[person_id]).first()
    if person is None:
        raise NotVisible
    return int(person.keeper_id)


def _told(person_id: int, unit_id: int, report: Report, *, by: Actor, at: datetime) -> SympathyVisit:
    if report.since > day_of(at):
        raise BadInput(say("发生日期不能晚于今天。请核对日期。"), field="since")
    place = require_place(told=report.place)
    with beyond():
        known = _known(person_id, report)
        if known is not None:
            return known
        try:
            with transaction.atomic():
                row = _entered(person_id, unit_id, report, by=by, at=at)
        except IntegrityError as error:
            if "sympathy_one" not in str(error) and "sympathy_once" not in str(error):
                raise
            return _faster(person_id, report, error)
        if place:
            row.place = sealed(row=row, text=place, field="place")
        record(
            verb="report_visit",
            row=row,
            by=by,
            at=at,
            occasion=report.occasion,
            since=report.since.isoformat(),
        )
        desk.lay_visit(row=row, by=by, at=at)
        row.save()
    return row


def _known(person_id: int, report: Report) -> SympathyVisit | None:
    """The visit that this report tells of, if it is known."""
    rows = SympathyVisit.objects.filter(person_id=person_id, occasion=report.occasion)
    told = rows.exclude(state=State.CANCELLED).order_by("-since", "-pk")
    known = [Known(*one) for one in told.values_list("pk", "since", "visited_on")]
    number = rules.known_by(report.since, known)
    return None if number is None else SympathyVisit.objects.get(pk=number)


def _faster(person_id: int, report: Report, error: IntegrityError) -> SympathyVisit:
    """Somebody reported the same at the same moment: it is his visit."""
    known = _known(person_id, report)
    if known is None:
        raise Refused(say("刚刚有人报过同一件事。请到慰问列表里查看。"), field="who") from error
    return known


def _entered(person_id: int, unit_id: int, report: Report, *, by: Actor, at: datetime) -> SympathyVisit:
    person = people.records(person_ids=[person_id]).get()
    row = SympathyVisit.objects.create(
        occasion=report.occasion,
        person_id=person_id,
        name=person.name,
        unit_id=unit_id,
        since=report.since,
        source=report.source,
        reported_by=by.user_id,
        reported_at=at,
    )
    row.refresh_from_db()
    return row
