"""Visits as a scope sees them; whether a household was confirmed at the door (R-AID-01)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse

from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.papers.rules import Subject
from niangjia.visits import rules
from niangjia.visits.models import HomeVisit
from niangjia.visits.permissions import Word


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of visits is narrowed to; every field stands in the address."""

    result: str = ""
    campaign: int | None = None
    officer: int | None = None
    household: int | None = None
    standing: str = ""


def visits_within(*, scope: Scope) -> QuerySet[HomeVisit]:
    """Those of the unions of a scope, and the reader's own household's."""
    rows = within(HomeVisit.objects.all(), scope=scope)
    return rows | HomeVisit.objects.filter(person_id=scope.own) if scope.own is not None else rows


def visits_for(*, actor: Actor, word: Word = Word.READ) -> QuerySet[HomeVisit]:
    """The same for an acting post."""
    return visits_within(scope=actor.scope_for(word))


def visit_for(*, visit_id: int, actor: Actor, word: Word = Word.READ) -> HomeVisit:
    """One of them, or 404."""
    rows = visits_for(actor=actor, word=word).select_related("unit", "campaign", "target")
    return the_one(rows.filter(pk=visit_id))


def visit_by_key(*, key: UUID) -> HomeVisit | None:
    """The visit of a key, wherever it lies; to be asked inside `beyond`."""
    return HomeVisit.objects.filter(key=key).first()


def visits_from(*, device_key: UUID, since: datetime) -> QuerySet[HomeVisit]:
    """What a phone has sent and stands as a visit; to be asked inside `beyond`."""
    rows = HomeVisit.objects.filter(device_key=device_key, received_at__gte=since)
    return rows.prefetch_related("photos").order_by("pk")


def narrowed(*, rows: QuerySet[HomeVisit], filters: Filters) -> QuerySet[HomeVisit]:
    """The rows that the filters leave."""
    wanted = Q()
    if filters.result in rules.RESULTS:
        wanted &= Q(result=filters.result)
    if filters.campaign is not None:
        wanted &= Q(campaign_id=filters.campaign)
    if filters.household is not None:
        wanted &= Q(household_id=filters.household)
    if filters.officer is not None:
        wanted &= Q(visitors__user_id=filters.officer)
    if filters.standing:
        wanted &= Q(voided_at__isnull=filters.standing == "valid")
    return rows.filter(wanted)


def visits_of_household(*, household_id: int) -> QuerySet[HomeVisit]:
    """Every visit of a household, newest first; to be asked inside `beyond` by whoever may see it."""
    return HomeVisit.objects.filter(household_id=household_id).order_by("-visited_at", "-pk")


def confirmed_visit_of(
    *, household_id: int, campaign_id: int | None, since: datetime | None = None
) -> HomeVisit | None:
    """The newest confirmed visit of a household, not void: of that campaign, or (none) of any since a moment.

    Outside of a campaign `since` is what `valid_since` tells for the union and day. Asked past the scope.
    """
    with beyond():
        rows = visits_of_household(household_id=household_id).filter(
            result=rules.Result.CONFIRMED, voided_at=None
        )
        if campaign_id is not None:
            rows = rows.filter(campaign_id=campaign_id)
        if since is not None:
            rows = rows.filter(visited_at__gte=since, received_at__gte=since)
        return rows.first()


def is_confirmed(*, household_id: int, campaign_id: int | None, since: datetime | None = None) -> bool:
    """The same as yes or no, by the database's own `visits_confirmed`, which the apps above use in SQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT visits_confirmed(%s, %s, %s)", [household_id, campaign_id, since])
        return bool(cursor.fetchone()[0])


def source_of(*, key: UUID) -> str:
    """Under which source the household keeps what was told at a visit."""
    return f"visit:{key}"


def visit_subject(*, about_id: int, scope: Scope) -> Subject:
    """The visit that files and papers hang on, or 404 (the port of papers)."""
    row = the_one(visits_within(scope=scope).filter(pk=about_id))
    href = reverse("visit", args=[row.pk])
    return Subject(rules.KIND, row.pk, row.unit_id, row.path, str(row), href, person_id=row.person_id)
