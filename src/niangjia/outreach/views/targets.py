"""Whom a campaign is to reach: the list, one of them, planned, settled, the officer's day, leads."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.campaigns import actions
from niangjia.campaigns import queries as campaigns
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.queries import Filters
from niangjia.campaigns.rules import Outcome, State
from niangjia.kernel import clock
from niangjia.kernel.access import Reach
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Act, Crumb, Fact
from niangjia.kernel.words import say
from niangjia.outreach import forms, queries
from niangjia.outreach.queries import LIST
from niangjia.outreach.views.around import officers_of, path_under, target_row
from niangjia.tree import queries as tree

MOST = 200
"""Of the open targets so many are offered at once for an officer's day."""
LEADS = say("上报的线索")


@requires(Word.READ)
def targets(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The targets of a campaign in the reader's scope, narrowed by the address."""
    form = forms.TargetsForm(request.GET)
    page = queries.target_list(
        campaign_id=campaign_id,
        filters=_filters(form.told),
        actor=actor_of(request),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return render(request, "outreach/targets.html", {"page": page, "filters": form})


def _filters(told: Mapping[str, Any]) -> Filters:
    return Filters(
        outcome=told["outcome"] or "",
        unit=told["unit"],
        holder=told["holder"],
        name=told["name"] or "",
        under=path_under(told["under"]),
        roll=told["roll"] or "",
        planned_on=told["planned_on"],
        nobody=bool(told["nobody"]),
    )


@requires(Word.READ)
def target(request: HttpRequest, target_id: int) -> HttpResponse:
    """One target: who, where, by whom reported, who visits when, what came of it."""
    page = queries.target_page(target_id=target_id, actor=actor_of(request), today=clock.today())
    return render(request, "outreach/target.html", {"page": page})


@requires(Word.SETTLE)
def plan(request: HttpRequest, target_id: int) -> HttpResponse:
    """An officer is to visit on a day."""
    row, actor = target_row(request, target_id), actor_of(request)
    officers = officers_of({row.unit_id, actor.unit_id or row.unit_id})
    initial = {"holder": row.holder_id, "planned_on": row.planned_on, "version": row.version}
    form = forms.PlanForm(request.POST or None, officers=officers, initial=initial)

    def act(told: Mapping[str, Any]) -> str:
        actions.plan_visit(
            target_id=row.pk,
            version=told["version"],
            holder_id=int(told["holder"]),
            planned_on=told["planned_on"],
            **by_at(request),
        )
        return reverse("target", args=[row.pk])

    title = say("安排走访")
    return answer(request, form, _page(row, title, say("安排他去走访"), say("走访已安排。")), act=act)


@requires(Word.SETTLE)
def settle(request: HttpRequest, target_id: int) -> HttpResponse:
    """Somebody declined or could not be reached; a visit alone says visited."""
    row = target_row(request, target_id)
    form = forms.OutcomeForm(request.POST or None, initial={"version": row.version})

    def act(told: Mapping[str, Any]) -> str:
        actions.settle_target(target_id=row.pk, **told, **by_at(request))
        return reverse("target", args=[row.pk])

    title, said = say("登记没有走访成的结果"), say("已登记。改了主意可以重新走访。")
    words = say("已经上门的，由走访记录登记，不在这里选。")
    return answer(request, form, _page(row, title, say("登记这个结果"), said, words), act=act)


@requires(Word.SETTLE)
def reopen(request: HttpRequest, target_id: int) -> HttpResponse:
    """Somebody is to be visited after all."""
    row = target_row(request, target_id)
    form = forms.ReasonForm(request.POST or None, initial={"version": row.version})

    def act(told: Mapping[str, Any]) -> str:
        actions.reopen_target(target_id=row.pk, **told, **by_at(request))
        return reverse("target", args=[row.pk])

    title = say("重新走访")
    return answer(request, form, _page(row, title, title, say("已恢复为待走访。")), act=act)


def _page(row: Any, title: Any, button: Any, said: Any, words: Any = "") -> FormPage:
    here = reverse("target", args=[row.pk])
    crumbs = [
        Crumb(row.campaign.name, reverse("campaign", args=[row.campaign_id])),
        Crumb(row.name, here),
        Crumb(title),
    ]
    known = (Fact(say("姓名"), row.name), Fact(say("单位或住处"), row.place or "—"))
    return FormPage(title, button, crumbs=crumbs, back=here, words=words, known=known, said=said)


@requires(Word.SETTLE)
def plan_many(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Several open targets for one officer and one day (feature 29)."""
    actor = actor_of(request)
    row = campaigns.campaign_for(campaign_id=campaign_id, actor=actor, word=Word.SETTLE)
    rows = campaigns.targets_for(actor=actor, word=Word.SETTLE).filter(campaign=row, outcome=Outcome.OPEN)
    filters = _filters(forms.TargetsForm(request.GET).told)
    found = list(campaigns.narrowed(rows=rows, filters=filters).order_by("place", "pk")[:MOST])
    officers = officers_of({actor.unit_id or 0, *(one.unit_id for one in found)})
    form = forms.PlanManyForm(request.POST or None, officers=officers, rows=found)

    def act(told: Mapping[str, Any]) -> str:
        actions.plan_visits(
            targets=form.chosen,
            holder_id=int(told["holder"]),
            planned_on=told["planned_on"],
            **by_at(request),
        )
        return reverse("campaign", args=[row.pk])

    return answer(request, form, _many(row, len(found)), act=act)


def _many(row: Any, count: int) -> FormPage:
    here, title = reverse("campaign", args=[row.pk]), say("安排走访")
    return FormPage(
        title,
        say("安排所勾选的走访"),
        crumbs=[Crumb(LIST, reverse("campaigns")), Crumb(row.name, here), Crumb(title)],
        back=here,
        words=say("只安排勾选的；待走访的有 {n} 户，按住处排列。", n=count),
        said=say("走访已安排，干部的工作台和“今天走访”里都能看到。"),
    )


def _day(request: HttpRequest) -> date:
    form = forms.DayForm(request.GET)
    return (form.cleaned_data["day"] if form.is_valid() else None) or clock.today()


@requires(Word.SETTLE)
def today(request: HttpRequest) -> HttpResponse:
    """今天走访: the reader's own visits of a day, on the phone."""
    day = _day(request)
    page = queries.day_of_visits(actor=actor_of(request), day=day, today=clock.today())
    form = forms.DayForm({"day": day})
    return render(request, "outreach/today.html", {"page": page, "form": form})


@requires(Word.SETTLE)
def route(request: HttpRequest) -> HttpResponse:
    """The same as a list to be printed and carried along."""
    page = queries.day_of_visits(actor=actor_of(request), day=_day(request), today=clock.today())
    return render(request, "outreach/route.html", {"page": page, "officer": actor_of(request).name})


@requires(Word.REPORT)
def leads(request: HttpRequest) -> HttpResponse:
    """What the reader's post has reported: whether it is being handled (SC-11)."""
    acts = [Act(say("上报困难职工"), reverse("report-lead"), "plus", kind="primary")]
    told = {"table": queries.leads_table(actor=actor_of(request)), "acts": acts, "heading": LEADS}
    return render(request, "outreach/leads.html", told)


@requires(Word.REPORT)
def report(request: HttpRequest) -> HttpResponse:
    """Somebody in need is reported in three fields; his union is to visit (S-LA-06)."""
    actor = actor_of(request)
    running = campaigns.campaigns_for(actor=actor, word=Word.REPORT).filter(state=State.RUNNING)
    offered = list(running.order_by("closes_on", "pk").values_list("pk", "name"))
    initial = {"campaign": request.GET.get("campaign", ""), "union": request.GET.get("union", "")}
    form = forms.LeadForm(request.POST or None, campaigns=offered, unions=_unions(request), initial=initial)

    def act(told: Mapping[str, Any]) -> str:
        union = told.get("union")
        row = actions.report_target(
            campaign_id=int(told["campaign"]),
            unit_id=union.pk if union else actor.unit_id or 0,
            lead=actions.Lead(told["name"], told["place"], told["words"]),
            **by_at(request),
        )
        return reverse("target", args=[row.pk]) if actor.may(Word.READ) else reverse("leads")

    return answer(request, form, _lead_page(runs=bool(offered)), act=act)


def _unions(request: HttpRequest) -> Any:
    """The unions for which the reader may report: below his own too, where his word reaches so far."""
    actor = actor_of(request)
    if actor.words.get(Word.REPORT) is not Reach.SUBTREE:
        return None
    return tree.units_in_scope(scope=actor.scope_for(Word.REPORT)).filter(until=None)


def _lead_page(*, runs: bool) -> FormPage:
    title = say("上报困难职工")
    words = say("写清是谁、在哪里、什么困难，三项就够；上门了解由负责的工会去办。")
    none = say("现在没有正在进行的专项行动，暂时不能上报。请联系上级工会开始一项行动。")
    return FormPage(
        title,
        say("上报，请工会上门"),
        crumbs=[Crumb(LEADS, reverse("leads")), Crumb(title)],
        back=reverse("leads"),
        words=words if runs else none,
        said=say("已上报，负责走访的工会的工作台上已经能看到。"),
    )
