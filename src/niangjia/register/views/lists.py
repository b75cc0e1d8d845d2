"""The lists of the register: organisations, employers, zones, facilities; filters in the address."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.bodies import queries as bodies
from niangjia.kernel import clock, shapes
from niangjia.kernel.access import Scope
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.listing import slice_of, sort_of
from niangjia.kernel.words import say
from niangjia.network import queries
from niangjia.network.permissions import Word
from niangjia.register import forms
from niangjia.register.views import cards, offers, shown

SORTS = {"name": "name", "established": "established_on"}
NOWHERE = "!"
LONGEST_NUMBER = 15


@requires(Word.READ)
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations of the reader's scope, narrowed, sorted, with figures that open their rows."""
    scope, today = actor_of(request).scope_for(Word.READ), clock.today()
    units = queries.unit_choices(scope=scope, also=_number(request, "under"))
    form = forms.OrganisationsForm(request.GET, units=units)
    told = form.told
    filters = queries.Filters(
        modes=one_or_none(told, "mode"),
        state=told.get("state") or "living",
        federation_id=told.get("federation"),
        **common_filters(told, today),
    )
    filters = queries.with_names_found(filters=filters, of="organisation", today=today)
    rows = queries.organisations_in_scope(scope=scope, filters=filters, today=today)
    part = _part(request, rows, sorts=SORTS)
    at_rows, counts = _counted(part.rows, scope, filters, today)
    table = shown.organisations(part.rows, counted=at_rows, day=told.get("day") or today, today=today)
    figures = shown.figures(counts, under=told.get("under"), day=told.get("day")) if counts else ()
    listed = counts and counts.listed_organisations(kind=told.get("kind", ""), mode=told.get("mode", ""))
    known = None if _narrower(told, "name", "state", "sector", "federation") else listed
    more = {"form": form, "figures": figures, **_found(table, part, rows, known, filters)}
    return _list(request, say("工会组织"), tab="organisations", **more)


@requires(Word.READ)
def employers(request: HttpRequest) -> HttpResponse:
    """The covered employers of the reader's scope, each once, or the blind spots."""
    scope, today = actor_of(request).scope_for(Word.READ), clock.today()
    units = queries.unit_choices(scope=scope, also=_number(request, "under"))
    zones = bodies.zones_in_scope(scope=scope).select_related(None).values_list("pk", "name")[:300]
    form = forms.EmployersForm(request.GET, units=units, zones=zones)
    told = form.told
    covered = False if told.get("covered") == "no" else None
    common = common_filters(told, today)
    zone, day = told.get("zone"), told.get("day") or today
    here = None if zone is None else bodies.lying_in(zone_id=zone, day=day)
    filters = queries.Filters(covered=covered, among=here, **common)
    filters = queries.with_names_found(filters=filters, of="employer", today=today)
    rows = queries.employers_in_scope(scope=scope, filters=filters, today=today)
    part = _part(request, rows, sorts={"name": "name"})
    table = shown.employers(part.rows, day=day, today=today)
    _, counts = _counted((), scope, filters, today)
    figures = shown.employer_figures(counts, under=told.get("under"), day=told.get("day")) if counts else ()
    listed = counts and counts.listed_employers(kind=told.get("kind", ""), sector=told.get("sector", ""))
    known = None if _narrower(told, "name", "covered", "zone") else listed
    more = {"form": form, "figures": figures, **_found(table, part, rows, known, filters)}
    return _list(request, say("用人单位"), tab="employers", **more)


@requires(Word.READ)
def zones(request: HttpRequest) -> HttpResponse:
    """The zones of the reader's scope."""
    rows = bodies.zones_in_scope(scope=actor_of(request).scope_for(Word.READ))
    part = _part(request, rows, sorts={}, usual="path")
    table = cards.zones(part.rows)
    return _list(request, say("商圈与园区"), tab="zones", table=table, pager=part.pager(total=rows.count()))


@requires(Word.READ)
def facilities(request: HttpRequest) -> HttpResponse:
    """The facilities of the reader's scope."""
    rows = bodies.facilities_in_scope(scope=actor_of(request).scope_for(Word.READ))
    part = _part(request, rows, sorts={}, usual="path")
    table = cards.facilities(part.rows)
    return _list(request, say("阵地"), tab="facilities", table=table, pager=part.pager(total=rows.count()))


def _list(request: HttpRequest, title: Any, *, tab: str, **more: Any) -> HttpResponse:
    tabs, acts = shown.list_tabs(tab), offers.of_list(tab, asked=request.GET, actor=actor_of(request))
    return render(request, "register/list.html", {"title": title, "tabs": tabs, "actions": acts, **more})


def _part(request: HttpRequest, rows: Any, *, sorts: dict[str, str], usual: str = "place") -> Any:
    asked = request.GET
    sort = sort_of(asked.get("sort", ""), sorts, usual=usual)
    return slice_of(rows, sort=sort, before=asked.get("before", ""), after=asked.get("after", ""))


def _found(
    table: shapes.Table, part: Any, rows: Any, known: int | None, filters: queries.Filters
) -> dict[str, Any]:
    """The table and its pager: the total is the roll-up's figure where there is one, equal to the rows.

    A name that leads to too many is not counted out: the page says so.
    """
    if filters.more:
        most = queries.FOUND_AT_MOST
        words = "名称里有“{name}”的超过 {most} 条，这里只找了其中 {most} 条。请再多打几个字。"
        note = say(words, name=filters.name, most=most)
        return {"table": replace(table, note=note, empty=note), "pager": part.pager(total=None)}
    if known is None:
        whole = part.rows and not (part.before or part.after)
        known = len(part.rows) if whole else rows.count()
    return {"table": table, "pager": part.pager(total=known)}


def _number(request: HttpRequest, name: str) -> int | None:
    told = request.GET.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST_NUMBER else None


def one_or_none(told: dict[str, Any], name: str) -> tuple[str, ...]:
    """What the form tells under a name, as the filters take it."""
    return (told[name],) if told.get(name) else ()


def common_filters(told: dict[str, Any], today: date) -> dict[str, Any]:
    """What both lists are narrowed by."""
    return {
        "under": _path(told.get("under"), told.get("day") or today),
        "day": told.get("day"),
        "kinds": one_or_none(told, "kind"),
        "sectors": one_or_none(told, "sector"),
        "name": told.get("name", ""),
    }


def _path(unit_id: int | None, day: date) -> str:
    """Where a unit stood on the day; nothing stood under one that was not there."""
    if unit_id is None:
        return ""
    try:
        return queries.path_on(unit_id=unit_id, day=day)
    except NotVisible:
        return NOWHERE


def _narrower(told: dict[str, Any], *names: str) -> bool:
    """Whether a list is narrowed by more than the roll-up counts by."""
    return any(told.get(name) for name in names)


def _counted(rows: Any, scope: Scope, filters: queries.Filters, today: date) -> Any:
    """The counts at each organisation of a page, and the figures over the list, in one query."""
    day = filters.day or today
    return queries.counts_with_sum(
        paths=[row.place for row in rows], tops=_tops(scope, filters, today), day=day
    )


def _tops(scope: Scope, filters: queries.Filters, today: date) -> list[str]:
    """Where the figures over a list are counted: the unit it is narrowed to, or the reader's whole scope."""
    day = filters.day or today
    if filters.under:
        return [filters.under]
    if scope.exact or not shown.paths_of(scope):
        return []
    return (
        shown.paths_of(scope) if day == today else [_path(unit_id, day) for unit_id in shown.units_of(scope)]
    )
