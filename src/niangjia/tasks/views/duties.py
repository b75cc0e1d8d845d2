"""Yearly duties: which hold where, from when on."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.tasks import actions, queries
from niangjia.tasks.forms import DutyEndForm, DutyForm
from niangjia.tasks.permissions import Word

LIST = say("年度事项")


@requires(Word.DUTIES)
def duties(request: HttpRequest) -> HttpResponse:
    """The yearly duties of the acting post's union and of those below."""
    page = queries.duties_page(actor=actor_of(request), today=clock.today())
    return render(request, "tasks/duties.html", {"page": page})


@requires(Word.DUTIES)
def start(request: HttpRequest) -> HttpResponse:
    """A yearly duty holds at the acting post's union and below from a day on."""
    actor = actor_of(request)
    known = queries.catalogue_of_duties(path=actor.unit_path, day=clock.today())
    form = DutyForm(request.POST or None, duties=known)

    def act(told: Mapping[str, Any]) -> str:
        actions.start_duty(unit_id=actor.unit_id or 0, **told, **by_at(request))
        return reverse("duties")

    title = say("登记一项年度事项")
    crumbs = [Crumb(LIST, reverse("duties")), Crumb(title)]
    said = say("已登记，到时候自动列入有关工会的待办。")
    page = FormPage(title, say("登记，每年自动列入待办"), crumbs, reverse("duties"), said=said)
    return answer(request, form, page, act=act)


@requires(Word.DUTIES)
def end(request: HttpRequest, duty_id: int) -> HttpResponse:
    """A yearly duty holds no more."""
    scope = actor_of(request).scope_for(Word.DUTIES)
    row = queries.duty_start_in_scope(duty_id=duty_id, scope=scope)

    def act(told: Mapping[str, Any]) -> str:
        actions.end_duty(duty_id=row.pk, **told, **by_at(request))
        return reverse("duties")

    title = say("停止列入")
    crumbs = [Crumb(LIST, reverse("duties")), Crumb(title)]
    page = FormPage(
        title, say("停止列入"), crumbs, reverse("duties"), row.unit.name, said=say("已登记停止。")
    )
    return answer(request, DutyEndForm(request.POST or None), page, act=act)
