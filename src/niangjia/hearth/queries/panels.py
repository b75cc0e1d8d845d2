"""What households add to the page of a union, and what files may hang on."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.households import queries as households
from niangjia.households.permissions import Word
from niangjia.households.rules import KIND
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.paths import CEILING
from niangjia.kernel.shapes import Figure, Panel
from niangjia.kernel.words import say
from niangjia.papers.rules import Subject

if TYPE_CHECKING:
    from niangjia.network.models import Organisation


def panel_of(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """How many households are on file under a union (port `NIANGJIA_ORGANISATION_PANELS`)."""
    top = organisation.path
    if not actor.may(Word.READ, at=top):
        return Panel()
    rows = households.households_within(scope=actor.scope_for(Word.READ))
    count = rows.filter(path__gte=top, path__lt=top + CEILING).count()
    href = f"{reverse('households')}?under={organisation.pk}"
    return Panel(figures=[Figure(say("家庭档案"), count, href, say("户"))])


def household_subject(*, about_id: int, scope: Scope) -> Subject:
    """The household that files hang on, or 404 (the port of papers)."""
    row = households.household_in_scope(household_id=about_id, scope=scope)
    href = reverse("household", args=[row.pk])
    name = str(say("第 {n} 号家庭", n=row.pk))
    return Subject(
        KIND, row.pk, unit_id=row.keeper_id, path=row.path, name=name, href=href, person_id=row.head_id
    )
