"""Whether somebody being entered may be in the register already: asked of the app that knows the rules."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.access import Actor
from niangjia.kernel.identifiers import IdKind, PersonalId
from niangjia.kernel.reaching import beyond
from niangjia.people.models import IdentityDocument
from niangjia.people.queries.register import number_of
from niangjia.people.rules import Alike, Paper

if TYPE_CHECKING:
    from niangjia.people.actions import PersonDraft


def look_alikes(
    *, draft: "PersonDraft", paper: Paper | None, mobile: str, actor: Actor, day: date
) -> list[Alike]:
    """Who in the register agrees with the draft in what names a person (port `NIANGJIA_ALIKE`).

    The draft may be saved nonetheless: two people may well agree. What cannot be read is left to the form.
    """
    if not settings.NIANGJIA_ALIKE:
        return []
    ask = import_string(settings.NIANGJIA_ALIKE)
    found: list[Alike] = ask(draft=draft, paper=paper, mobile=mobile, actor=actor, day=day)
    return found


def vouched_numbers() -> Iterator[tuple[int, PersonalId]]:
    """The few numbers that break the coding rule and were vouched for, each with its person (D-6).

    For the nightly comparison only: nothing is shown to anybody.
    """
    with beyond():
        rows = list(IdentityDocument.objects.filter(matchable=False, until=None, person__erased_at=None))
    for row in rows:
        yield row.person_id, PersonalId(IdKind(row.kind), number_of(document=row), matchable=False)
