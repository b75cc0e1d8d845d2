"""The reconciliation of the national file, and the yearly sheet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.enrolment import forms
from niangjia.enrolment.queries import leaving, yearly
from niangjia.enrolment.views import shown
from niangjia.exchange.permissions import Word as ExchangeWord
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.shapes import Act
from niangjia.kernel.words import say
from niangjia.members.permissions import Word
from niangjia.network import queries as network


@requires(Word.NAMES)
def national(request: HttpRequest) -> HttpResponse:
    """Members here = rows that go out + rows that cannot, each with its reason; the equation closes."""
    actor, today = actor_of(request), clock.today()
    form = _form(request, actor)
    under = form.told.get("under")
    asked = {"under": str(under)} if under else {}
    closed = leaving.closing_of(asked=asked, by=actor, today=today)
    context = {
        "form": form,
        "actions": _acts(actor, "national-members", request),
        "table": shown.closing(closed, under=under),
        "closed": closed,
        "columns": shown.national_columns(),
    }
    return render(request, "enrolment/national.html", context)


@requires(Word.READ)
def year(request: HttpRequest) -> HttpResponse:
    """The yearly sheet of a unit, made from records."""
    actor, today = actor_of(request), clock.today()
    form = _form(request, actor)
    told = form.told
    which = told.get("year") or today.year
    lines = yearly.sheet_of(
        unit_id=told.get("under") or actor.unit_id or 0,
        year=which,
        scope=actor.scope_for(Word.READ),
        today=today,
    )
    context = {
        "form": form,
        "actions": _acts(actor, "member-year", request),
        "table": shown.sheet(lines),
        "day": yearly.day_of_year(year=which, today=today),
    }
    return render(request, "enrolment/year.html", context)


def _form(request: HttpRequest, actor: Actor) -> forms.SheetForm:
    scope = actor.scope_for(Word.READ)
    units = network.unit_choices(scope=scope, also=actor.unit_id)
    is_year = request.resolver_match is not None and request.resolver_match.url_name == "member-year"
    return forms.SheetForm(request.GET, units=units, with_year=is_year, this_year=clock.today().year)


def _acts(actor: Actor, key: str, request: HttpRequest) -> list[Act]:
    if not actor.may(ExchangeWord.EXPORT):
        return []
    here, query = reverse("ask-for-list", args=[key]), request.GET.urlencode()
    return [Act(say("导出"), f"{here}?{query}" if query else here, icon="download", kind="primary")]
