"""My own record: what is kept of me, who looked, what I consented to; I correct, take away, withdraw."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, own_only
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.people import actions, queries
from niangjia.privacy import actions as own_actions
from niangjia.privacy import forms
from niangjia.privacy.views import own_shown

if TYPE_CHECKING:
    from niangjia.people.models import Person

MINE = own_only("a person's own record")
HERE = say("我的个人信息")


def _me(request: HttpRequest) -> "Person":
    return queries.own_person(person_id=actor_of(request).person_id)


@MINE
def my_record(request: HttpRequest) -> HttpResponse:
    """Everything at a glance; the full numbers are in the copy that I can take away."""
    return render(request, "privacy/mine.html", own_shown.page(_me(request), day=clock.today()))


@MINE
@require_POST
def my_copy(request: HttpRequest) -> HttpResponse:
    """All that is kept of me, as a ZIP."""
    content = own_actions.export_person(person_id=_me(request).pk, **by_at(request))
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="my-record-{clock.today():%Y%m%d}.zip"'
    return response


@MINE
def my_consents(request: HttpRequest) -> HttpResponse:
    """Each purpose with its text, whether I consented, and a button of its own."""
    return render(request, "privacy/consents.html", {"purposes": own_shown.purposes(_me(request))})


@MINE
@require_POST
def give_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """I consent to one purpose."""
    actions.give_consent(person_id=_me(request).pk, purpose=purpose, **by_at(request))
    return redirect("my-consents")


@MINE
@require_POST
def withdraw_consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """I do not consent any more."""
    actions.withdraw_consent(person_id=_me(request).pk, purpose=purpose, **by_at(request))
    return redirect("my-consents")


@MINE
def make_request(request: HttpRequest) -> HttpResponse:
    """I ask that something be corrected or erased."""
    _me(request)

    def act(told: Mapping[str, Any]) -> str:
        actions.make_request(**told, **by_at(request))
        return reverse("my-record")

    page = FormPage(
        say("申请更正或删除"), say("提交申请"),
        [Crumb(HERE, reverse("my-record")), Crumb(say("申请更正或删除"))],
        reverse("my-record"), said=say("已提交。由登记您资料的工会办理，结果会显示在这里。"),
        template="privacy/own_form.html",
    )  # fmt: skip
    return answer(request, forms.WishForm(request.POST or None), page, act=act)


@MINE
@require_POST
def take_back_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """I take my request back."""
    actions.take_back_request(request_id=request_id, **by_at(request))
    return redirect("my-record")
