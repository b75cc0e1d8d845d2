"""Devices that have logged in to an account before: guessing from everywhere stops strangers, not the owner.

Guesses are bounded per account and address; a guesser with many addresses is bounded here, per account
over all addresses. Whoever holds the mark of an earlier log-in is not counted: nobody shuts the owner out.
"""

from django.core import signing
from django.http import HttpRequest, HttpResponse

from niangjia.kernel.limits import often

COOKIE = "nj_known"
SALT = "niangjia.entrance.known"
LONG = 180 * 24 * 3600
STRANGERS, HOUR = 30, 3600
"""Tries for one account from unknown devices within an hour, by everybody together."""


def is_known(request: HttpRequest, *, username: str) -> bool:
    """Whether this device has logged in to the account before."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LONG)
    except signing.BadSignature:
        return False
    return isinstance(told, list) and username.lower() in told


def too_many_strangers(request: HttpRequest, *, username: str) -> bool:
    """One more try from a device that is not known; true beyond the bound."""
    name = username.lower()
    return not is_known(request, username=name) and often(f"strangers {name}", most=STRANGERS, seconds=HOUR)


def remember(request: HttpRequest, response: HttpResponse, *, username: str) -> HttpResponse:
    """The device carries the mark of this account from now on; it tells nothing but that."""
    name = username.lower()
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LONG)
    except signing.BadSignature:
        told = []
    names = [name, *(one for one in told if one != name)][:5]
    mark = signing.dumps(names, salt=SALT)
    response.set_cookie(
        COOKIE,
        mark,
        max_age=LONG,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
        path="/account/",
    )
    return response
