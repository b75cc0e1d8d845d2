"""Joining on the phone: what one gets, find my union, a code scanned."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from niangjia.joining import queries as joining
from niangjia.joining.rules import CodeState
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, open_to_all
from niangjia.kernel.limits import limited
from niangjia.network import queries as network
from niangjia.welcome import queries
from niangjia.welcome.forms import FindForm
from niangjia.welcome.rules import WHY
from niangjia.welcome.views import keeping

AGAIN = ("name", "kind", "number", "sex", "born", "mobile", "known")
"""What stays when another code is scanned: the person is the same."""


@open_to_all("what a member gets, in plain words, and how to join")
def join(request: HttpRequest) -> HttpResponse:
    """The slogan page (S-GD-06)."""
    return render(request, "welcome/join.html", {"under_way": keeping.read(request)})


@open_to_all("anybody may find the union that takes him")
@limited("join_find", most=120, seconds=600, reading=True)
def find(request: HttpRequest) -> HttpResponse:
    """Find my union by employer, place and form of work; there is one for everybody."""
    form = FindForm(request.GET or None)
    told = form.cleaned_data if form.is_bound and form.is_valid() else {}
    asked = queries.Asked(told.get("employer", ""), told.get("place", ""), told.get("form", ""))
    found = [(one, WHY[one.why]) for one in queries.unions_for(asked=asked, today=clock.today())]
    return render(request, "welcome/find.html", {"form": form, "asked": asked, "found": found})


@open_to_all("a code is made to be scanned by anybody")
@limited("join_code", most=120, seconds=600, reading=True)
def code(request: HttpRequest, token: str) -> HttpResponse:
    """A scanned code leads straight to the first question; one that is over says what to do."""
    found = joining.scanned(token=token, day=clock.today())
    if found.state is not CodeState.GOOD:
        told = {"code": found.code, "state": str(found.state)}
        return render(request, "welcome/code_over.html", told, status=HTTPStatus.GONE)
    return _begun(request, {"token": token.upper()})


@open_to_all("anybody may ask any union to take him")
@limited("join_code", most=120, seconds=600, reading=True)
def union(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The union that was found takes the place of the code."""
    unit = network.public_organisation(unit_id=unit_id)
    wanted = request.GET.get("form", "")
    told = {"unit": unit.pk, "form": wanted[:15], "employer_told": request.GET.get("employer", "")[:120]}
    return _begun(request, told)


def _begun(request: HttpRequest, target: keeping.Told) -> HttpResponse:
    """The first question; whoever is logged in as a person need not tell who he is (R-MEM-07)."""
    before = keeping.read(request)
    kept = {name: before[name] for name in AGAIN if name in before}
    known = actor_of(request).person_id is not None
    response = redirect("join-work" if known else "join-who")
    return keeping.keep(request, response, kept | target | {"known": known})
