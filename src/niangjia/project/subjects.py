"""What files may hang on, of apps that are siblings of papers: told here, where both are known."""

from django.urls import reverse

from niangjia.kernel.access import Scope
from niangjia.notices import queries as notices
from niangjia.papers.rules import Subject

NOTICE = "notices.notice"


def notice_subject(*, about_id: int, scope: Scope) -> Subject:
    """The notice that the photo of a board hangs on, or 404."""
    row = notices.notice_in_scope(notice_id=about_id, scope=scope)
    href = reverse("notice-office", args=[row.pk])
    return Subject(NOTICE, row.pk, unit_id=row.unit_id, path=row.path, name=row.title, href=href)
