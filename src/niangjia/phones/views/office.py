"""The phones of a union, and what they sent that waits for somebody."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.phones import actions, queries
from niangjia.phones.forms import DeclineForm, EnterForm, FileForm, RevokeForm
from niangjia.phones.permissions import Word
from niangjia.visits.permissions import Word as Visits

HELD, PHONES = say("待核的走访"), say("走访手机")


@requires(Visits.MAKE)
def phones(request: HttpRequest) -> HttpResponse:
    """One's own phones, and those of the union for whoever keeps them."""
    table = queries.phone_table(actor=actor_of(request))
    return render(request, "phones/list.html", {"heading": PHONES, "table": table})


@requires(Visits.MAKE)
def revoke(request: HttpRequest, device_id: int) -> HttpResponse:
    """The phone is used no more."""
    row = queries.device_for(device_id=device_id, actor=actor_of(request))
    here = reverse("visit-phones")

    def act(told: Mapping[str, Any]) -> str:
        actions.revoke_device(device_id=device_id, **told, **by_at(request))
        return here

    final = say("停用后，这台手机下次联网就清除走访资料；它送来的走访先留存，由工会核定。")
    title = say("停用走访手机“{name}”", name=row.name)
    page = FormPage.about(PHONES, here, title, say("停用这台手机"), said=say("已停用。"), final=final)
    return answer(request, RevokeForm(request.POST or None), page, act=act)


@requires(Word.KEEP)
def held_list(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; then what was settled lately."""
    table = queries.held_table(actor=actor_of(request))
    return render(request, "phones/list.html", {"heading": HELD, "table": table, "acts": queries.HAND_IN})


@requires(Word.KEEP)
def held(request: HttpRequest, held_id: int) -> HttpResponse:
    """One upload that waits: why, and what was written down."""
    page = queries.held_page(held_id=held_id, actor=actor_of(request))
    crumbs = [Crumb(HELD, reverse("held-visits")), Crumb(page.title)]
    return render(request, "phones/held.html", {"page": page, "crumbs": crumbs})


@requires(Word.KEEP)
def enter(request: HttpRequest, held_id: int) -> HttpResponse:
    """The visit is entered after all."""
    page = queries.held_page(held_id=held_id, actor=actor_of(request))

    def act(told: Mapping[str, Any]) -> str:
        with_campaign = told["where"] == "campaign"
        visit = actions.enter_held(held_id=held_id, with_campaign=with_campaign, **by_at(request))
        return reverse("visit", args=[visit.pk])

    around = FormPage.about(
        page.title, page.href, say("登记这次走访"), say("登记这次走访"), said=say("走访已登记。")
    )
    return answer(request, EnterForm(request.POST or None), around, act=act)


@requires(Word.KEEP)
def decline(request: HttpRequest, held_id: int) -> HttpResponse:
    """The upload does not become a visit."""
    page = queries.held_page(held_id=held_id, actor=actor_of(request))

    def act(told: Mapping[str, Any]) -> str:
        actions.decline_held(held_id=held_id, **told, **by_at(request))
        return page.href

    around = FormPage.about(
        page.title, page.href, say("不登记这次走访"), say("不登记这次走访"), said=say("已记下，内容留存。")
    )
    return answer(request, DeclineForm(request.POST or None), around, act=act)


@requires(Visits.MAKE)
def hand_in(request: HttpRequest) -> HttpResponse:
    """A file that a phone gave out is handed in."""
    form = FileForm(request.POST or None, request.FILES or None)
    back = reverse("visits")

    def act(told: Mapping[str, Any]) -> str:
        taken = actions.take_file(body=told["file"].read(), **by_at(request))
        held = sum(one.status == "held" for one in taken)
        words = gettext("收到 {all} 条：{entered} 条已登记，{held} 条待核定。")
        messages.success(request, words.format(all=len(taken), entered=len(taken) - held, held=held))
        return back

    page = FormPage(say("上传待传文件"), say("上传这个文件"), back=back)
    return answer(request, form, page, act=act)
