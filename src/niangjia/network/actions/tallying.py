"""The roll-up is folded every few seconds and recounted when the day turns."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F, Q

from niangjia.kernel import journal
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.dated import holds_on
from niangjia.network import rules
from niangjia.network.actions.covering import bring_home
from niangjia.network.actions.founding import bear_name
from niangjia.network.models import Coverage, Organisation, OrganisationName, TallyDay
from niangjia.tree import actions as tree
from niangjia.tree.actions import hold_the_tree

ALARM = "tallies_differed"
TOLD_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """A change of a day that differed from the recount: it must never happen, and is alarmed."""

    path: str
    measure: str
    day: date
    stood: int
    counted: int


def fold_tallies() -> int:
    """The waiting deltas are in the roll-up; returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT network_fold()")
        return int(cursor.fetchone()[0])


@transaction.atomic
def recount_tallies(*, today: date, at: datetime) -> list[Difference]:
    """The roll-up is counted anew from every dated row; returns where the old one differed, on any day.

    It waits for everybody who writes at a place of the tree and keeps them waiting: no half-done
    write is counted. A difference is set right, and one journal line keeps it for `doctor`.
    """
    hold_the_tree()
    with connection.cursor() as cursor:
        cursor.execute("SELECT path, measure, day, stood, counted FROM network_recount(%s, %s)", [today, at])
        found = [Difference(*row) for row in cursor.fetchall()]
    if found:
        told = [
            [one.path, one.measure, one.day.isoformat(), one.stood, one.counted]
            for one in found[:TOLD_AT_MOST]
        ]
        after = {"day": today.isoformat(), "differences": len(found), "first": told}
        journal.record(ALARM, by=SYSTEM, at=at, kind="network.tally", object_id=0, after=after)
    return found


@transaction.atomic
def turn_the_day(*, today: date, at: datetime) -> bool:
    """What was dated for today has happened, and all is counted anew; False if it was already.

    Places, names, closings and registers are brought to the day. Counts need no turn: the roll-up knows
    of every day what was entered for it, so no reader ever sees yesterday's figures.
    """
    if TallyDay.objects.filter(day=today).exists():
        return False
    tree.turn_the_day(today=today)
    _close_by(today)
    _bear_names_of(today)
    _bring_home_by(today)
    recount_tallies(today=today, at=at)
    return True


def _close_by(today: date) -> None:
    due = Organisation.objects.filter(closed_on__lte=today, status__in=rules.LIVING)
    due.update(status=rules.Status.DISSOLVED, version=F("version") + 1)


def _bear_names_of(today: date) -> None:
    due = OrganisationName.objects.filter(holds_on(today)).exclude(organisation__name=F("name"))
    for row in due.select_related("organisation__unit"):
        bear_name(organisation=row.organisation, name=row.name)


def _bring_home_by(today: date) -> None:
    counting = Coverage.objects.filter(counts=True)
    begun = counting.filter(holds_on(today)).exclude(employer__keeper=F("union"))
    ended = counting.filter(Q(until__lte=today), employer__keeper=F("union"))
    for employer_id in {*begun.values_list("employer", flat=True), *ended.values_list("employer", flat=True)}:
        bring_home(employer_id=employer_id, today=today)
