"""One's own side: choose the acting post, see one's account, and where log-in help is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from niangjia.accounts import actions, queries
from niangjia.accounts.forms import PostChoiceForm
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, open_to_all, own_only
from niangjia.kernel.errors import NotVisible


@own_only("everybody chooses among his own posts")
def act_as(request: HttpRequest) -> HttpResponse:
    """The posts that hold today; the one chosen is what the journal records (SC-3)."""
    actor, today = actor_of(request), clock.today()
    if request.method == "POST":
        form = PostChoiceForm(request.POST)
        if not form.is_valid():
            raise NotVisible
        chosen = actions.choose_post(
            user_id=actor.user_id, post_id=form.cleaned_data["post"], by=actor, at=clock.now()
        )
        request.session[queries.POST_KEY] = chosen
        request.session.cycle_key()
        return redirect(_onward(request, fallback="desk" if chosen else "home"))
    posts = queries.standings_of(user_id=actor.user_id or 0, day=today)
    context = {"posts": posts, "asked": request.GET.get("next", ""), "self_value": queries.SELF}
    return render(request, "accounts/act_as.html", context)


@own_only("everybody sees his own account")
def my_account(request: HttpRequest) -> HttpResponse:
    """One's own posts, password, second factor and recovery codes."""
    actor, today = actor_of(request), clock.today()
    page = queries.my_account(user_id=actor.user_id, acting=actor, today=today)
    return render(request, "accounts/my_account.html", {"page": page})


@open_to_all("says who resets a password; nothing is looked up")
def forgotten(request: HttpRequest) -> HttpResponse:
    """Passwords are reset by one's union, never by a link."""
    return render(request, "accounts/forgotten.html")


def _onward(request: HttpRequest, *, fallback: str) -> str:
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked and is_ours else fallback
