"""Orders: the list, what waits to be checked or sent, one order, its batch."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import Refused
from niangjia.kernel.forms import by_at, complain
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import Said, say
from niangjia.paydesk import forms
from niangjia.paydesk.queries import batches as batch_queries
from niangjia.paydesk.queries import order, orders
from niangjia.paydesk.views.around import BATCHES, MONEY, PAYMENTS
from niangjia.payments import actions, queries
from niangjia.payments.permissions import Word
from niangjia.payments.rules import KIND


def _number(request: HttpRequest, name: str) -> int | None:
    told = request.GET.get(name, "")
    return int(told) if told.isdecimal() and len(told) < len(str(2**63)) else None


@requires(Word.READ)
def payments(request: HttpRequest) -> HttpResponse:
    """The orders of the reader's unions, by state, with their sums."""
    form = forms.OrderFilterForm(request.GET)
    state = form.cleaned_data.get("state", "") if form.is_valid() else ""
    filters = queries.Filters(state=state, fund=_number(request, "fund"), unit=_number(request, "unit"))
    page = orders.order_list(
        actor=actor_of(request),
        filters=filters,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    crumbs = [Crumb(MONEY, reverse("money")), Crumb(PAYMENTS)]
    return render(request, "paydesk/payments.html", {"page": page, "crumbs": crumbs})


@requires(Word.READ)
def payment(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order: facts, hands, attempts, what may be done, what happened."""
    page = order.order_page(order_id=order_id, actor=actor_of(request), today=clock.today())
    crumbs = [Crumb(PAYMENTS, reverse("payments")), Crumb(page.title)]
    return render(request, "paydesk/payment.html", {"page": page, "crumbs": crumbs, "about": KIND})


@requires(Word.CHECK)
def to_check(request: HttpRequest) -> HttpResponse:
    """What waits to be checked: all of it, with one button that says how many and how much."""
    act = partial(_checked, request)
    return _waiting(request, Word.CHECK, "payments-to-check", act)


def _checked(request: HttpRequest, form: forms.ChosenForm) -> tuple[str, Said]:
    rows = actions.check_orders(order_ids=form.cleaned_data["orders"], seen=form.seen, **by_at(request))
    return reverse("payments-to-check"), say("{n} 笔已复核，出纳的工作台上已经能看到。", n=len(rows))


@requires(Word.PAY)
def to_send(request: HttpRequest) -> HttpResponse:
    """What waits to be sent to the bank: all of it, as one batch."""
    act = partial(_sent, request)
    return _waiting(request, Word.PAY, "payments-to-send", act)


def _sent(request: HttpRequest, form: forms.ChosenForm) -> tuple[str, Said]:
    batch = actions.send_batch(order_ids=form.cleaned_data["orders"], seen=form.seen, **by_at(request))
    said = say("已编成第 {n} 批。请下载付款文件交给银行。", n=batch.number)
    return reverse("payment-batch", args=[batch.pk]), said


BulkAct = Callable[[forms.ChosenForm], tuple[str, Said]]


def _waiting(request: HttpRequest, word: Word, road: str, act: BulkAct) -> HttpResponse:
    """The page of a queue; posted, it acts on exactly what was seen, or says what has changed."""
    form = forms.ChosenForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            goal, said = act(form)
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, said.render(gettext))
            return redirect(goal)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "paydesk/waiting.html", _told(request, word, road, form), status=status)


def _told(request: HttpRequest, word: Word, road: str, form: forms.ChosenForm) -> dict[str, Any]:
    actor, unit_id = actor_of(request), _number(request, "unit")
    page = orders.waiting(actor=actor, word=word, unit_id=unit_id, road=road)
    told = {
        "orders": ",".join(map(str, page.orders)),
        "count": page.chosen.count,
        "total": page.chosen.total.fen,
    }
    title = say("复核支付单") if word == Word.CHECK else say("支付已复核的款项")
    n = page.chosen.count
    button = say("复核通过这 {n} 笔", n=n) if word == Word.CHECK else say("把这 {n} 笔编成一批送银行", n=n)
    return {
        "page": page,
        "title": title,
        "button": button if n else "",
        "form": form,
        "send": forms.ChosenForm(initial=told),
        "crumbs": [Crumb(PAYMENTS, reverse("payments")), Crumb(title)],
        "checks": word == Word.CHECK,
    }


@requires(Word.READ)
def batches(request: HttpRequest) -> HttpResponse:
    """The batches of the reader's unions."""
    page = batch_queries.batch_list(
        actor=actor_of(request), before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    crumbs = [Crumb(PAYMENTS, reverse("payments")), Crumb(BATCHES)]
    return render(request, "paydesk/batches.html", {"page": page, "crumbs": crumbs})


@requires(Word.READ)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One batch: its lines as tails, the bank's answers, what needs a look."""
    page = batch_queries.batch_page(batch_id=batch_id, actor=actor_of(request))
    crumbs = [Crumb(BATCHES, reverse("payment-batches")), Crumb(page.title)]
    return render(request, "paydesk/batch.html", {"page": page, "crumbs": crumbs})
