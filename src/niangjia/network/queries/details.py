"""What the pages of one organisation, employer or zone tell beside their own row."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from niangjia.kernel.access import Scope
from niangjia.kernel.dated import ahead_of, holds_on
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.versions import lines_of
from niangjia.network import rules
from niangjia.network.models import (
    Composition,
    Coverage,
    Employer,
    EmployerWas,
    Organisation,
    OrganisationName,
    OrganisationWas,
    TallyDay,
    TallyDelta,
)
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.tree.models import Placement, Relation, Unit


def above(*, organisation: Organisation) -> "list[Unit]":
    """The units above an organisation, root first."""
    return list(tree.chain_above(path=organisation.path))


def placements_of(*, organisation: Organisation) -> "list[Placement]":
    """Where the organisation stood and will stand, newest first."""
    return list(organisation.unit.placements.select_related("parent").order_by("-since"))


def relations_of(*, organisation: Organisation, day: date) -> "list[Relation]":
    """Who guides or leads it by line on a day."""
    rows = organisation.unit.guides.filter(Q(until=None) | Q(until__gt=day))
    return list(rows.select_related("guide").order_by("since"))


def terms_ending(*, scope: Scope, today: date, before: date) -> QuerySet[Organisation]:
    """The living organisations of a scope whose term ends before a day, soonest first (R-ORG-09)."""
    rows = within(Organisation.objects.all(), scope=scope)
    rows = rows.filter(status__in=rules.LIVING, term_ends_on__lt=before, established_on__lte=today)
    return rows.order_by("term_ends_on", "path")


def terms_to_renew(*, unit_id: int, scope: Scope, today: date, before: date) -> QuerySet[Organisation]:
    """The unit and those right below it whose term ends before a day; the unit itself also without a term."""
    rows = within(Organisation.objects.all(), scope=scope)
    rows = rows.filter(status__in=rules.LIVING, established_on__lte=today)
    near = Q(pk=unit_id) | Q(unit__parent=unit_id)
    rows = rows.filter(near, Q(term_ends_on__lt=before)) | rows.filter(pk=unit_id, term_ends_on=None)
    return rows.order_by("term_ends_on", "path")


def employer_in_scope(*, employer_id: int, scope: Scope) -> Employer:
    """The employer of the scope, or 404."""
    rows = within(Employer.objects.select_related("keeper", "division"), scope=scope)
    return the_one(rows.filter(pk=employer_id))


def employers_of(*, scope: Scope) -> QuerySet[Employer]:
    """Every employer of the scope, covered or not, that still stands in a register."""
    return within(Employer.objects.filter(until=None), scope=scope)


def employers_among(*, scope: Scope, ids: QuerySet[Any]) -> QuerySet[Employer]:
    """The employers of the reader's scope with these numbers that stand in a register, in tree order."""
    rows = within(Employer.objects.select_related("keeper"), scope=scope).filter(pk__in=ids, until=None)
    return rows.order_by("path", "id")


def coverages_of(*, employer: Employer) -> list[Coverage]:
    """Every coverage of an employer that the reader may see, newest first."""
    rows = Coverage.objects.filter(employer=employer).select_related("union")
    return list(rows.order_by("-since", "-counts"))


def coverage_in_scope(*, coverage_id: int, scope: Scope) -> Coverage:
    """The coverage by a union of the scope, or 404."""
    rows = within(Coverage.objects.all(), scope=scope).select_related("union__unit__parent", "employer")
    return the_one(rows.filter(pk=coverage_id))


def unions_covering(*, employers: Collection[int], day: date) -> dict[int, Coverage]:
    """The counting coverage of each employer on a day, in one query."""
    rows = Coverage.objects.filter(holds_on(day), employer_id__in=employers, counts=True)
    return {row.employer_id: row for row in rows.select_related("union")}


def coverages_by(*, unions: Collection[int], day: date) -> QuerySet[Coverage]:
    """What the unions cover from a day on, counting or not."""
    return Coverage.objects.filter(ahead_of(day), union_id__in=unions).select_related("employer", "union")


def kept_rows(*, units: Collection[int], employers: Collection[int]) -> tuple[QuerySet[Any], ...]:
    """Every row of the register that hangs on these units and employers, as `kernel.images` takes them."""
    return (
        Organisation.objects.filter(pk__in=units),
        *(rows.objects.filter(organisation__in=units) for rows in (OrganisationName, OrganisationWas)),
        Composition.objects.filter(Q(child__in=units) | Q(federation__in=units)),
        Employer.objects.filter(Q(pk__in=employers) | Q(keeper__in=units)),
        Coverage.objects.filter(employer__in=employers),
    )


def employers_as_they_were(*, employers: Collection[int], day: date) -> dict[int, EmployerWas]:
    """Of each employer edited since, what it was on a day: kind, sector, workers."""
    rows = EmployerWas.objects.filter(holds_on(day), employer_id__in=employers)
    return {row.employer_id: row for row in rows}


def organisations_as_they_were(*, organisations: Collection[int], day: date) -> dict[int, OrganisationWas]:
    """Of each organisation edited since, what it was on a day: kind and coverage mode."""
    rows = OrganisationWas.objects.filter(holds_on(day), organisation_id__in=organisations)
    return {row.organisation_id: row for row in rows}


def unit_choices(*, scope: Scope, also: int | None = None) -> list[tuple[int, str]]:
    """The general and industry unions of a scope to narrow a list by, and one more by number."""
    rows = within(Organisation.objects.all(), scope=scope) if not scope.public else Organisation.objects.all()
    wanted = Q(kind__in=[*rules.GENERAL, rules.OrgKind.INDUSTRY]) | Q(pk=also or 0)
    named = rows.filter(wanted, status__in=rules.LIVING).order_by("path").values_list("pk", "name")
    return list(named[:400])


@dataclass(frozen=True, slots=True)
class TallyHealth:
    """How the roll-up stands: for which day, how much waits, how often a recount differed."""

    day: date | None
    waiting: int
    alarms: int


def tally_health(*, since: date) -> TallyHealth:
    """For `doctor`: a roll-up of yesterday, a long queue or any alarm is to be looked into."""
    stands = TallyDay.objects.order_by("-day").first()
    lines = lines_of(kind="network.tally", object_ids=[0], limit=100)
    alarms = sum(line.at.date() >= since for line in lines)
    return TallyHealth(stands.day if stands else None, TallyDelta.objects.count(), alarms)
