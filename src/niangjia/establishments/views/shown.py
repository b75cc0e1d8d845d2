"""What founding shows: the public invitation, the list, one establishment, its papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from niangjia.establishments import queries
from niangjia.establishments.forms import FilterForm
from niangjia.establishments.views.around import LIST
from niangjia.founding import queries as founding
from niangjia.founding.permissions import Word
from niangjia.founding.rules import KIND
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, open_to_all, requires
from niangjia.kernel.shapes import Crumb
from niangjia.papers import queries as papers


@open_to_all("how a union is founded is no secret")
def invitation(request: HttpRequest) -> HttpResponse:
    """我们单位想建会: what is needed and how it goes; to ask one logs in, or the town asks on behalf."""
    bounds = founding.bounds_for(path="", day=clock.today())
    told = {"bounds": bounds, "actor_may_ask": actor_of(request).may(Word.ASK)}
    return render(request, "establishments/invitation.html", told)


@requires(Word.READ)
def establishments(request: HttpRequest) -> HttpResponse:
    """The establishments of the reader, narrowed by the address."""
    form = FilterForm(request.GET)
    page = queries.establishment_list(
        actor=actor_of(request),
        filters=founding.Filters(**form.told),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return render(request, "establishments/establishments.html", {"page": page, "filters": form})


@requires(Word.READ)
def establishment(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """One establishment: facts, completeness, steps, who has it, what may be done, what happened."""
    page = queries.establishment_page(
        establishment_id=establishment_id, actor=actor_of(request), today=clock.today()
    )
    crumbs = [Crumb(LIST, reverse("establishments")), Crumb(page.row.name)]
    return render(
        request, "establishments/establishment.html", {"page": page, "crumbs": crumbs, "about": KIND}
    )


@requires(Word.READ)
def paper(request: HttpRequest, establishment_id: int, paper_id: int) -> HttpResponse:
    """A paper of the establishment as it was issued, for founders too."""
    row = queries.establishment_paper(
        establishment_id=establishment_id, paper_id=paper_id, actor=actor_of(request)
    )
    body = papers.bytes_of(content=row.pdf)
    response = HttpResponse(body, content_type="application/pdf")
    name = f"{row.title} {row.number}.pdf"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
