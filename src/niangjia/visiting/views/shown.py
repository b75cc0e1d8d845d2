"""What the office sees of visits: the list, one visit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.visiting import queries
from niangjia.visiting.forms import FilterForm
from niangjia.visits.permissions import Word
from niangjia.visits.rules import HEIGHT, KIND, WIDTH

LIST = say("走访记录")


@requires(Word.READ)
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of the scope, newest first."""
    form = FilterForm(request.GET)
    page = queries.visit_list(
        actor=actor_of(request),
        filters=form.told,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return render(request, "visiting/visits.html", {"page": page, "filters": form})


@requires(Word.READ)
def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """One visit: what was told, what differs, who signed, what was asked for."""
    page = queries.visit_page(visit_id=visit_id, actor=actor_of(request))
    crumbs = [Crumb(LIST, reverse("visits")), Crumb(page.title)]
    told = {"page": page, "crumbs": crumbs, "about": KIND, "sheet": f"0 0 {WIDTH} {HEIGHT}"}
    return render(request, "visiting/visit.html", told)
