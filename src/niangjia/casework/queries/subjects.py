"""What files and papers hang on: an application, a round (the port of papers)."""

from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.aid import rules
from niangjia.kernel.access import Scope
from niangjia.kernel.scoping import the_one
from niangjia.papers.rules import Subject


def application_subject(*, about_id: int, scope: Scope) -> Subject:
    """The application that files hang on, or 404; they concern whom it pays."""
    row = the_one(aid.applications_within(scope=scope).filter(pk=about_id))
    href = reverse("aid-application", args=[row.pk])
    return Subject(rules.KIND, row.pk, row.unit_id, row.path, str(row), href, person_id=row.payee_id)


def round_subject(*, about_id: int, scope: Scope) -> Subject:
    """The round that papers hang on, or 404."""
    row = the_one(aid.rounds_within(scope=scope).filter(pk=about_id))
    href = reverse("aid-round", args=[row.pk])
    return Subject(rules.ROUND, row.pk, row.unit_id, row.path, row.name, href)
