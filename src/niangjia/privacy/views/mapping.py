"""The data map, open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.kernel import clock
from niangjia.kernel.doors import open_to_all
from niangjia.privacy import queries


@open_to_all("what is kept of whom and why is told to everybody; no row is shown")
def data_map(request: HttpRequest) -> HttpResponse:
    """Every kind of rows, with its columns, its keeping and its readers."""
    return render(request, "privacy/data_map.html", {"held": queries.data_map(day=clock.today())})
