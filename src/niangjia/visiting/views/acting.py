"""What the office does with a visit: void it, decide what differs, issue its record later."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.templatetags.furniture_words import render as words_of
from niangjia.kernel.words import say
from niangjia.visiting import queries
from niangjia.visiting.forms import ReasonForm, TakeForm
from niangjia.visits import actions
from niangjia.visits.permissions import Word


def _here(visit_id: int) -> str:
    return reverse("visit", args=[visit_id])


@requires(Word.VOID)
def void(request: HttpRequest, visit_id: int) -> HttpResponse:
    """The visit counts no more."""
    page = queries.visit_page(visit_id=visit_id, actor=actor_of(request))

    def act(told: Mapping[str, Any]) -> str:
        actions.void_visit(visit_id=visit_id, reason=told["reason"], **by_at(request))
        return _here(visit_id)

    final = say("作废后，这次走访不再作为建档和帮扶的依据，给家庭的走访记录同时作废。")
    around = FormPage.about(
        page.title, _here(visit_id), say("作废这次走访"), say("作废这次走访"), said=say("这次走访已作废。"),
        final=final,
    )  # fmt: skip
    return answer(request, ReasonForm(request.POST or None), around, act=act)


@requires(Word.READ)
def settle(request: HttpRequest, visit_id: int, proposal_id: int) -> HttpResponse:
    """Two tellings are compared: the new one holds, or what stood stays."""
    page = queries.visit_page(visit_id=visit_id, actor=actor_of(request))
    address = reverse("settle-difference", args=[visit_id, proposal_id])
    found = next((one for one in page.differences if one.href == address), None)
    if found is None:
        raise NotVisible

    def act(told: Mapping[str, Any]) -> str:
        take = told["take"] == "yes"
        actions.settle(visit_id=visit_id, proposal_id=proposal_id, take=take, **by_at(request))
        return f"{_here(visit_id)}#differences"

    form = TakeForm(request.POST or None, stands=words_of(found.stands), told=words_of(found.told))
    title = say("核定“{label}”", label=found.label)
    around = FormPage.about(
        page.title, _here(visit_id), title, say("就按选的登记"), said=say("已按您选的登记。")
    )
    return answer(request, form, around, act=act)


@requires(Word.MAKE)
@require_POST
def issue(request: HttpRequest, visit_id: int) -> HttpResponse:
    """The record that could not be printed with the visit."""
    actions.reissue_record(visit_id=visit_id, **by_at(request))
    return redirect("visit", visit_id)
