"""Where a logged-in person goes next: change the first password, bind the second factor, choose a post."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from niangjia.accounts import queries
from niangjia.accounts.queries import Hurdle
from niangjia.kernel.access import Role
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.middleware import Handler, wants_json

ROADS = {
    Hurdle.PASSWORD: "account_change_password",
    Hurdle.ENROL: "mfa_activate_totp",
    Hurdle.VERIFY: "mfa_reauthenticate",
    Hurdle.CHOOSE: "act-as",
}


def next_url(request: HttpRequest) -> str:
    """The page of the next hurdle, else the desk or the home page."""
    hurdle = queries.hurdle_of(request)
    if hurdle is not None:
        return reverse(ROADS[hurdle])
    actor = queries.actor_of(request)
    return _or_root("home" if actor.role in {Role.WRK, Role.MEM, Role.PUB} else "desk")


class Onward:
    """Turns a refusal that a hurdle explains into the way over it; every other refusal stands."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:  # noqa: D102 - passes on
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The way over the hurdle, with the page asked for as what comes next."""
        if not isinstance(error, NotAllowed) or wants_json(request) or not request.user.is_authenticated:
            return None
        hurdle = queries.hurdle_of(request)
        if hurdle is None:
            return None
        query = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
        return HttpResponseRedirect(reverse(ROADS[hurdle]) + query)


def _or_root(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return "/"
