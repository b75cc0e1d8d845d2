"""Many at once: the button says how many and what sum, and acts on exactly those shown (ui.md B4)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.aid.permissions import Word
from niangjia.casework import actions, forms, queries
from niangjia.casework.queries import BatchPage
from niangjia.casework.views.around import LIST, MorePage
from niangjia.casework.views.shown import filters_in
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import answer, by_at
from niangjia.kernel.shapes import Crumb

TEMPLATE = "casework/batch.html"
Make = Callable[[BatchPage, dict[str, Any]], Form]
Act = Callable[[Mapping[str, Any], Any], str]


def _left_out(request: HttpRequest) -> frozenset[int]:
    """Whom the address leaves out this time."""
    told = request.GET.get("but", "").split(",")
    return frozenset(int(one) for one in told if one.isascii() and one.isdecimal() and len(one) < 16)  # noqa: PLR2004


def _batch(request: HttpRequest, key: str, make: Make, act: Act) -> HttpResponse:
    """The rows of the address, and the form that carries their numbers, count and sum with it."""
    filters = filters_in(request)
    batch = queries.batch_page(key=key, actor=actor_of(request), told=filters.told, but=_left_out(request))
    chosen = batch.chosen
    numbers = ",".join(str(one) for one in chosen.numbers)
    form = make(batch, {"numbers": numbers, "count": chosen.count, "fen": chosen.total.fen})
    title = batch.batch.title
    page = MorePage(
        title, batch.button, [Crumb(LIST, reverse("aid-applications")), Crumb(title)], batch.back,
        words=batch.batch.final, said=batch.batch.said, template=TEMPLATE,
        more={"batch": batch, "filters": filters},
    )  # fmt: skip
    return answer(request, form, page, act=lambda told: act(told, form))


@requires(Word.REVIEW)
def open_round(request: HttpRequest) -> HttpResponse:
    """Reviewed applications are posted together."""

    def make(_batch: BatchPage, initial: dict[str, Any]) -> Form:
        return forms.RoundForm(request.POST or None, initial={**initial, "starts_on": clock.today()})

    def act(told: Mapping[str, Any], form: forms.RoundForm) -> str:
        kept = {name: told[name] for name in ("name", "starts_on", "board")}
        made = actions.open_round_of(seen=form.seen(), **kept, **by_at(request))
        return reverse("aid-round", args=[made.pk])

    return _batch(request, "round", make, act)


@requires(Word.APPROVE)
def approve(request: HttpRequest) -> HttpResponse:
    """All of a round, or of a filter, are granted what was asked, out of one fund."""

    def make(batch: BatchPage, initial: dict[str, Any]) -> Form:
        funds = queries.funds_for(actor=actor_of(request), day=clock.today(), wanted=batch.chosen.total)
        return forms.ApproveAllForm(request.POST or None, funds=funds, initial=initial)

    def act(told: Mapping[str, Any], form: forms.ApproveAllForm) -> str:
        actions.act_on_all(key="approve", seen=form.seen(), fund_id=told["fund_id"], **by_at(request))
        return queries.address(name="aid-applications", told={"state": "approved"})

    return _batch(request, "approve", make, act)


@requires(Word.PAY)
def order(request: HttpRequest) -> HttpResponse:
    """A payment order for each."""
    return _plain(request, "order", "paying")


@requires(Word.REVIEW)
def close(request: HttpRequest) -> HttpResponse:
    """All that were confirmed are done."""
    return _plain(request, "close", "closed")


def _plain(request: HttpRequest, key: str, state: str) -> HttpResponse:
    def make(_batch: BatchPage, initial: dict[str, Any]) -> Form:
        return forms.BatchForm(request.POST or None, initial=initial)

    def act(_told: Mapping[str, Any], form: forms.BatchForm) -> str:
        actions.act_on_all(key=key, seen=form.seen(), **by_at(request))
        return queries.address(name="aid-applications", told={"state": state})

    return _batch(request, key, make, act)
