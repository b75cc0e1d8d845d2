"""Household files: the list, one household, its members, what was told before, its paper."""

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from niangjia.hearth import actions, queries
from niangjia.hearth.forms.homes import ListForm
from niangjia.hearth.views.around import HOMES, crumbs_of, home_of, path_under
from niangjia.households import queries as households
from niangjia.households.permissions import Word
from niangjia.households.queries import Filters
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import say
from niangjia.papers.permissions import Word as PapersWord


@requires(Word.READ)
def homes(request: HttpRequest) -> HttpResponse:
    """The households of the reader's scope, narrowed by the address; a worker is led to his own."""
    actor = actor_of(request)
    if not actor.scope_for(Word.READ).tops:
        return redirect("my-household")
    form = ListForm(request.GET)
    told = form.told
    filters = Filters(told["name"] or "", told["number"], told["state"] or "", path_under(told["under"]))
    page = queries.home_list(
        actor=actor,
        filters=filters,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return render(request, "hearth/homes.html", {"page": page, "filters": form})


@requires(Word.READ)
def home(request: HttpRequest, household_id: int) -> HttpResponse:
    """One household; a worker is led to his own page."""
    actor = actor_of(request)
    row = households.household_for(household_id=household_id, actor=actor)
    if not actor.may(Word.READ, at=row.path):
        return redirect("my-household")
    page = queries.home_page(household_id=row.pk, actor=actor, today=clock.today())
    crumbs = [Crumb(HOMES, reverse("households")), Crumb(page.name)]
    return render(request, "hearth/home.html", {"page": page, "crumbs": crumbs})


@requires(Word.READ)
def member(request: HttpRequest, household_id: int, inmate_id: int) -> HttpResponse:
    """One of those who live there."""
    page = queries.member_page(
        household_id=household_id, member_id=inmate_id, actor=actor_of(request), today=clock.today()
    )
    crumbs = crumbs_of(page.row, Crumb(page.name))
    return render(request, "hearth/member.html", {"page": page, "crumbs": crumbs})


@requires(Word.READ)
def history(request: HttpRequest, household_id: int, fact_key: str) -> HttpResponse:
    """Everything that was told under one heading of the household."""
    return _past(request, household_id, fact_key, None)


@requires(Word.READ)
def member_history(request: HttpRequest, household_id: int, inmate_id: int, fact_key: str) -> HttpResponse:
    """Everything that was told under one heading of a member."""
    return _past(request, household_id, fact_key, inmate_id)


def _past(request: HttpRequest, household_id: int, key: str, member_id: int | None) -> HttpResponse:
    page = queries.past_page(
        household_id=household_id,
        key=key,
        member_id=member_id,
        actor=actor_of(request),
        today=clock.today(),
    )
    label = say(page.label)
    title = say("{name}：{label}", name=page.who, label=label) if page.who else label
    return render(
        request,
        "hearth/past.html",
        {"page": page, "title": title, "crumbs": crumbs_of(page.row, Crumb(title))},
    )


@requires(PapersWord.ISSUE)
@limited("issue_paper", most=60, seconds=600)
def paper(request: HttpRequest, household_id: int) -> HttpResponse:
    """家庭情况表 is issued from the record, under its number and code; nothing is typed again."""
    actor = actor_of(request)
    row = households.household_for(household_id=household_id, actor=actor, word=Word.KEEP)

    def act(_told: Mapping[str, Any]) -> str:
        issued = actions.issue_household(household_id=row.pk, **by_at(request))
        return reverse("paper", args=[issued.pk])

    title = say("出具家庭情况表")
    known = (
        Fact(say("户主（职工）"), households.name_of(household=row)),
        Fact(say("登记工会"), households.keeper_name(household=row)),
    )
    page = FormPage(
        title,
        title,
        crumbs=crumbs_of(row, Crumb(title)),
        back=home_of(row),
        words=say("表里有收入和健康情况，印出后请妥善保管；文书按本人的密钥加密保存。"),
        known=known,
        said=say("文书已出具。"),
    )
    return answer(request, django_forms.Form(request.POST or None), page, act=act)
