"""Whom aid has passed over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.hardship.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.relief import queries


@requires(Word.READ)
def overlooked(request: HttpRequest) -> HttpResponse:
    """Files in force that were never helped, or of which nothing changed for a year (R-AID-16)."""
    asked = request.GET.get("only", "")
    only = asked if asked in queries.ONLY else "never"
    page = queries.overlooked(
        actor=actor_of(request), only=only, day=clock.today(), address=reverse("aid-overlooked")
    )
    return render(request, "relief/overlooked.html", {"page": page})
