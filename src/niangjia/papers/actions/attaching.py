"""Files are attached to a record, and voided with a reason; nothing that was attached is lost."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from niangjia.kernel import clock, journal
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.words import say
from niangjia.papers import queries, rules
from niangjia.papers.actions.storing import keep
from niangjia.papers.models import Attachment
from niangjia.papers.permissions import Word
from niangjia.policies import queries as policies
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

KIND = "papers.attachment"


@transaction.atomic
def attach(  # noqa: PLR0913 - a file hangs on a record, at a unit, by somebody
    *,
    file: "UploadedFile[Any]",
    kind: str,
    about_kind: str,
    about_id: int,
    unit_id: int,
    by: Actor,
    at: datetime,
    person_id: int | None = None,
    admitted: bool = False,
) -> Attachment:
    """The file hangs on the record: looked into, pictures drawn anew, sealed if it concerns a person.

    `admitted`: the app above has let somebody in who adds to his own matter, inside `beyond`.
    Raises BadInput, field `file`, for a file that policy or its content does not allow.
    """
    if not admitted:
        by.require(Word.ATTACH, at=tree.public_unit(unit_id=unit_id).path)
    limits = limits_at(unit_id=unit_id, at=at)
    if (file.size or 0) > limits.megabytes * rules.MEGABYTE:
        raise BadInput(limits.too_large, field="file")
    body = file.read()
    given = hashlib.sha256(body).hexdigest()
    _require_new(about_kind, about_id, given)
    seen = rules.looked_at(name=file.name or "", declared=file.content_type or "", body=body, limits=limits)
    row = Attachment.objects.create(
        unit_id=unit_id,
        about_kind=about_kind,
        about_id=about_id,
        person_id=person_id,
        kind=rules.AttachmentKind(kind),
        name=seen.name,
        media_type=seen.media_type,
        given_sha256=given,
        content=keep(body=seen.body, unit_id=unit_id, person_id=person_id),
        thumb=keep(body=seen.thumb, unit_id=unit_id, person_id=person_id) if seen.thumb else None,
        width=seen.width,
        height=seen.height,
        attached_by=by.user_id,
        attached_at=at,
    )
    after = {"about": f"{about_kind}:{about_id}", "kind": kind, "sha256": row.content.sha256}
    journal.record("attach", by=by, at=at, kind=KIND, object_id=row.pk, after=after)
    return row


def limits_at(*, unit_id: int, at: datetime) -> rules.Limits:
    """What the policy of a union allows to be attached."""
    day = clock.day_of(at)
    megabytes, kinds, megapixels, side = (
        policies.value_in_force(key=f"papers.{name}", unit_id=unit_id, day=day)
        for name in ("attachment_megabytes", "attachment_types", "image_megapixels", "image_longest_side")
    )
    return rules.Limits(
        megabytes=megabytes.of(int),
        kinds=frozenset(kinds.of(tuple)),
        megapixels=megapixels.of(int),
        longest_side=side.of(int),
    )


def _require_new(about_kind: str, about_id: int, given: str) -> None:
    """A double press, or the same scan chosen again, is not a second file."""
    rows = Attachment.objects.filter(about_kind=about_kind, about_id=about_id, given_sha256=given)
    if rows.filter(voided_at=None).exists():
        raise BadInput(say("这个文件已经传过了，不用再传。"), field="file")


@transaction.atomic
def void_attachment(
    *, attachment_id: int, reason: str, by: Actor, at: datetime, admitted: bool = False
) -> Attachment:
    """The attachment no longer counts; it stays, with the reason. `admitted` as in `attach`."""
    scope = EVERYWHERE if admitted else by.scope_for(Word.ATTACH)
    row = queries.attachment_in_scope(attachment_id=attachment_id, scope=scope, lock=True)
    if row.voided_at is not None:
        raise Refused(say("这个附件已经作废。"))
    if not reason.strip():
        raise BadInput(say("请写明为什么作废。"), field="reason")
    row.voided_by, row.voided_at, row.void_reason = by.user_id, at, reason.strip()
    row.save(update_fields=["voided_by", "voided_at", "void_reason"])
    journal.record("void_attachment", by=by, at=at, kind=KIND, object_id=row.pk, reason=row.void_reason)
    return row


@transaction.atomic
def open_personal(*, kind: str, object_id: int, purpose: str, by: Actor, at: datetime) -> None:
    """Somebody opens a file that concerns a person, for a purpose; the journal tells whom and why (SC-6)."""
    if not purpose.strip():
        raise BadInput(say("请写明为什么要打开。"), field="purpose")
    journal.record("open_personal", by=by, at=at, kind=kind, object_id=object_id, reason=purpose.strip())
