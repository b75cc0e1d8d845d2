"""Facilities are opened and kept by organisations."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from niangjia.bodies.models import Facility
from niangjia.bodies.permissions import Word
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.versions import save_changes
from niangjia.kernel.words import say
from niangjia.network import actions as network
from niangjia.tree.actions import hold_the_tree

if TYPE_CHECKING:
    from niangjia.network.models import Organisation

KIND = "bodies.facility"


@transaction.atomic
def open_facility(
    *, organisation: "Organisation", columns: Mapping[str, Any], by: Actor, at: datetime
) -> Facility:
    """The organisation keeps a facility: how obtained, area, rooms, investment, shared use (R-SRV-04)."""
    hold_the_tree(shared=True)
    by.require(Word.FACILITY, at=organisation.path)
    network.hold_organisation(unit_id=organisation.pk)
    same = Facility.objects.filter(
        organisation=organisation, kind=columns["kind"], name=columns["name"], until=None
    )
    if same.exists():
        raise Refused(say("这个阵地已经登记，不用重复登记。"), field="name")
    facility = Facility.objects.create(organisation=organisation, **columns)
    after = {"name": facility.name, "organisation": organisation.pk}
    journal.record("open_facility", by=by, at=at, kind=KIND, object_id=facility.pk, after=after)
    return facility


@transaction.atomic
def edit_facility(
    *, facility: Facility, version: int, columns: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """The facility is as said; a day of closing ends it."""
    by.require(Word.FACILITY, at=facility.path)
    before, after = save_changes(
        Facility.objects.all(), pk=facility.pk, version=version, kind=KIND, columns=columns
    )
    journal.record(
        "edit_facility", by=by, at=at, kind=KIND, object_id=facility.pk, before=before, after=after
    )
