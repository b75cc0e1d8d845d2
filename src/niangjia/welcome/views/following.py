"""The applicant's own page: who has it, what is to do, what came of it; answered, withdrawn, appealed."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from niangjia.joining import actions, rules
from niangjia.joining import queries as joining
from niangjia.kernel import clock
from niangjia.kernel.doors import open_to_all
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.words import Said, say
from niangjia.welcome import queries
from niangjia.welcome.forms import AnswerForm, AppealForm, ReceiptForm

HOLDER = "who holds the receipt code made the application"


def _quiet(response: HttpResponse) -> HttpResponse:
    """Not to be found by search engines, not to be kept; the address is told to nobody else (same-origin)."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "no-store"
    return response


@open_to_all(HOLDER)
@limited("join_follow", most=30, seconds=600)
def follow(request: HttpRequest) -> HttpResponse:
    """The receipt code is posted, and leads to its page."""
    form = ReceiptForm(request.POST or None)
    if form.is_bound and form.is_valid():
        receipt = rules.receipt_plain(form.cleaned_data["receipt"])
        joining.application_by_receipt(receipt=receipt)
        return redirect("join-mine", token=receipt)
    return _quiet(render(request, "welcome/follow.html", {"form": form}, status=422 if form.errors else 200))


@open_to_all(HOLDER)
@limited("join_mine", most=120, seconds=600, reading=True)
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """The whole way of one application."""
    page = queries.followed(receipt=token, today=clock.today())
    plain = rules.receipt_plain(token)
    code = "-".join(plain[start : start + 5] for start in range(0, len(plain), 5))
    return _quiet(render(request, "welcome/mine.html", {"page": page, "token": token, "receipt": code}))


@open_to_all(HOLDER)
@limited("join_follow", most=30, seconds=600)
def answered(request: HttpRequest, token: str) -> HttpResponse:
    """What was missing is added."""
    title = say("补充后再交")
    return _acted(request, token, AnswerForm(request.POST or None), title, actions.answer_return)


@open_to_all(HOLDER)
@limited("join_follow", most=30, seconds=600)
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """The applicant wants no more."""
    return _acted(
        request, token, forms.Form(request.POST or None), say("撤回申请"), actions.withdraw_application
    )


@open_to_all(HOLDER)
@limited("join_follow", most=30, seconds=600)
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """The union above is asked to look again."""
    title = say("请上级工会复核")
    return _acted(request, token, AppealForm(request.POST or None), title, actions.appeal_application)


def _acted(
    request: HttpRequest, token: str, form: forms.Form, title: Said, step: Callable[..., object]
) -> HttpResponse:
    row = joining.application_by_receipt(receipt=token)
    here = reverse("join-mine", args=[token])

    def act(told: Mapping[str, Any]) -> str:
        step(receipt=token, **told, **by_at(request))
        return here

    words = say("申请加入“{union}”", union=row.union.name)
    page = FormPage(title, title, back=here, words=words, template="welcome/public_form.html")
    return _quiet(answer(request, form, page, act=act))
