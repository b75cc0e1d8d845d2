"""我要反映: a worker tells of his own need or of a colleague's, and sees whether it is being handled."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.campaigns import actions
from niangjia.campaigns.permissions import Word
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.shapes import Act, Crumb
from niangjia.kernel.words import say
from niangjia.outreach import queries
from niangjia.outreach.forms import RaiseForm

LEADS = say("我要反映")


@requires(Word.RAISE)
def my_leads(request: HttpRequest) -> HttpResponse:
    """What I have told of, and whether it is being handled."""
    acts = [Act(LEADS, reverse("raise-lead"), "plus", kind="primary")]
    told = {"table": queries.leads_table(actor=actor_of(request)), "acts": acts, "heading": LEADS}
    return render(request, "outreach/my_leads.html", told)


@requires(Word.RAISE)
@limited("raise_lead", most=20, seconds=600)
def raise_lead(request: HttpRequest) -> HttpResponse:
    """I tell of my own need or of a colleague's; my union is to visit (S-LA-06)."""

    def act(told: Mapping[str, Any]) -> str:
        lead = actions.Lead(told["name"], told["place"], told["words"])
        actions.raise_lead(lead=lead, for_oneself=told["whose"] == "own", **by_at(request))
        return reverse("my-leads")

    page = FormPage(
        LEADS,
        say("告诉工会，请上门了解"),
        crumbs=[Crumb(LEADS, reverse("my-leads")), Crumb(say("反映困难"))],
        back=reverse("my-leads"),
        words=say("有困难就说，说错了也不要紧；谁反映的只有工会干部知道。"),
        said=say("已告诉工会，会有干部上门。办到哪一步，这里随时能看。"),
        template="outreach/own_form.html",
    )
    return answer(request, RaiseForm(request.POST or None), page, act=act)
