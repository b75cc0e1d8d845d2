"""The pages of one organisation, employer, zone."""

from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.bodies import queries as bodies
from niangjia.bodies.rules import FACILITY_LABELS, ZONE_LABELS, FacilityKind, ZoneKind
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.fields import DayField
from niangjia.kernel.words import say
from niangjia.network import queries
from niangjia.network.permissions import Word
from niangjia.network.rules import EMPLOYER_LABELS, KIND_LABELS, EmployerKind, OrgKind
from niangjia.register.queries import employer_panels_of, journal_of, panels_of
from niangjia.register.views import cards, offers, shown

RECORD = "register/record.html"


@requires(Word.READ)
def organisation(request: HttpRequest, unit_id: int) -> HttpResponse:
    """An organisation on a day: facts, figures, 1+N+X, committee, facilities, relations, what happened."""
    actor, today = actor_of(request), clock.today()
    scope = actor.scope_for(Word.READ)
    row = queries.organisation_in_scope(unit_id=unit_id, scope=scope)
    day = _day(request, today)
    counts = _counts(unit_id, day)
    term = bodies.term_of(organisation=row, day=today, counts=counts)
    federation = row.kind == OrgKind.FEDERATION
    drawn = queries.compositions(federation=row, day=day) if federation else None
    asked = None if day == today else day
    added = panels_of(organisation=row, actor=actor, day=day)
    context = {
        "row": row,
        "kind": say(KIND_LABELS[OrgKind(row.kind)]),
        "day": day,
        "crumbs": shown.crumbs(queries.above(organisation=row), row.name, scope=scope),
        "acts": [*offers.of_organisation(row, actor=actor), *added.acts],
        "figures": [*shown.figures(counts, under=unit_id, day=asked), *added.figures],
        "added": added.tables,
        "drawing": shown.drawing(drawn, day=asked) if drawn else None,
        "term": term,
    }
    told = context | cards.organisation_cards(row, term, actor, today)
    return render(request, "register/organisation.html", told)


@requires(Word.READ)
def employer(request: HttpRequest, employer_id: int) -> HttpResponse:
    """An employer: facts, who covers it since when, the zones it lies in, what happened."""
    actor, today = actor_of(request), clock.today()
    row = queries.employer_in_scope(employer_id=employer_id, scope=actor.scope_for(Word.READ))
    may = actor.may(Word.COVER, at=row.path)
    coverages = cards.coverages(queries.coverages_of(employer=row), today=today, may_end=may)
    zones = cards.zones(bodies.zones_in_scope(scope=actor.scope_for(Word.READ), employer=row))
    added = employer_panels_of(employer=row, actor=actor, day=today)
    context = {
        "row": row,
        "kind": say(EMPLOYER_LABELS[EmployerKind(row.kind)]),
        "crumbs": cards.employer_crumbs(row),
        "acts": [*offers.of_employer(row, actor=actor), *added.acts],
        "facts": cards.employer_facts(row),
        "tables": [coverages, *([zones] if zones.rows else []), *added.tables],
        "events": cards.events(journal_of(kind="network.employer", object_id=row.pk)),
    }
    return render(request, RECORD, context)


@requires(Word.READ)
def zone(request: HttpRequest, zone_id: int) -> HttpResponse:
    """A zone: facts, the employers in it, what happened."""
    actor, today = actor_of(request), clock.today()
    scope = actor.scope_for(Word.READ)
    row = bodies.zone_in_scope(zone_id=zone_id, scope=scope)
    rows = bodies.employers_in_zone(zone=row, scope=scope, day=today)
    ends = partial(cards.leaves, row) if actor.may(Word.COVER, at=row.path) else None
    context = {
        "row": row,
        "kind": say(ZONE_LABELS[ZoneKind(row.kind)]),
        "crumbs": cards.zone_crumbs(row),
        "acts": offers.of_zone(row, actor=actor),
        "facts": cards.zone_facts(row),
        "tables": [shown.employers(rows, day=today, today=today, ends=ends, empty=cards.NOBODY_HERE)],
        "events": cards.events(journal_of(kind="bodies.zone", object_id=row.pk)),
    }
    return render(request, RECORD, context)


@requires(Word.READ)
def facility(request: HttpRequest, facility_id: int) -> HttpResponse:
    """A facility with all that is told of it (R-SRV-04)."""
    actor = actor_of(request)
    row = bodies.facility_in_scope(facility_id=facility_id, scope=actor.scope_for(Word.READ))
    context = {
        "row": row,
        "kind": say(FACILITY_LABELS[FacilityKind(row.kind)]),
        "crumbs": cards.facility_crumbs(row),
        "acts": offers.of_facility(row, actor=actor),
        "facts": cards.facility_facts(row),
        "events": cards.events(journal_of(kind="bodies.facility", object_id=row.pk)),
    }
    return render(request, RECORD, context)


def _day(request: HttpRequest, today: date) -> date:
    field = DayField(required=False)
    try:
        return field.clean(request.GET.get("day", "")) or today
    except ValidationError:
        return today


def _counts(unit_id: int, day: date) -> queries.Counts:
    """The counts of the day; nothing is counted at a unit that did not stand then."""
    try:
        return queries.counts(unit_id=unit_id, day=day)
    except NotVisible:
        return queries.Counts(day=day)
