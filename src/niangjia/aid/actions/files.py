"""The family hangs its papers on its own application: the admission notice, a bill, a certificate."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from niangjia.aid.actions.asking import editable
from niangjia.aid.actions.stepping import record
from niangjia.aid.rules import KIND
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.papers import actions as papers
from niangjia.papers import queries as attached

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from niangjia.papers.models import Attachment

MOST = 12


@transaction.atomic
def attach_paper(*, application_id: int, file: "UploadedFile[Any]", by: Actor, at: datetime) -> "Attachment":
    """The file hangs on the application, sealed for whom it concerns; only while it lies with the family."""
    with beyond():
        row = editable(application_id=application_id, by=by, at=at)
        hanging = attached.attachments_of(about_kind=KIND, about_id=row.pk, scope=EVERYWHERE)
        if hanging.filter(voided_at=None).count() >= MOST:
            raise BadInput(say("一件申请最多传 {n} 个文件。请先撤下不要的。", n=MOST), field="file")
        found = papers.attach(
            file=file, kind="evidence", about_kind=KIND, about_id=row.pk, unit_id=row.unit_id,
            person_id=row.payee_id, admitted=True, by=by, at=at,
        )  # fmt: skip
        record(verb="attach_paper", row=row, by=by, at=at, attachment=found.pk)
    return found


@transaction.atomic
def take_off_paper(*, application_id: int, attachment_id: int, by: Actor, at: datetime) -> None:
    """A file that was hung on it by mistake no longer counts."""
    with beyond():
        row = editable(application_id=application_id, by=by, at=at)
        found = attached.attachment_of(about_kind=KIND, about_id=row.pk, attachment_id=attachment_id)
        words = say("申请人撤下").render()
        papers.void_attachment(attachment_id=found.pk, reason=words, admitted=True, by=by, at=at)
        record(verb="take_off_paper", row=row, by=by, at=at, attachment=found.pk)
