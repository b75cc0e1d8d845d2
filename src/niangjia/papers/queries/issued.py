"""Papers of a scope, of a record; their templates; who opened a personal one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import the_one, within
from niangjia.papers.models import Paper
from niangjia.papers.rules import Template

OPEN_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of papers is narrowed to."""

    number: str = ""
    template: str = ""
    standing: str = ""
    unit_id: int | None = None


def templates() -> Iterator[Template]:
    """Every template that the apps above registered (`NIANGJIA_PAPERS`)."""
    for road in settings.NIANGJIA_PAPERS:
        yield from import_string(road)


def template_of(*, key: str) -> Template | None:
    """The template of that key, if an app still registers it."""
    return next((template for template in templates() if template.key == key), None)


def papers_in_scope(*, scope: Scope, filters: Filters | None = None) -> QuerySet[Paper]:
    """The papers of a scope, narrowed."""
    asked = filters or Filters()
    rows = within(Paper.objects.all(), scope=scope)
    if asked.number:
        rows = rows.filter(number__startswith=asked.number.strip().upper())
    if asked.template:
        rows = rows.filter(template=asked.template)
    if asked.unit_id:
        rows = rows.filter(unit_id=asked.unit_id)
    if asked.standing:
        rows = rows.filter(voided_at__isnull=asked.standing == "valid")
    return rows


def papers_about(*, about_kind: str, about_id: int, scope: Scope) -> QuerySet[Paper]:
    """The papers about a record, newest first."""
    rows = within(Paper.objects.filter(about_kind=about_kind, about_id=about_id), scope=scope)
    return rows.order_by("-id")


def paper_in_scope(*, paper_id: int, scope: Scope, lock: bool = False) -> Paper:
    """The paper of the scope, or 404; `lock` holds it until the transaction ends."""
    rows = within(Paper.objects.all(), scope=scope)
    return the_one((rows.select_for_update() if lock else rows).filter(pk=paper_id))


def has_opened(*, kind: str, object_id: int, by: Actor, at: datetime) -> bool:
    """Whether this account said a purpose for opening it, at most ten minutes ago."""
    rows = JournalLine.objects.filter(
        kind=kind, object_id=object_id, verb="open_personal", user_id=by.user_id
    )
    return by.user_id is not None and rows.filter(at__gte=at - OPEN_FOR, at__lte=at).exists()
