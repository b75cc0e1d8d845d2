"""Real-name completeness: the equation, the unions, the rows behind every number, asking a union."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Act, Crumb
from niangjia.kernel.words import say
from niangjia.matching import actions, queries
from niangjia.matching.permissions import Word
from niangjia.network import queries as network

LIST = say("实名质量")
READ = "members.read"


@requires(READ)
def real_name(request: HttpRequest) -> HttpResponse:
    """Members, those complete, those who lack something; union by union."""
    told = request.GET.get("page", "1")
    number = int(told) if told.isascii() and told.isdecimal() and len(told) < len("1000000") else 1
    page = queries.real_name_page(actor=actor_of(request), today=clock.today(), number=number)
    return render(request, "matching/real_name.html", {"page": page})


@requires(READ)
def rows(request: HttpRequest, unit_id: int, which: str) -> HttpResponse:
    """The members behind one number."""
    page = queries.real_name_rows(
        unit_id=unit_id,
        which=which,
        actor=actor_of(request),
        today=clock.today(),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    crumbs = [Crumb(LIST, reverse("real-name")), Crumb(page.union), Crumb(page.title)]
    acts = [Act(say("请工会补齐"), reverse("ask-real-name", args=[unit_id]), "send")] if page.may_ask else []
    return render(request, "matching/real_name_rows.html", {"page": page, "crumbs": crumbs, "acts": acts})


@requires(Word.READ)
def ask(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The union has it on its desk."""
    union = network.organisation_in_scope(unit_id=unit_id, scope=actor_of(request).scope_for(Word.READ))
    here = reverse("real-name-rows", args=[unit_id, "lacking"])
    title = say("请工会补齐实名资料")
    page = FormPage(
        title, say("列入对方待办"), [Crumb(union.name, here), Crumb(title)], here,
        words=say("{union}的工作台上会多一件待办，列出资料不全的会员。", union=union.name),
        said=say("已列入这家工会的待办。"),
    )  # fmt: skip

    def act(_told: Mapping[str, Any]) -> str:
        actions.ask_to_complete(unit_id=unit_id, today=clock.today(), **by_at(request))
        return here

    return answer(request, forms.Form(request.POST if request.method == "POST" else None), page, act=act)
