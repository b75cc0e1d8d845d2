"""An application filled in on the phone, one thing a page, each kept as it is sent (ui.md A2, A4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from niangjia.aid import actions
from niangjia.aid import queries as aid
from niangjia.aid.actions import Draft
from niangjia.aid.rules import AidKind
from niangjia.casework import queries as casework
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.words import say
from niangjia.people import actions as people
from niangjia.pleas import forms, queries
from niangjia.pleas.queries import Filling
from niangjia.pleas.rules import PAGES, Page
from niangjia.pleas.views.paging import OWN, nothing, page_for, saved, shown


@OWN
@limited("begin_aid", most=30, seconds=600)
def begin(request: HttpRequest) -> HttpResponse:
    """The first page: which help. One that was begun and not handed in goes on (R-G-07)."""
    home = queries.my_home(actor=actor_of(request))
    if not home.is_head:
        return redirect("open-my-household")
    form = forms.KindForm(request.POST or None)

    def act(told: Mapping[str, Any]) -> str:
        found = queries.begun(actor=actor_of(request), kind=told["kind"])
        if found is None:
            day = clock.today()
            campaign = queries.campaign_for(household=home.household, kind=told["kind"], day=day)
            found = actions.draft_application(
                household_id=home.household.pk,  # type: ignore[union-attr]
                draft=Draft(told["kind"], day.year),
                campaign_id=campaign,
                **by_at(request),
            )
        filling = queries.filling_of(row=aid.whole(row=found), day=clock.today())
        return filling.after(Page.KIND)

    title, words = PAGES[Page.KIND], say("拿不准的选最接近的一种，工会会帮您改。")
    page = FormPage(title, say("下一步"), back=reverse("my-aid"), words=words, template="pleas/begin.html")
    return answer(request, form, page, act=act)


@page_for(Page.KIND)
def kind(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Another kind of help fits better."""
    form = forms.KindForm(request.POST or None, initial={"kind": filling.row.kind})

    def act(told: Mapping[str, Any]) -> None:
        draft = replace(casework.told_so_far(row=filling.row), kind=told["kind"])
        saved(request, filling, draft, filling.row.version)

    return shown(request, filling, Page.KIND, form, act)


@page_for(Page.CONSENT)
def consent(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Before anything sensitive is read or told, each use is agreed to by itself."""
    missing = [one for one in filling.wanted if one not in filling.agreed]
    form = forms.ConsentForm(request.POST or None, purposes=missing)

    def act(_told: Mapping[str, Any]) -> None:
        for one in missing:
            people.give_consent(person_id=filling.row.payee_id, purpose=one, **by_at(request))

    words = say("下面每一项都单独征求您的同意。同意以后随时可以在“我的个人信息”里撤回。")
    return shown(request, filling, Page.CONSENT, form, act, words=words, template="pleas/consent.html")


@page_for(Page.HOME)
def household(request: HttpRequest, filling: Filling) -> HttpResponse:
    """What is known of my household, with its source; it is changed on its own page, not typed again."""
    actor, today = actor_of(request), clock.today()
    home = casework.home_of(row=filling.row, actor=actor, day=today, whole=True)
    words = say("这些是工会已经知道的，不用再填。有变化的，点“去改”。")
    more = {
        "home": home,
        "edit": reverse("my-household"),
        "lacking": queries.lacking_of(row=filling.row, day=today)[1],
    }
    return shown(
        request, filling, Page.HOME, forms.NextForm(request.POST or None), nothing, words=words,
        template="pleas/household.html", more=more,
    )  # fmt: skip


@page_for(Page.CHILD)
def child(request: HttpRequest, filling: Filling) -> HttpResponse:
    """For which child; what is known of his school is filled in on the next page."""
    row, children = filling.row, queries.children_of(row=filling.row)
    initial = {"version": row.version, "student": row.student_id}
    form = forms.ChildForm(request.POST or None, children=children, initial=initial)

    def act(told: Mapping[str, Any]) -> None:
        draft = replace(casework.told_so_far(row=row), student_id=told["student"])
        if told["student"] != row.student_id:
            draft = queries.with_school(row=row, draft=draft, day=clock.today())
        saved(request, filling, draft, told["version"])

    more = {"children": children}
    return shown(request, filling, Page.CHILD, form, act, template="pleas/child.html", more=more)


@page_for(Page.SCHOOL)
def school(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Where the child goes; the sum follows from the standard of the stage."""
    row, today = filling.row, clock.today()
    told_before = casework.told_so_far(row=row)
    initial: dict[str, Any] = {
        "version": row.version,
        "tuition": told_before.tuition and told_before.tuition.decimal,
    }
    names = ("stage", "school", "school_kind", "admission_no")
    initial |= {name: getattr(told_before, name) for name in names}
    excluded = casework.excluded_at(unit_id=row.unit_id, day=today)
    form = forms.SchoolForm(request.POST or None, excluded=excluded, initial=initial)

    def act(told: Mapping[str, Any]) -> None:
        kept = {name: told[name] for name in (*names, "tuition")}
        draft = queries.with_standard(row=row, draft=replace(told_before, **kept), day=today)
        saved(request, filling, draft, told["version"])

    return shown(request, filling, Page.SCHOOL, form, act)


@page_for(Page.WORDS)
def words(request: HttpRequest, filling: Filling) -> HttpResponse:
    """What has happened, and how much is missing; of study aid the standard is told instead."""
    row, today = filling.row, clock.today()
    before = casework.told_so_far(row=row)
    standard = (
        queries.standard_for(row=row, stage=row.stage, day=today) if row.kind == AidKind.STUDY else None
    )
    initial = {"version": row.version, "words": before.words, "other_aid": before.other_aid}
    initial["asked"] = before.asked.decimal if before.asked else None
    form = forms.WordsForm(request.POST or None, fixed=standard is not None, initial=initial)

    def act(told: Mapping[str, Any]) -> None:
        kept = {name: told[name] for name in ("words", "other_aid", "asked") if name in told}
        draft = replace(before, **kept)
        saved(request, filling, replace(draft, asked=standard) if standard else draft, told["version"])

    said = say("您孩子这个学段的助学标准是 {n} 元，不用填金额。", n=standard) if standard else ""
    return shown(request, filling, Page.WORDS, form, act, words=said)
