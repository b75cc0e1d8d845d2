"""Public pages: home, find, an organisation; open to everybody, no log-in, no JavaScript needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.kernel import clock
from niangjia.kernel.doors import open_to_all
from niangjia.portal import queries
from niangjia.portal.forms import DayForm, FindForm, PositionForm


@open_to_all("the front door: what a worker can get now")
def home(request: HttpRequest) -> HttpResponse:
    """What a worker can get now."""
    here = PositionForm(request.GET).position()
    page = queries.home(here=here, today=clock.today())
    members = queries.members_number(standing=page.standing) if page.standing else None
    return render(request, "portal/home.html", {"page": page, "here": here, "members": members})


@open_to_all("anybody may find the union that serves them")
def find(request: HttpRequest) -> HttpResponse:
    """Find my union by name, employer, place or position."""
    form = FindForm(request.GET)
    here, answers = form.position(), form.answers()
    found = queries.findings(name=answers["q"], place_id=answers["place"], here=here, today=clock.today())
    return render(
        request, "portal/find.html", {"found": found, "form": form, "q": answers["q"], "here": here}
    )


@open_to_all("names, kinds and places of unions are public")
def organisation(request: HttpRequest, unit_id: int) -> HttpResponse:
    """An organisation as the public sees it."""
    form = DayForm(request.GET, today=clock.today())
    page = queries.public_page(unit_id=unit_id, day=form.answers()["day"], today=clock.today())
    members = queries.members_number(standing=page.standing)
    return render(request, "portal/organisation.html", {"page": page, "members": members})
