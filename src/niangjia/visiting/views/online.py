"""A visit written down online: the way for a desk, and for a phone without JavaScript."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import BadInput, NotVisible
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.visiting import queries
from niangjia.visiting.forms import NewVisitForm
from niangjia.visits import actions
from niangjia.visits.permissions import Word

ASKED = ("target", "household", "campaign")


@requires(Word.MAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Whom to visit is chosen first; then the one form."""
    asked = _asked(request)
    if not asked and "door" not in request.GET:
        choice = queries.choice_for(actor=actor_of(request), at=clock.now())
        return render(request, "visiting/choose.html", {"choice": choice})
    found = queries.whom_for(actor=actor_of(request), asked=asked, at=clock.now())
    form = NewVisitForm(request.POST or None, moment=clock.now(), **found.form)

    def act(_told: Mapping[str, Any]) -> str:
        receipt = actions.record_visit(draft=form.draft, key=_key(form), **by_at(request))
        return reverse("visit", args=[receipt.visit_id])

    page = FormPage(
        found.title,
        say("登记这次走访"),
        crumbs=[Crumb(say("走访记录"), reverse("visits")), Crumb(found.title)],
        back=reverse("visits"),
        known=found.known,
        said=say("走访已登记。"),
        words=found.words,
    )
    return answer(request, form, page, act=act)


def _key(form: NewVisitForm) -> UUID:
    try:
        return UUID(form.cleaned_data["key"])
    except ValueError:
        raise BadInput(say("这张表单的编号不对。请重新打开表单再填。")) from None


def _asked(request: HttpRequest) -> dict[str, int]:
    """The numbers in the address; one that can be none is not there."""
    found = {name: request.GET[name] for name in ASKED if request.GET.get(name)}
    if not all(one.isascii() and one.isdecimal() and len(one) <= 15 for one in found.values()):  # noqa: PLR2004
        raise NotVisible
    return {name: int(one) for name, one in found.items()}
