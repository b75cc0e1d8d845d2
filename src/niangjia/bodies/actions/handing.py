"""A union ends: its committee with it; what it kept for others goes to whoever takes over."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from niangjia.bodies.models import Committee, CommitteePost, Facility, Zone
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.dated import ahead_of, cut
from niangjia.tree.actions import hold_the_tree

if TYPE_CHECKING:
    from niangjia.network.models import Organisation


@transaction.atomic
def hand_over_bodies(
    *, source_id: int, heir: "Organisation", since: date, deed: str, by: Actor, at: datetime
) -> None:
    """From a day on the committee is out of office, and the heir keeps facilities (by deed) and zones.

    What was closed before that day stays with the union that had it.
    """
    hold_the_tree()
    cut(CommitteePost.objects.filter(organisation=source_id), day=since)
    cut(Committee.objects.filter(organisation=source_id), day=since)
    facilities = Facility.objects.filter(ahead_of(since), organisation=source_id)
    zones = Zone.objects.filter(ahead_of(since), keeper=source_id)
    told: list[dict[str, object]] = [{"from": source_id, "to": heir.pk, "deed": deed}]
    told += [{"facility": number} for number in facilities.values_list("pk", flat=True)]
    told += [{"zone": number} for number in zones.values_list("pk", flat=True)]
    facilities.update(organisation=heir, version=F("version") + 1)
    zones.update(keeper=heir.unit, version=F("version") + 1)
    journal.record_rows("hand_over_bodies", told, by=by, at=at, kind="bodies.bulk")
