"""The three screens of joining: who you are, where you work, check and hand in. Nothing typed is lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as translated

from niangjia.joining import actions
from niangjia.joining import queries as joining
from niangjia.joining.rules import CONSENTS, CodeState
from niangjia.kernel import clock
from niangjia.kernel.doors import open_to_all
from niangjia.kernel.errors import NiangjiaError, Refused
from niangjia.kernel.forms import by_at, complain
from niangjia.kernel.limits import limited
from niangjia.network import queries as network
from niangjia.welcome import queries
from niangjia.welcome.forms import CheckForm, WhoForm, WorkForm
from niangjia.welcome.views import keeping, told
from niangjia.welcome.views.told import WHO

if TYPE_CHECKING:
    from niangjia.joining.models import JoinQr
    from niangjia.network.models import Organisation

ALL = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What one screen needs: what was told, the union it leads to, the code if there was one."""

    told: keeping.Told
    unit: "Organisation"
    code: "JoinQr | None"
    employer: tuple[int, str] | None
    workplaces: list[tuple[int, str]]

    @property
    def asks(self) -> list[str]:
        """What is still to be asked on the second screen."""
        asks = [] if self.told.get("known") else ["mobile"]
        if self.employer is None:
            asks += ["workplace"] if self.workplaces else []
            asks += ["employer_told", "form"]
        return asks + (["platform"] if self.unit.mode == "trade" else [])

    def goal(self, workplace_id: int | None) -> int:
        """The union that takes him: the one of his workplace, where it lies under the code's (R-ORG-04)."""
        goal = queries.union_at(unit=self.unit, workplace_id=workplace_id, today=clock.today())
        return int(goal.pk)

    @property
    def missing(self) -> str:
        """The screen that is not answered yet; empty when all may be handed in."""
        if not self.told.get("known") and not all(self.told.get(name) for name in WHO):
            return "join-who"
        somewhere = self.employer or any(
            self.told.get(name) for name in ("workplace", "employer_told", "form")
        )
        reached = self.told.get("known") or self.told.get("mobile")
        return "" if somewhere and reached else "join-work"


def _with_step(view: Callable[[HttpRequest, Step], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The view with what was told so far; without a union to join, the way begins anew."""

    @wraps(view)
    def stepping(request: HttpRequest) -> HttpResponse:
        step = _step(keeping.read(request))
        return redirect("join") if step is None else view(request, step)

    return stepping


def _step(so_far: keeping.Told) -> Step | None:
    today = clock.today()
    try:
        if so_far.get("token"):
            found = joining.scanned(token=so_far["token"], day=today)
            if found.state is not CodeState.GOOD:
                return None
            code, unit = found.code, found.code.unit
        else:
            code, unit = None, network.public_organisation(unit_id=so_far.get("unit", 0))
    except NiangjiaError:
        return None
    employer = queries.employer_of(code=code, unit=unit, today=today)
    places = queries.workplaces_of(zone_id=code.zone_id, today=today) if code and code.zone_id else []
    return Step(so_far, unit, code, employer, [(one.pk, one.name) for one in places])


@open_to_all("anybody may apply to join")
@limited("join", most=120, seconds=600)
@_with_step
def who(request: HttpRequest, step: Step) -> HttpResponse:
    """The first screen: name and paper."""
    form = WhoForm(request.POST or None, initial=told.initial(step.told))
    if form.is_bound and form.is_valid():
        return _on(request, step, step.told | told.kept(form.cleaned_data), "join-work")
    return _shown(request, step, form, 1, translated("您是谁"))


@open_to_all("anybody may apply to join")
@limited("join", most=120, seconds=600)
@_with_step
def work(request: HttpRequest, step: Step) -> HttpResponse:
    """The second screen: how to reach you, where you work. Nothing to ask: it is passed over."""
    if not step.asks:
        return redirect("join-check")
    initial = told.initial(step.told)
    form = WorkForm(request.POST or None, asks=step.asks, workplaces=step.workplaces, initial=initial)
    if form.is_bound and form.is_valid():
        return _on(request, step, step.told | told.kept(form.cleaned_data), "join-check")
    return _shown(request, step, form, 2, translated("怎么联系您，在哪里上班"))


@open_to_all("anybody may apply to join")
@limited("join_submit", most=60, seconds=600)
@_with_step
def check(request: HttpRequest, step: Step) -> HttpResponse:
    """The last screen: what was told, what is agreed to, handed in."""
    if step.missing:
        return redirect(step.missing)
    form = CheckForm(request.POST or None)
    if form.is_bound and form.is_valid():
        done = _handed_in(request, step, form)
        if done is not None:
            return done
    context = {
        "answers": told.answers(step.told, employer=step.employer, workplaces=step.workplaces),
        "consent_text": CONSENTS[-1],
        "known": step.told.get("known"),
    }
    return _shown(
        request, step, form, 3, translated("核对并提交"), more=context, template="welcome/check.html"
    )


def _handed_in(request: HttpRequest, step: Step, form: CheckForm) -> HttpResponse | None:
    """The receipt's own page; or nothing, with the reasons on the form."""
    draft = told.draft(
        step.told, employer=step.employer, consent=len(CONSENTS), signature=form.cleaned_data["signature"]
    )
    try:
        with transaction.atomic():
            _row, receipt = actions.submit_application(
                draft=draft,
                token=step.told.get("token", ""),
                unit_id=step.goal(draft.workplace_id),
                **by_at(request),
            )
    except Refused as error:
        complain(form, error)
        return None
    return keeping.forget(redirect("join-mine", token=receipt.replace("-", "")))


def _on(request: HttpRequest, step: Step, so_far: keeping.Told, usual: str) -> HttpResponse:
    """On to the next question; whoever came back to change one goes straight back to check them all."""
    after = Step(so_far, step.unit, step.code, step.employer, step.workplaces)
    return keeping.keep(request, redirect("join-check" if not after.missing else usual), so_far)


def _shown(  # noqa: PLR0913 - a screen has these parts
    request: HttpRequest,
    step: Step,
    form: forms.Form,
    place: int,
    title: str,
    *,
    more: Mapping[str, Any] | None = None,
    template: str = "welcome/step.html",
) -> HttpResponse:
    context = {"form": form, "place": place, "all": ALL, "heading": title, "step": step, **(more or {})}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, context, status=status)
