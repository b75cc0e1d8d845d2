"""Phones and held uploads as their owner and the officer of their union see them."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.saying import said_from_json
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.words import Said, say
from niangjia.phones import rules
from niangjia.phones.models import Device, HeldUpload
from niangjia.phones.permissions import Word
from niangjia.phones.queries.boxes import box_opened
from niangjia.visits import queries as visits
from niangjia.visits.rules import VisitDraft, draft_from

TOLD_FOR = timedelta(days=60)
"""For so long a phone is told of what it sent; it keeps its own copy for a week at most."""


def devices_for(*, actor: Actor) -> QuerySet[Device]:
    """The phones of the unions of the scope, and one's own."""
    rows = within(Device.objects.all(), scope=actor.scope_for(Word.KEEP))
    return rows | Device.objects.filter(user_id=actor.user_id) if actor.user_id else rows


def device_for(*, device_id: int, actor: Actor) -> Device:
    """One of them, or 404."""
    return the_one(devices_for(actor=actor).filter(pk=device_id))


def held_for(*, held_id: int, actor: Actor) -> HeldUpload:
    """One of the uploads that wait or waited, or 404."""
    return the_one(held_uploads_for(actor=actor).filter(pk=held_id))


def held_uploads_for(*, actor: Actor) -> QuerySet[HeldUpload]:
    """The uploads held for the unions of the scope."""
    return within(HeldUpload.objects.all(), scope=actor.scope_for(Word.KEEP))


def reasons_of(*, held: HeldUpload) -> list[Said]:
    """Why it was held."""
    return [said_from_json(one) for one in held.reasons]


def draft_of(*, held: HeldUpload) -> VisitDraft:
    """What was written down; raises Refused where it cannot be read."""
    return draft_from(_body_of(held))


def told_in(*, held: HeldUpload) -> Mapping[str, Any]:
    """The same as it came, for one that is not finished; empty where nothing can be read."""
    try:
        found = json.loads(_body_of(held))
    except (Refused, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _body_of(held: HeldUpload) -> bytes:
    try:
        return box_opened(box=held.box, bound=str(held.key))
    except rules.BoxBroken:
        raise Refused(say("这份内容打不开了：已经登记成走访，或者换过密钥。请打开走访记录核对。")) from None


def sent_from(*, device: Device, at: datetime) -> dict[str, Any]:
    """What has arrived from a phone and how it stands, and how far its chain is whole; inside `beyond`."""
    since = at - TOLD_FOR
    told = [
        {
            "key": str(one.key),
            "sha256": one.body_sha256,
            "status": "recorded",
            "missing": [photo.sha256 for photo in one.photos.all() if photo.arrived_at is None],
        }
        for one in visits.visits_from(device_key=device.key, since=since)
    ]
    held = HeldUpload.objects.filter(device=device, received_at__gte=since).exclude(settled="recorded")
    told += [
        {"key": str(one.key), "sha256": one.body_sha256, "status": one.settled or "held", "missing": []}
        for one in held
    ]
    return {"items": told, "chain": {"seq": device.chain_seq, "head": device.chain_head}}
