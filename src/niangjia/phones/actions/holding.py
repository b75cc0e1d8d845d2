"""Uploads that were held: somebody looks at them, enters them or says why not; none goes lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.saying import said_as_json
from niangjia.kernel.words import Said, say
from niangjia.phones import queries, rules
from niangjia.phones.actions.photos import assemble
from niangjia.phones.models import Device, HeldUpload
from niangjia.phones.permissions import Word
from niangjia.tasks import actions as tasks
from niangjia.visits import queries as visits
from niangjia.visits.actions import record_visit

if TYPE_CHECKING:
    from niangjia.phones.actions.receiving import Upload
    from niangjia.visits.models import HomeVisit


def hold_upload(
    *,
    upload: "Upload",
    digest: str,
    device: Device | None,
    reasons: Sequence[Said],
    by: Actor,
    at: datetime,
) -> HeldUpload:
    """The upload is kept as it came, with the reasons, and a task lies with the union."""
    unit_id = device.unit_id if device else by.unit_id
    if unit_id is None or by.user_id is None:
        raise NotVisible
    told = {
        "body_sha256": digest,
        "box": dict(upload.box),
        "finished": upload.finished,
        "reasons": [said_as_json(one) for one in reasons],
    }
    with beyond():
        row, is_new = HeldUpload.objects.update_or_create(
            key=upload.key,
            defaults=told,
            create_defaults=told
            | {"device": device, "user_id": by.user_id, "unit_id": unit_id, "received_at": at},
        )
        if is_new:
            after = {"key": str(upload.key), "device": device.pk if device else None}
            journal.record("hold_upload", by=by, at=at, kind=rules.HELD, object_id=row.pk, after=after)
            draft = tasks.TaskDraft(
                key=f"phones.held:{row.pk}",
                kind="phones.held",
                title=say("核定待核的走访"),
                unit_id=unit_id,
                word=Word.KEEP,
                about=(rules.HELD, row.pk),
                road="held-visit",
                road_args=(row.pk,),
                step="settle",
            )
            tasks.lay(draft=draft, by=by, at=at)
    return row


def _open_one(*, held_id: int, by: Actor) -> HeldUpload:
    found = queries.held_for(held_id=held_id, actor=by)
    by.require(Word.KEEP, at=found.path)
    row = HeldUpload.objects.select_for_update().get(pk=found.pk)
    if row.settled:
        raise Refused(say("这次走访已经有人核定过。请打开看现在的情况。"))
    return row


@transaction.atomic
def enter_held(*, held_id: int, with_campaign: bool, by: Actor, at: datetime) -> "HomeVisit":
    """The visit is entered after all, if need be outside of its campaign; raises what still bars it."""
    row = _open_one(held_id=held_id, by=by)
    if not row.finished:
        raise Refused(say("这次走访没有填完，不能直接登记。请按里面的内容在电脑上补登记，再把这一条销去。"))
    draft = queries.draft_of(held=row)
    whom = replace(draft.whom, unit_id=draft.whom.unit_id or row.unit_id)
    if not with_campaign:
        whom = replace(whom, campaign_id=None, target_id=None)
    draft = replace(draft, whom=whom)
    receipt = record_visit(draft=draft, key=row.key, by=by, at=at, body_sha256=row.body_sha256)
    _settle(row, rules.Settled.RECORDED, "", by=by, at=at)
    visit = visits.visit_for(visit_id=receipt.visit_id, actor=by)
    assemble(visit=visit, by=by, at=at)
    return visit


@transaction.atomic
def decline_held(*, held_id: int, reason: str, by: Actor, at: datetime) -> HeldUpload:
    """The upload does not become a visit; it stays readable with the reason (R-G-10)."""
    row = _open_one(held_id=held_id, by=by)
    if not reason.strip():
        raise BadInput(say("请写明为什么不登记，例如：已在电脑上补登记。"), field="reason")
    _settle(row, rules.Settled.DECLINED, reason.strip(), by=by, at=at)
    return row


def settle_entered(*, held: HeldUpload, by: Actor, at: datetime) -> None:
    """What was held unfinished has come finished, and stands as a visit."""
    with beyond():
        _settle(held, rules.Settled.RECORDED, "", by=by, at=at)


def _settle(row: HeldUpload, settled: rules.Settled, why: str, *, by: Actor, at: datetime) -> None:
    """What was entered is kept as a visit, and no second time."""
    row.settled, row.settled_at, row.settled_by, row.settled_why = settled, at, by.user_id, why
    row.box = {} if settled == rules.Settled.RECORDED else row.box
    row.save(update_fields=["settled", "settled_at", "settled_by", "settled_why", "box"])
    after = {"settled": str(settled)}
    journal.record("settle_held", by=by, at=at, kind=rules.HELD, object_id=row.pk, after=after, reason=why)
    with beyond():
        tasks.finish(by=by, at=at, about=(rules.HELD, row.pk))
