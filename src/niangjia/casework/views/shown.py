"""What the desk sees: the list, who is behind its numbers, one application with its decision."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.aid.permissions import Word
from niangjia.aid.rules import KIND
from niangjia.casework import forms, queries
from niangjia.casework.views.around import LIST
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say


def filters_in(request: HttpRequest) -> forms.FilterForm:
    """What the address narrows a list to."""
    return forms.FilterForm(request.GET, **queries.choices_for(actor=actor_of(request)))


@requires(Word.READ)
def applications(request: HttpRequest) -> HttpResponse:
    """The applications of the acting post's scope; a family is led to its own."""
    if queries.is_family(actor=actor_of(request)):
        return redirect("my-aid")
    form = filters_in(request)
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    page = queries.application_list(actor=actor_of(request), told=form.told, before=before, after=after)
    return render(request, "casework/applications.html", {"page": page, "filters": form})


@requires(Word.READ)
def recipients(request: HttpRequest) -> HttpResponse:
    """The households or persons behind a number of the list."""
    form = filters_in(request)
    by = "person" if request.GET.get("by") == "person" else "household"
    page = queries.recipients(actor=actor_of(request), told=form.told, by=by)
    crumbs = [Crumb(LIST, reverse("aid-applications")), Crumb(say("受助名单"))]
    return render(request, "casework/recipients.html", {"page": page, "filters": form, "crumbs": crumbs})


@requires(Word.READ)
def application(request: HttpRequest, aid_id: int) -> HttpResponse:
    """One application: the evidence left, the decision right."""
    row = aid.application_for(application_id=aid_id, actor=actor_of(request))
    if queries.is_family(actor=actor_of(request)):
        return redirect("my-aid-application", aid_id=row.pk)
    return render(request, "casework/application.html", case_context(request, aid_id))


def case_context(request: HttpRequest, aid_id: int, form: forms.DecisionForm | None = None) -> dict[str, Any]:
    """Everything on the page of an application, with the form of the decision as it was sent."""
    actor, today = actor_of(request), clock.today()
    page = queries.case_page(application_id=aid_id, actor=actor, day=today)
    version = {"version": page.row.version}
    steps = [step for step, _, _ in page.decisions]
    approve = None
    if page.may_approve:
        wanted = Yuan(page.row.asked_fen or 0)
        funds = queries.funds_for(actor=actor, day=today, wanted=wanted)
        approve = forms.ApproveForm(funds=funds, initial=version)
    crumbs = [Crumb(LIST, reverse("aid-applications")), Crumb(page.title)]
    form = form or (forms.DecisionForm(steps=steps, initial=version) if steps else None)
    return {"page": page, "crumbs": crumbs, "about": KIND, "form": form, "approve": approve}
