"""A photograph of a visit has arrived whole: drawn anew without its surroundings, attached, sealed."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.reaching import beyond
from niangjia.papers import actions as papers
from niangjia.papers.rules import AttachmentKind
from niangjia.visits import rules
from niangjia.visits.models import HomeVisit, Photo
from niangjia.visits.permissions import Word

NAME, TYPE = "走访照片.jpg", "image/jpeg"


@transaction.atomic
def take_photo(*, visit: HomeVisit, sha: str, body: bytes, by: Actor, at: datetime) -> None:
    """The photograph hangs on the visit; one that cannot be opened is marked as arrived and left out."""
    by.require(Word.MAKE, at=visit.path)
    with beyond():
        photo = Photo.objects.select_for_update().filter(visit=visit, sha256=sha, arrived_at=None).first()
    if photo is None:
        return
    file = SimpleUploadedFile(NAME, body, content_type=TYPE)
    try:
        with transaction.atomic():
            row = papers.attach(
                file=file,
                kind=AttachmentKind.PHOTO,
                about_kind=rules.KIND,
                about_id=visit.pk,
                unit_id=visit.unit_id,
                person_id=visit.person_id,
                by=by,
                at=at,
            ).pk
    except Refused:
        row = None
    with beyond():
        Photo.objects.filter(pk=photo.pk).update(attachment_id=row, arrived_at=at)
