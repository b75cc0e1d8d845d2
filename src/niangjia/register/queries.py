"""What the register tells of an organisation for others, and what apps above tell of it on its page."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.panels import joined
from niangjia.kernel.shapes import Panel
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said
from niangjia.network import queries as network
from niangjia.papers.rules import Subject
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.kernel.models import JournalLine
    from niangjia.network.models import Employer, Organisation

ORGANISATION = "network.organisation"
LINES = 12


def organisation_subject(*, about_id: int, scope: Scope) -> Subject:
    """The organisation that files hang on, or 404 (the port of papers)."""
    row = network.organisation_in_scope(unit_id=about_id, scope=scope)
    href = reverse("organisation", args=[row.pk])
    return Subject(ORGANISATION, row.pk, unit_id=row.pk, path=row.path, name=row.name, href=href)


def panels_of(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """What apps above add to its page, each in its own scope (port `NIANGJIA_ORGANISATION_PANELS`)."""
    paths = settings.NIANGJIA_ORGANISATION_PANELS
    return joined(paths, organisation=organisation, actor=actor, day=day)


def employer_panels_of(*, employer: "Employer", actor: Actor, day: date) -> Panel:
    """What apps above add to an employer's page, each in its own scope (port `NIANGJIA_EMPLOYER_PANELS`)."""
    return joined(settings.NIANGJIA_EMPLOYER_PANELS, employer=employer, actor=actor, day=day)


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the journal: when, who, which verb, why."""

    line: "JournalLine"
    who: str | Said
    unit: str


def journal_of(*, kind: str, object_id: int) -> list[Told]:
    """What the journal tells of a record, newest first, with who acted in which unit."""
    lines = lines_of(kind=kind, object_ids=[object_id], limit=LINES)
    who = authors_of(lines)
    units = tree.names_of(unit_ids={line.unit_id for line in lines if line.unit_id})
    return [Told(line, who.get(line.user_id, ""), units.get(line.unit_id or 0, "")) for line in lines]
