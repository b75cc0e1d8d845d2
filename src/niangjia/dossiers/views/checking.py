"""Signatures to the economic check, and what is printed from a file."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from niangjia.dossiers import actions as dossiers
from niangjia.dossiers import forms
from niangjia.dossiers.views.around import home_of, page_of, row_of
from niangjia.eligibility import actions as eligibility
from niangjia.hardship import rules
from niangjia.hardship.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import requires
from niangjia.kernel.errors import Refused
from niangjia.kernel.forms import answer, by_at
from niangjia.kernel.words import say
from niangjia.means import actions as means
from niangjia.means.permissions import Word as MeansWord


@requires(MeansWord.AUTHORISE)
def authorise(request: HttpRequest, file_id: int, inmate_id: int) -> HttpResponse:
    """An adult of the household has signed the authorisation."""
    row = row_of(request, file_id, Word.STATUS)
    form = forms.AuthoriseForm(request.POST or None, initial={"signed_on": clock.today()})

    def act(told: Mapping[str, Any]) -> str:
        means.authorise(household_id=row.household_id or 0, member_id=inmate_id, **told, **by_at(request))
        return home_of(request, row)

    page = page_of(request, row, say("登记核对授权"), say("登记他已签字"), said=say("授权已登记。"))
    return answer(request, form, page, act=act)


@requires(MeansWord.AUTHORISE)
def take_back(request: HttpRequest, file_id: int, inmate_id: int) -> HttpResponse:
    """Somebody does not agree any more."""
    row = row_of(request, file_id, Word.STATUS)

    def act(_told: Mapping[str, Any]) -> str:
        means.take_back_authorisation(
            household_id=row.household_id or 0, member_id=inmate_id, **by_at(request)
        )
        return home_of(request, row)

    final = say("撤回授权后，还没有办结的核对不能再进行；已经反馈的结果不受影响。")
    page = page_of(
        request, row, say("撤回核对授权"), say("撤回他的授权"), said=say("授权已撤回。"), final=final
    )
    return answer(request, forms.PlainForm(request.POST or None), page, act=act)


@requires(Word.READ)
@require_POST
def print_leaflet(request: HttpRequest, file_id: int) -> HttpResponse:
    """政策告知单, for the door."""
    row = row_of(request, file_id, Word.READ)
    filed = row.state in rules.PROVEN
    paper = eligibility.issue_leaflet(household_id=_household(row), filed=filed, **by_at(request))
    return _printed(request, paper)


@requires(MeansWord.AUTHORISE)
@require_POST
def print_authorisation(request: HttpRequest, file_id: int) -> HttpResponse:
    """核对授权书, to be signed."""
    row = row_of(request, file_id, Word.READ)
    return _printed(request, means.issue_authorisation(household_id=_household(row), **by_at(request)))


@requires(Word.READ)
@require_POST
def print_form(request: HttpRequest, file_id: int) -> HttpResponse:
    """困难职工档案表, as the file stands now."""
    row = row_of(request, file_id, Word.READ)
    return _printed(request, dossiers.print_form(file_id=row.pk, **by_at(request)))


def _household(row: Any) -> int:
    if row.household_id is None:
        raise Refused(say("这条线索还没有登记家庭，没有可以打印的内容。"))
    return int(row.household_id)


def _printed(request: HttpRequest, paper: Any) -> HttpResponse:
    messages.success(
        request, say("{title}已生成，编号 {n}。", title=paper.title, n=paper.number).render(gettext)
    )
    return redirect("paper", paper.pk)
