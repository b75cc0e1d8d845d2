"""What every page of an application on the phone has: its place, its draft, what comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from niangjia.aid import actions
from niangjia.aid import queries as aid
from niangjia.aid.actions import Draft
from niangjia.aid.rules import KINDS
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, own_only
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.shapes import Text
from niangjia.kernel.words import Said, say
from niangjia.pleas import queries
from niangjia.pleas.queries import Filling
from niangjia.pleas.rules import PAGES, Page

OWN = own_only("a family fills in its own application")
View = Callable[[HttpRequest, Filling], HttpResponse]
Keep = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class StepPage(FormPage):
    """A page among others: which one, of how many, of which kind of help; `more` is what else it shows."""

    place: int = 1
    all: int = 1
    kind: Text = ""
    more: Mapping[str, Any] = field(default_factory=dict)


def page_for(page: Page) -> Callable[[View], Callable[[HttpRequest, int], HttpResponse]]:
    """A page of an application that is mine and still lies with me; consents come before everything else."""

    def guard(view: View) -> Callable[[HttpRequest, int], HttpResponse]:
        @OWN
        @limited("ask_for_aid", most=240, seconds=600)
        @wraps(view)
        def stepping(request: HttpRequest, aid_id: int) -> HttpResponse:
            row = aid.own_application(application_id=aid_id, actor=actor_of(request))
            filling = queries.filling_of(row=row, day=clock.today())
            first = filling.first_open
            if first is not None and page not in {Page.KIND, Page.CONSENT}:
                return redirect(filling.road(first))
            if page not in filling.pages:
                return redirect(filling.road(Page.HOME))
            return view(request, filling)

        return stepping

    return guard


def shown(  # noqa: PLR0913 - a page has these parts
    request: HttpRequest,
    filling: Filling,
    page: Page,
    form: Form,
    keep: Keep,
    *,
    words: Text = "",
    template: str = "pleas/step.html",
    stays: bool = False,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page in its place; sent, it is kept and leads on, or back to the answers, or stays."""
    at = _placed(filling, page, checking=request.GET.get("back") == "check")
    goal = at.more["goal"]
    at = replace(at, words=words, template=template, more={**(more or {}), **at.more})

    def act(told: Mapping[str, Any]) -> str:
        keep(told)
        return request.get_full_path() if stays else goal

    return answer(request, form, at, act=act)


def _placed(filling: Filling, page: Page, *, checking: bool) -> StepPage:
    """A page with its way on and its way back: to the next and the one before, or to the answers."""
    goal = filling.road(Page.CHECK) if checking else filling.after(page)
    return StepPage(
        PAGES[page],
        say("保存，回到核对") if checking else onward(filling, page),
        back=filling.road(Page.CHECK) if checking else filling.before(page),
        place=filling.place(page),
        all=len(filling.pages),
        kind=KINDS[filling.row.kind],
        more={"goal": goal, "number": filling.row.pk},
    )


def onward(filling: Filling, page: Page) -> Said:
    """下一步：what comes."""
    at = filling.pages[min(filling.place(page), len(filling.pages) - 1)]
    return say("下一步：{what}", what=PAGES[at])


def saved(request: HttpRequest, filling: Filling, draft: Draft, version: int) -> None:
    """The draft lies on the server; nothing is lost by going back, reloading, or a dead forms."""
    actions.edit_application(application_id=filling.row.pk, version=version, draft=draft, **by_at(request))


def nothing(_told: Mapping[str, Any]) -> None:
    """A page that only shows keeps nothing."""
