"""The list of restructures and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.reshaping import queries
from niangjia.reshaping.forms import RestructureFilterForm
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import STATE_WORDS

LIST = say("撤并改")


@requires(Word.READ)
def restructures(request: HttpRequest) -> HttpResponse:
    """The restructures that the reader's union decides or that touch one of its unions."""
    form = RestructureFilterForm(request.GET, labels=STATE_WORDS)
    asked = form.cleaned_data if form.is_valid() else {}
    page = queries.restructure_list(
        actor=actor_of(request),
        kind=asked.get("kind", ""),
        state=asked.get("state", ""),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return render(request, "reshaping/restructures.html", {"page": page, "filters": form})


@requires(Word.READ)
def restructure(request: HttpRequest, restructure_id: int) -> HttpResponse:
    """One restructure: what moves, how far it is, what must be settled, what may be done."""
    page = queries.restructure_page(restructure_id=restructure_id, actor=actor_of(request))
    crumbs = [Crumb(LIST, reverse("restructures")), Crumb(page.title)]
    return render(request, "reshaping/restructure.html", {"page": page, "crumbs": crumbs})
