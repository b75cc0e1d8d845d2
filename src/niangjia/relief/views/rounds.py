"""Rounds and papers: who was posted together, what hangs, what is printed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.aid.permissions import Word
from niangjia.aid.rules import ROUND
from niangjia.casework.queries import title_of
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import Said, say
from niangjia.papers.permissions import Word as PapersWord
from niangjia.relief import actions, queries
from niangjia.relief.forms import NoFieldsForm

ROUNDS = say("公示批次")


@requires(Word.READ)
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of the acting post's scope."""
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    page = queries.round_list(actor=actor_of(request), day=clock.today(), before=before, after=after)
    return render(request, "relief/rounds.html", {"page": page})


@requires(Word.READ)
def one(request: HttpRequest, round_id: int) -> HttpResponse:
    """One round: its notice with the days left, objections, who is in it."""
    page = queries.round_page(round_id=round_id, actor=actor_of(request), day=clock.today())
    crumbs = [Crumb(ROUNDS, reverse("aid-rounds")), Crumb(page.row.name)]
    return render(request, "relief/round.html", {"page": page, "crumbs": crumbs, "about": ROUND})


@requires(PapersWord.ISSUE)
@limited("issue_paper", most=60, seconds=600)
def print_roster(request: HttpRequest, round_id: int) -> HttpResponse:
    """发放花名册, to be signed."""
    row = aid.round_for(round_id=round_id, actor=actor_of(request))
    title, here = say("打印发放花名册"), reverse("aid-round", args=[row.pk])
    page = FormPage.about(row.name, here, title, say("生成发放花名册"), said=say("花名册已生成。"))

    def act(_told: Mapping[str, Any]) -> str:
        return reverse("paper", args=[actions.issue_roster(round_id=row.pk, **by_at(request)).pk])

    return answer(request, NoFieldsForm(request.POST or None), page, act=act)


@requires(PapersWord.ISSUE)
@limited("issue_paper", most=60, seconds=600)
def print_approval(request: HttpRequest, aid_id: int) -> HttpResponse:
    """救助审批表 of one application."""
    return _printed(request, aid_id, say("打印审批表"), say("生成救助审批表"), actions.issue_approval_form)


@requires(PapersWord.ISSUE)
@limited("issue_paper", most=60, seconds=600)
def print_study(request: HttpRequest, aid_id: int) -> HttpResponse:
    """助学申请表 of one application."""
    return _printed(request, aid_id, say("打印助学申请表"), say("生成助学申请表"), actions.issue_study_form)


def _printed(
    request: HttpRequest, aid_id: int, title: Said, button: Said, issue: Callable[..., Any]
) -> HttpResponse:
    actor = actor_of(request)
    row = aid.whole(row=aid.application_for(application_id=aid_id, actor=actor))
    here, name = reverse("aid-application", args=[row.pk]), title_of(row=row, actor=actor)
    page = FormPage.about(name, here, title, button, said=say("文书已生成。"))

    def act(_told: Mapping[str, Any]) -> str:
        return reverse("paper", args=[issue(application_id=row.pk, **by_at(request)).pk])

    return answer(request, NoFieldsForm(request.POST or None), page, act=act)


@requires(PapersWord.ISSUE)
@limited("issue_paper", most=60, seconds=600)
def print_leaflet(request: HttpRequest, aid_id: int) -> HttpResponse:
    """政策告知单, to be left at the door: which help this household may use (S-LA-01)."""
    title, button = say("打印政策告知单"), say("生成政策告知单")
    return _printed(request, aid_id, title, button, actions.issue_leaflet_for)
