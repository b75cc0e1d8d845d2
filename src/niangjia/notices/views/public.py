"""Notices for everybody: what hangs today, an objection, its answer. Nothing here is for search engines."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from niangjia.kernel import clock
from niangjia.kernel.doors import open_to_all
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.forms import by_at, complain
from niangjia.kernel.limits import limited
from niangjia.notices import actions, queries
from niangjia.notices.forms import FollowForm, ObjectForm
from niangjia.notices.views import shown


def _quiet(response: HttpResponse) -> HttpResponse:
    """Not to be found by search engines, not to be kept."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "no-store"
    return response


@open_to_all("notices are made to be read by everybody, while they hang")
@limited("read_notices", most=240, seconds=600, reading=True)
def notices(request: HttpRequest) -> HttpResponse:
    """What hangs today."""
    rows = queries.open_notices(day=clock.today())[:200]
    return _quiet(render(request, "notices/notices.html", {"table": shown.public_table(rows)}))


@open_to_all("a notice is made to be read by everybody, while it hangs")
@limited("read_notices", most=240, seconds=600, reading=True)
def notice(request: HttpRequest, token: str) -> HttpResponse:
    """The masked rows while it hangs; afterwards that it has ended (410), then nothing."""
    row = queries.open_notice_by_token(token=token, day=clock.today())
    if row is None:
        told = {"headline": queries.headline(token=token, day=clock.today())}
        return _quiet(render(request, "notices/gone.html", told, status=HTTPStatus.GONE))
    context = {"row": row, "table": shown.rows(row), "facts": shown.public_facts(row)}
    return _quiet(render(request, "notices/notice.html", context))


@open_to_all("anybody may object to a notice, with or without a name")
@limited("object_to_notice", most=5, seconds=3600)
def object_to(request: HttpRequest, token: str) -> HttpResponse:
    """The objection is received; the receipt code is shown once."""
    row = queries.open_notice_by_token(token=token, day=clock.today())
    if row is None:
        raise NotVisible
    form = ObjectForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            told = {"token": token, "today": clock.today(), **form.cleaned_data, **by_at(request)}
            return _quiet(render(request, "notices/received.html", {"receipt": actions.object_to(**told)}))
        except Refused as error:
            complain(form, error)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _quiet(render(request, "notices/object.html", {"row": row, "form": form}, status=status))


@open_to_all("who holds a receipt code reads the answer")
@limited("follow_objection", most=20, seconds=600)
def follow(request: HttpRequest) -> HttpResponse:
    """The answer to the objection of a receipt code; the code is posted, so that no address keeps it."""
    form = FollowForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        context |= {"asked": True, "found": queries.followed(receipt=form.cleaned_data["receipt"])}
    return _quiet(render(request, "notices/follow.html", context, status=422 if form.errors else 200))
