"""Zones are kept by organisations; employers lie in them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from niangjia.bodies.models import Zone, ZoneEmployer
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.inserting import insert_rows
from niangjia.kernel.versions import save_changes
from niangjia.kernel.words import say
from niangjia.network import actions as network
from niangjia.network.permissions import Word
from niangjia.tasks import actions as tasks
from niangjia.tree.actions import hold_the_tree

if TYPE_CHECKING:
    from niangjia.network.models import Employer, Organisation

KIND, BULK, LEFT = "bodies.zone", "bodies.bulk", "bodies.leave_zone"


@transaction.atomic
def open_zone(*, keeper: "Organisation", columns: Mapping[str, Any], by: Actor, at: datetime) -> Zone:
    """A zone is kept by an organisation; employers are entered in it one by one."""
    hold_the_tree(shared=True)
    by.require(Word.COVER, at=keeper.path)
    network.hold_organisation(unit_id=keeper.pk)
    if Zone.objects.filter(keeper=keeper.unit, name=columns["name"], until=None).exists():
        raise Refused(say("这个区域已经登记，不用重复登记。"), field="name")
    zone = Zone.objects.create(keeper=keeper.unit, **columns)
    after = {"name": zone.name, "keeper": keeper.pk}
    journal.record("open_zone", by=by, at=at, kind=KIND, object_id=zone.pk, after=after)
    return zone


@transaction.atomic
def edit_zone(*, zone: Zone, version: int, columns: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """The zone is as said; a day of closing ends it."""
    by.require(Word.COVER, at=zone.path)
    before, after = save_changes(Zone.objects.all(), pk=zone.pk, version=version, kind=KIND, columns=columns)
    journal.record("edit_zone", by=by, at=at, kind=KIND, object_id=zone.pk, before=before, after=after)


@transaction.atomic
def enter_zone(*, zone: Zone, employer: "Employer", since: date, by: Actor, at: datetime) -> ZoneEmployer:
    """An employer lies in a zone from a day on; it may lie in several, and is counted once all the same."""
    by.require(Word.COVER, at=zone.path)
    Zone.objects.select_for_update().get(pk=zone.pk)
    here = ZoneEmployer.objects.filter(zone=zone, employer=employer)
    if here.filter(Q(until=None) | Q(until__gt=since)).exists():
        raise Refused(say("这家单位已在这个区域里，不用重复登记。"), field="employer")
    row = ZoneEmployer.objects.create(zone=zone, employer=employer, since=since)
    after = {"employer": employer.pk, "since": since.isoformat()}
    journal.record("enter_zone", by=by, at=at, kind=KIND, object_id=zone.pk, after=after)
    return row


@transaction.atomic
def enter_zones(*, entries: Sequence[tuple[Zone, int, date]], by: Actor, at: datetime) -> None:
    """The employers lie in the zones from their days on; equal to `enter_zone` for each into empty zones."""
    zones = {zone.pk: zone for zone, _, _ in entries}
    for zone in zones.values():
        by.require(Word.COVER, at=zone.path)
    pairs = {(zone.pk, employer_id) for zone, employer_id, _ in entries}
    if len(pairs) != len(entries) or ZoneEmployer.objects.filter(zone__in=list(zones)).exists():
        raise Refused(say("这家单位已在这个区域里，不用重复登记。"), field="employer")
    rows = [
        {"zone_id": zone.pk, "employer_id": employer_id, "since": since}
        for zone, employer_id, since in entries
    ]
    insert_rows(ZoneEmployer, rows)
    journal.record_rows("enter_zones", rows, by=by, at=at, kind=BULK)


@transaction.atomic
def leave_zone(*, zone: Zone, employer_id: int, until: date, by: Actor, at: datetime) -> None:
    """The employer lies in the zone no longer, from a day on."""
    by.require(Word.COVER, at=zone.path)
    here = ZoneEmployer.objects.select_related("employer")
    row = here.filter(zone=zone, employer=employer_id, until=None).first()
    if row is None:
        raise NotVisible
    if until <= row.since:
        raise Refused(
            say("单位自 {since} 起在这个区域，离开日须晚于这一天。", since=row.since), field="until"
        )
    ZoneEmployer.objects.filter(pk=row.pk).update(until=until)
    after = {"employer": employer_id, "until": until.isoformat()}
    journal.record("leave_zone", by=by, at=at, kind=KIND, object_id=zone.pk, after=after)
    said = say("{employer}离开{zone}", employer=row.employer.name, zone=zone.name)
    facts = {"row": row.pk, "until": until.isoformat()}
    tasks.offer_undo(verb=LEFT, said=said, about=(KIND, zone.pk), facts=facts, by=by, at=at)


@transaction.atomic
def return_to_zone(*, about_id: int, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """The reversal of `leave_zone`: the employer lies in the zone as before, if nothing happened since."""
    zone = Zone.objects.select_for_update().get(pk=about_id)
    by.require(Word.COVER, at=zone.path)
    row = ZoneEmployer.objects.filter(pk=facts["row"], until=date.fromisoformat(facts["until"])).first()
    again = row and ZoneEmployer.objects.filter(zone=zone, employer=row.employer_id, since__gt=row.since)
    if row is None or (again and again.exists()):
        raise Refused(say("这家单位在这个区域的登记已经变了，不能再撤回。请打开区域看现在的情况。"))
    ZoneEmployer.objects.filter(pk=row.pk).update(until=None)
    after = {"employer": row.employer_id, "until": None}
    journal.record("return_to_zone", by=by, at=at, kind=KIND, object_id=zone.pk, after=after)
