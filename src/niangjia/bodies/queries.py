"""Reads of committees, zones and facilities: what an officer's scope holds, and what is public."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from niangjia.bodies import rules
from niangjia.bodies.models import Committee, CommitteePost, Facility, Zone, ZoneEmployer
from niangjia.bodies.permissions import Word
from niangjia.kernel import policy
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.dated import holds_on
from niangjia.kernel.paths import CEILING
from niangjia.kernel.periods import add_months
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.words import Said
from niangjia.network import queries as network
from niangjia.network.queries import Counts
from niangjia.network.rules import OrgKind
from niangjia.tasks.rules import TodoItem

if TYPE_CHECKING:
    from niangjia.network.models import Employer, Organisation


TERMS_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Term:
    """A committee's term with the posts held on a day and what is to be reminded of."""

    committee: Committee | None
    posts: tuple[CommitteePost, ...]
    reminder: Said | None
    advice: tuple[Said, ...]


def term_of(*, organisation: "Organisation", day: date, counts: Counts) -> Term:
    """The committee in office on a day, with reminder (R-ORG-09) and advice (R-ORG-05, R-ORG-10)."""
    committee = Committee.objects.filter(organisation=organisation, since__lte=day).order_by("-since").first()
    posts = tuple(
        CommitteePost.objects.filter(holds_on(day), organisation=organisation)
        .select_related("person")
        .order_by("id")
    )
    ends_on = committee.until if committee else organisation.term_ends_on
    months = policy.on("term.remind_months", day).of(tuple)
    advice = rules.committee_advice(
        OrgKind(organisation.kind),
        workers=counts.workers,
        posts=[(post.kind, post.full_time) for post in posts],
        required_from=policy.on("org.committee_required_members", day).of(int),
        full_time_from=policy.on("org.fulltime_chair_headcount", day).of(int),
    )
    return Term(committee, posts, rules.term_reminder(ends_on, today=day, months=months), tuple(advice))


def terms_to_do(*, actor: Actor, today: date) -> list[TodoItem]:
    """The terms that the acting post's union has to see to: its own and those right below, at the reminders.

    A source of the to-do list (port `NIANGJIA_TODO_SOURCES`): nothing is kept, so nothing is ever stale.
    """
    if actor.unit_id is None or not actor.may(Word.COMMITTEE, at=actor.unit_path):
        return []
    months = policy.on("term.remind_months", today).of(tuple)
    before = add_months(today, max(months) + 1)
    scope = actor.scope_for(Word.COMMITTEE)
    near = network.terms_to_renew(unit_id=actor.unit_id, scope=scope, today=today, before=before)
    rows = [row for row in near if _is_due(row.term_ends_on, today=today, months=months)]
    return [
        TodoItem(
            key=f"term:{row.pk}:{row.term_ends_on}",
            kind="bodies.term",
            title=rules.renewal(row.name, row.term_ends_on, today=today),
            road="open-term",
            road_args=(row.pk,),
            unit_id=row.pk,
            unit_name=row.name,
            due_on=row.term_ends_on,
        )
        for row in rows[:TERMS_AT_MOST]
    ]


def _is_due(ends_on: date | None, *, today: date, months: tuple[int, ...]) -> bool:
    """Whether the day of the first reminder has come, to the day; a term that is not on record is due."""
    return ends_on is None or rules.term_reminder(ends_on, today=today, months=months) is not None


def committee_in_scope(*, committee_id: int, scope: Scope) -> Committee:
    """The committee of an organisation of the scope, or 404."""
    rows = within(Committee.objects.all(), scope=scope, field="organisation__path")
    return the_one(rows.select_related("organisation__unit").filter(pk=committee_id))


def post_in_scope(*, post_id: int, scope: Scope) -> CommitteePost:
    """The committee post of an organisation of the scope, or 404."""
    rows = within(CommitteePost.objects.all(), scope=scope, field="organisation__path")
    return the_one(rows.select_related("organisation__unit", "person", "committee").filter(pk=post_id))


def facilities_in_scope(*, scope: Scope, organisation: "Organisation | None" = None) -> QuerySet[Facility]:
    """The facilities of a scope, or of one organisation; those in use first."""
    rows = within(Facility.objects.all(), scope=scope).select_related("organisation")
    rows = rows.filter(organisation=organisation) if organisation else rows
    return rows.order_by("path", "id")


def facility_in_scope(*, facility_id: int, scope: Scope) -> Facility:
    """The facility of the scope, or 404."""
    return the_one(
        facilities_in_scope(scope=scope).select_related("organisation__unit").filter(pk=facility_id)
    )


def zones_in_scope(*, scope: Scope, employer: "Employer | None" = None) -> QuerySet[Zone]:
    """The zones of a scope, or those in which an employer lies now."""
    rows = within(Zone.objects.all(), scope=scope).select_related("keeper")
    if employer is not None:
        rows = rows.filter(pk__in=ZoneEmployer.objects.filter(employer=employer, until=None).values("zone"))
    return rows.order_by("path", "id")


def employers_in_zone(*, zone: Zone, scope: Scope, day: date) -> "list[Employer]":
    """The employers of the reader's scope that lie in a zone on a day, covered or not."""
    here = lying_in(zone_id=zone.pk, day=day)
    return list(network.employers_among(scope=scope, ids=here)[:500])


def lying_in(*, zone_id: int, day: date) -> QuerySet[Any]:
    """The numbers of the employers that lie in a zone on a day, for a list narrowed to it."""
    return ZoneEmployer.objects.filter(holds_on(day), zone=zone_id).values("employer")


def zone_in_scope(*, zone_id: int, scope: Scope) -> Zone:
    """The zone of the scope, or 404."""
    return the_one(zones_in_scope(scope=scope).filter(pk=zone_id))


def public_facilities(*, day: date, under: str = "", kinds: Iterable[str] = ()) -> QuerySet[Facility]:
    """The facilities in use on a day at or under a path, in tree order: place, hours and shared use."""
    rows = Facility.objects.filter(holds_on(day)).select_related("organisation")
    if under:
        rows = rows.filter(path__gte=under, path__lt=under + CEILING)
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    return rows.order_by("path", "pk")


def kept_rows(*, units: Collection[int]) -> tuple[QuerySet[Any], ...]:
    """The committees, posts, facilities and zones of these units, as `kernel.images` takes them."""
    return (
        Committee.objects.filter(organisation__in=units),
        CommitteePost.objects.filter(organisation__in=units),
        Facility.objects.filter(organisation__in=units),
        Zone.objects.filter(keeper__in=units),
    )
