"""What sympathy shows: the list, one visit, what somebody reported himself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.comfort import queries
from niangjia.comfort.forms import FilterForm
from niangjia.comfort.views.around import LIST
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.squares import square
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.queries import Filters
from niangjia.sympathy.rules import KIND


@requires(Word.READ)
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of the reader's unions, narrowed by the address."""
    form = FilterForm(request.GET)
    told = form.told
    page = queries.visit_list(
        actor=actor_of(request),
        filters=Filters(
            state=told.get("state", ""), occasion=told.get("occasion", ""), name=told.get("name", "")
        ),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return render(request, "comfort/visits.html", {"page": page, "filters": form})


@requires(Word.READ)
def visit(request: HttpRequest, sympathy_id: int) -> HttpResponse:
    """One visit: what is known, what may be done, how receipt may be shown, what happened."""
    page = queries.visit_page(visit_id=sympathy_id, actor=actor_of(request), today=clock.today())
    crumbs = [Crumb(LIST, reverse("sympathy-visits")), Crumb(page.title)]
    told = {"page": page, "crumbs": crumbs, "about": KIND}
    if page.may_take:
        told["square"] = square(request.build_absolute_uri(reverse("my-sympathy-one", args=[page.row.pk])))
    return render(request, "comfort/visit.html", told)


@requires(Word.REPORT)
def reported(request: HttpRequest) -> HttpResponse:
    """What the reader reported, and how it stands."""
    table = queries.reported_table(actor=actor_of(request))
    return render(request, "comfort/reported.html", {"table": table})
