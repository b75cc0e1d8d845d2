"""Phones for visits: enrolled by their officer, revoked from afar, lent the kit, never trusted for long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.phones import queries, rules
from niangjia.phones.models import Device, Link
from niangjia.phones.permissions import Word

LONGEST = 60
MAKE = "visits.make"
VISIT, DROPPED = "visit", "dropped"


@transaction.atomic
def enrol_device(*, key: UUID, name: str, key_id: str, by: Actor, at: datetime) -> Device:
    """The officer makes visits on this phone from now on; `key_id` names the key his PIN wraps there."""
    by.require(MAKE)
    if by.unit_id is None or by.user_id is None:
        raise Refused(say("启用走访手机要先选定岗位。请切换到您的工会岗位再来。"))
    if not name.strip() or len(name.strip()) > LONGEST:
        raise BadInput(say("请给这台手机起一个 60 字以内的名字，例如：陈某的手机。"), field="name")
    with beyond():
        known = Device.objects.filter(key=key).first()
        if known is not None and (known.user_id != by.user_id or known.revoked_at is not None):
            raise Refused(say("这台手机先前登记过，现在不能再用这个编号。请在手机上重新启用。"))
        if known is not None:
            Device.objects.filter(pk=known.pk).update(name=name.strip(), key_id=key_id[:64], last_seen_at=at)
            return Device.objects.get(pk=known.pk)
        row = Device.objects.create(
            key=key, user_id=by.user_id, unit_id=by.unit_id, name=name.strip(), key_id=key_id[:64],
            enrolled_at=at, last_seen_at=at,
        )  # fmt: skip
        journal.record("enrol_device", by=by, at=at, kind=rules.DEVICE, object_id=row.pk)
    return row


@transaction.atomic
def revoke_device(*, device_id: int, reason: str, by: Actor, at: datetime) -> Device:
    """The phone is used no more: it wipes what it knows at its next contact, what it sends is held."""
    row = queries.device_for(device_id=device_id, actor=by)
    if row.user_id != by.user_id:
        by.require(Word.KEEP, at=row.path)
    if row.revoked_at is not None:
        raise Refused(say("这台手机已经停用。"))
    if not reason.strip():
        raise BadInput(say("请写明为什么停用，例如：手机遗失。"), field="reason")
    row.revoked_at, row.revoked_by, row.revoke_why = at, by.user_id or 0, reason.strip()
    with beyond():
        row.save(update_fields=["revoked_at", "revoked_by", "revoke_why"])
        journal.record(
            "revoke_device", by=by, at=at, kind=rules.DEVICE, object_id=row.pk, reason=row.revoke_why
        )
    return row


@transaction.atomic
def lend_kit(*, key: UUID, by: Actor, at: datetime) -> Mapping[str, Any]:
    """What the phone needs for days without signal; the journal tells whose households it was lent."""
    by.require(MAKE)
    device = own_device(key=key, by=by)
    if device.revoked_at is not None:
        raise Refused(say("这台手机已经停用，不能再取走访资料。请联系您的工会，或重新启用。"))
    kit = queries.kit_for(actor=by, at=at)
    with beyond():
        Device.objects.filter(pk=device.pk).update(kit_at=at, last_seen_at=at)
        lent = [one["home"]["number"] for one in kit["targets"] if one["home"]]
        after = {"targets": len(kit["targets"]), "households": lent}
        journal.record("lend_kit", by=by, at=at, kind=rules.DEVICE, object_id=device.pk, after=after)
    return kit


def sent_from_own(*, key: UUID, by: Actor, at: datetime) -> Mapping[str, Any]:
    """What has arrived from one's own phone; the phone was heard of."""
    device = own_device(key=key, by=by)
    with beyond():
        Device.objects.filter(pk=device.pk).update(last_seen_at=at)
        told = queries.sent_from(device=device, at=at)
    return {**told, "at": at.isoformat(), "revoked": device.revoked_at is not None}


def own_device(*, key: UUID, by: Actor) -> Device:
    """The acting person's own phone, or 404."""
    with beyond():
        row = Device.objects.filter(key=key, user_id=by.user_id or 0).first()
    if row is None:
        raise NotVisible(say("这台手机还没有启用，或者是别人启用的。请重新启用，没送出的走访都还在。"))
    return row


def linked(*, device: Device, seq: int, kind: str, key: UUID, sha256: str, at: datetime) -> None:
    """The phone's chain has one link more; its head goes as far as nothing is missing (inside `beyond`).

    A second link at one place (a phone put back from a copy) is left out: the phone is told that it differs.
    """
    held = Device.objects.select_for_update().get(pk=device.pk)
    links = Link.objects.filter(device=device)
    twice = Q(seq=seq) | Q(key=key, kind=kind) if kind == VISIT else Q(seq=seq)
    if links.filter(twice).exists():
        return
    Link.objects.create(device=device, seq=seq, kind=kind, key=key, sha256=sha256, at=at)
    for one in links.filter(seq__gt=held.chain_seq).order_by("seq"):
        if one.seq != held.chain_seq + 1:
            break
        held.chain_seq = one.seq
        held.chain_head = rules.link(held.chain_head, seq=one.seq, key=str(one.key), sha256=one.sha256)
    held.save(update_fields=["chain_seq", "chain_head"])


@dataclass(frozen=True, slots=True)
class Unsent:
    """A finished visit that was deleted on its phone: the phone, its place in the chain, its fingerprint."""

    device_key: UUID
    seq: int
    key: UUID
    sha256: str


@transaction.atomic
def drop_unsent(*, unsent: Unsent, reason: str, by: Actor, at: datetime) -> None:
    """The officer deleted a finished visit on the phone before it was sent: that, and why, is kept."""
    by.require(MAKE)
    device = own_device(key=unsent.device_key, by=by)
    if not reason.strip():
        raise BadInput(say("请写明为什么删除这次还没送出的走访。"), field="reason")
    with beyond():
        if Link.objects.filter(device=device, seq=unsent.seq).exists():
            return
        linked(device=device, seq=unsent.seq, kind=DROPPED, key=unsent.key, sha256=unsent.sha256, at=at)
        after = {"key": str(unsent.key), "sha256": unsent.sha256}
        journal.record(
            "drop_unsent_visit", by=by, at=at, kind=rules.DEVICE, object_id=device.pk, after=after,
            reason=reason.strip(),
        )  # fmt: skip
