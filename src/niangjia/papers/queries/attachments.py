"""The attachments of a record, and one of them."""

from typing import Protocol, cast

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel.access import Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.scoping import the_one, within
from niangjia.papers.models import Attachment
from niangjia.papers.rules import Subject


class SubjectPort(Protocol):
    """An app above tells what a record is, if the scope holds it; else it raises NotVisible."""

    def __call__(self, *, about_id: int, scope: Scope) -> Subject:
        """The record of that number."""


def subject_of(*, about_kind: str, about_id: int, scope: Scope) -> Subject:
    """The record that files hang on, asked of the app that owns it (`NIANGJIA_SUBJECTS`), or 404."""
    road = settings.NIANGJIA_SUBJECTS.get(about_kind)
    if road is None:
        raise NotVisible
    return cast("SubjectPort", import_string(road))(about_id=about_id, scope=scope)


def attachments_of(*, about_kind: str, about_id: int, scope: Scope) -> QuerySet[Attachment]:
    """What hangs on a record, void ones last."""
    rows = within(Attachment.objects.filter(about_kind=about_kind, about_id=about_id), scope=scope)
    return rows.select_related("content").defer("content__body").order_by("-voided_at", "id")


def attachment_in_scope(*, attachment_id: int, scope: Scope, lock: bool = False) -> Attachment:
    """The attachment of the scope, or 404; `lock` holds it until the transaction ends."""
    rows = within(Attachment.objects.all(), scope=scope)
    return the_one((rows.select_for_update() if lock else rows).filter(pk=attachment_id))


def attachment_of(*, about_kind: str, about_id: int, attachment_id: int) -> Attachment:
    """One that hangs on a record and counts, or 404; asked inside `beyond` for whom the record admitted."""
    rows = Attachment.objects.filter(about_kind=about_kind, about_id=about_id, voided_at=None)
    return the_one(rows.select_related("content").filter(pk=attachment_id))
