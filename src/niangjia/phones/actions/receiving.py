"""What a phone sends is entered, or held for somebody to look at; it is never lost (control 24, R-G-09)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NiangjiaError, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.phones import queries, rules
from niangjia.phones.actions.devices import MAKE, VISIT, linked
from niangjia.phones.actions.holding import hold_upload, settle_entered
from niangjia.phones.models import Device, HeldUpload
from niangjia.visits import queries as visits
from niangjia.visits.actions import OtherContent, hold_key, record_visit
from niangjia.visits.queries import Receipt
from niangjia.visits.rules import Origin, draft_from

if TYPE_CHECKING:
    from niangjia.visits.models import HomeVisit

STANDS = ("created", "duplicate")
CLASHES = say("与刚刚登记的内容冲突，已经原样留存。请核对后再登记。")


@dataclass(frozen=True, slots=True)
class Upload:
    """What a phone sends: its box under its key, whether the visit is finished, from which phone."""

    key: UUID
    box: Mapping[str, Any]
    device_key: UUID | None = None
    finished: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer: created, duplicate or held (with the reasons); either way the platform has it."""

    status: str
    key: UUID
    receipt: Receipt | None = None
    reasons: Sequence[Said] = ()
    revoked: bool = False


@transaction.atomic
def receive(*, upload: Upload, by: Actor, at: datetime) -> Taken:
    """The visit is entered, or held with the reason; sent again it gets the same answer.

    Raises BadInput for a box that is not for us, OtherContent (409) for another visit under its key.
    """
    by.require(MAKE)
    hold_key(key=upload.key)
    body = _opened(upload)
    digest = sha256(body).hexdigest()
    with beyond():
        device = Device.objects.filter(key=upload.device_key).first() if upload.device_key else None
        held = HeldUpload.objects.filter(key=upload.key).first()
        known = visits.visit_by_key(key=upload.key)
    taken = _known(known, digest, by=by) if known else _as_before(held, digest, upload) if held else None
    if taken is None:
        taken = _entered(upload, body, digest, device, by=by, at=at)
    if taken.status in STANDS and held is not None and not held.settled:
        settle_entered(held=held, by=by, at=at)
    _seen(device, upload, body, digest, by=by, at=at)
    return taken


def _opened(upload: Upload) -> bytes:
    try:
        return queries.box_opened(box=upload.box, bound=str(upload.key))
    except rules.BoxBroken:
        words = (
            "这次走访的内容打不开，没有登记，手机上的一份还在。请更新走访页面后再送，或者导出文件交给工会。"
        )
        raise BadInput(say(words), field="box") from None


def _known(visit: "HomeVisit", digest: str, *, by: Actor) -> Taken:
    """The answer to a visit that stands; the receipt is for whoever may read it."""
    if visit.body_sha256 != digest:
        raise OtherContent
    reads = visit.recorded_by == by.user_id or by.may("visits.read", at=visit.path)
    receipt = visits.receipt_of(visit=visit, status="duplicate") if reads else None
    return Taken("duplicate", visit.key, receipt)


def _as_before(held: HeldUpload, digest: str, upload: Upload) -> Taken | None:
    """The answer to what was held before; an unfinished one may come again, fuller."""
    if held.settled or (held.finished and held.body_sha256 != digest):
        if held.body_sha256 != digest:
            raise OtherContent
    elif not held.finished:
        return None
    return Taken("held", held.key, reasons=queries.reasons_of(held=held))


def _entered(
    upload: Upload, body: bytes, digest: str, device: Device | None, *, by: Actor, at: datetime
) -> Taken:
    revoked = device is not None and device.revoked_at is not None
    reasons = _bars(upload, device, by=by)
    if not reasons:
        try:
            with transaction.atomic():
                draft = draft_from(body)
                receipt = record_visit(draft=draft, key=upload.key, by=by, at=at, body_sha256=digest)
        except OtherContent:
            raise
        except NiangjiaError as error:
            reasons = list(error.reasons)
        except IntegrityError:
            reasons = [CLASHES]
        else:
            return Taken(receipt.status, upload.key, receipt)
    hold_upload(upload=upload, digest=digest, device=device, reasons=reasons, by=by, at=at)
    return Taken("held", upload.key, reasons=reasons, revoked=revoked)


def _bars(upload: Upload, device: Device | None, *, by: Actor) -> list[Said]:
    """Why it is not entered by itself."""
    if not upload.finished:
        return [say("这次走访还没有填完，先替您存着。请在电脑上补齐，或者删去。")]
    if upload.device_key is None or device is None:
        return [say("这台手机没有登记过，内容已经留存，等工会核定。")]
    if device.user_id != by.user_id:
        return [say("由别的账号代传，内容已经留存，等工会核定。")]
    if device.revoked_at is not None:
        return [say("这台手机已经停用，内容已经留存，等工会核定。")]
    return []


def _seen(
    device: Device | None, upload: Upload, body: bytes, digest: str, *, by: Actor, at: datetime
) -> None:
    """The phone was heard of, and its chain has the link of a finished visit, whatever became of it."""
    if device is None or device.user_id != by.user_id:
        return
    origin = _origin(body) if upload.finished else None
    with beyond():
        Device.objects.filter(pk=device.pk).update(last_seen_at=at)
        if origin is not None and origin.device == device.key:
            linked(device=device, seq=origin.seq, kind=VISIT, key=upload.key, sha256=digest, at=at)


def _origin(body: bytes) -> Origin | None:
    try:
        return draft_from(body).origin
    except Refused:
        return None
