"""The roll-up of members: folded every few seconds, brought to the new day, recounted at night."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from niangjia.kernel import journal
from niangjia.kernel.access import SYSTEM
from niangjia.members.models import MemberDay
from niangjia.tree.actions import hold_the_tree

ALARM = "member_tallies_differed"
TOLD_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that differed from the recount: it must never happen, and is alarmed."""

    path: str
    measure: str
    stood: int
    counted: int


def fold_tallies() -> int:
    """The waiting deltas are in the roll-up; returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT members_fold()")
        return int(cursor.fetchone()[0])


@transaction.atomic
def turn_the_day(*, today: date, at: datetime) -> bool:
    """The roll-up stands for today: what began or ended since is in it; False if it did already."""
    if MemberDay.objects.filter(day=today).exists():
        return False
    hold_the_tree()
    with connection.cursor() as cursor:
        cursor.execute("SELECT members_turn(%s, %s)", [today, at])
    return True


@transaction.atomic
def recount_tallies(*, today: date, at: datetime) -> list[Difference]:
    """The roll-up is counted anew from every stretch; returns where the old one of that day differed."""
    hold_the_tree()
    with connection.cursor() as cursor:
        cursor.execute("SELECT path, measure, stood, counted FROM members_recount(%s, %s)", [today, at])
        found = [Difference(*row) for row in cursor.fetchall()]
    if found:
        told = [[one.path, one.measure, one.stood, one.counted] for one in found[:TOLD_AT_MOST]]
        after = {"day": today.isoformat(), "differences": len(found), "first": told}
        journal.record(ALARM, by=SYSTEM, at=at, kind="members.tally", object_id=0, after=after)
    return found
