"""What I received from my union; I confirm it on my own phone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.comfort import forms
from niangjia.comfort import queries as faces
from niangjia.comfort.views.around import sent
from niangjia.comfort.views.batches import saw_poster
from niangjia.handouts import actions as batches
from niangjia.handouts import queries as handouts
from niangjia.handouts.rules import OUTCOMES, BatchKind, Outcome, State
from niangjia.kernel.doors import own_only, person_of
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Crumb, Fact, Text
from niangjia.kernel.words import say
from niangjia.sympathy import actions, queries
from niangjia.sympathy.rules import OCCASIONS, RECEIPTS

if TYPE_CHECKING:
    from niangjia.handouts.models import HandoutRow
    from niangjia.sympathy.models import SympathyVisit

MINE = own_only("a worker's own sympathy visits")
HERE = say("我收到的慰问")


@MINE
def mine(request: HttpRequest) -> HttpResponse:
    """The visits I received."""
    me = person_of(request)
    tables = [faces.own_table(person_id=me), faces.own_batches(person_id=me)]
    return render(request, "comfort/mine.html", {"tables": tables})


@MINE
def one(request: HttpRequest, sympathy_id: int) -> HttpResponse:
    """What I received; while nobody signed I confirm it here, by one button."""
    me = person_of(request)
    with beyond():
        row = queries.own_visit(visit_id=sympathy_id, person_id=me)
        known = _known_of_visit(row)

    def act(_told: Mapping[str, Any]) -> str:
        actions.confirm_receipt(visit_id=row.pk, person_id=me, **by_at(request))
        return reverse("my-sympathy")

    button = "" if row.receipt or row.recipient_id != me else say("我已收到")
    page = _page(say("确认收到慰问"), button, OCCASIONS[row.occasion], known)
    return answer(request, forms.NothingForm(sent(request)), page, act=act)


def _known_of_visit(row: "SympathyVisit") -> tuple[Fact, ...]:
    return (
        Fact(say("情形"), OCCASIONS[row.occasion]),
        Fact(say("慰问日"), row.visited_on),
        Fact(say("工会"), row.unit.name),
        Fact(say("慰问品"), row.gift or "—"),
        Fact(say("慰问金"), _sum(row.amount_fen)),
        Fact(say("签收"), RECEIPTS[row.receipt]),
    )


def _sum(fen: int) -> Text:
    return say("{sum} 元", sum=Yuan(fen)) if fen else "—"


def _page(title: Text, button: Text, name: Text, known: tuple[Fact, ...], words: Text = "") -> FormPage:
    """A page of mine, with one button where there is something to confirm."""
    home = reverse("my-sympathy")
    return FormPage(
        title,
        button,
        crumbs=[Crumb(HERE, home), Crumb(name)],
        back=home,
        known=known,
        words=words,
        said=say("已确认。"),
        template="comfort/own.html",
    )


@MINE
def handout(request: HttpRequest, handout_id: int) -> HttpResponse:
    """My row of a batch; whoever scanned the poster at the site confirms here, by one button."""
    me, key = person_of(request), request.GET.get("k", "")
    with beyond():
        row = handouts.own_row(batch_id=handout_id, person_id=me)
        known = _known_of_row(row)

    def act(_told: Mapping[str, Any]) -> str:
        batches.confirm_own(batch_id=row.batch_id, person_id=me, **by_at(request))
        return reverse("my-sympathy")

    waits = _waits(row)
    at_site = waits and saw_poster(batch_id=row.batch_id, key=key)
    words = say("请在现场扫发放处的二维码确认。") if waits and not at_site else ""
    page = _page(say("领取慰问"), say("我已领到") if at_site else "", row.batch.name, known, words)
    form = forms.NothingForm(sent(request) if at_site else None)
    return answer(request, form, page, act=act)


def _waits(row: "HandoutRow") -> bool:
    """Whether I may still confirm: the batch is being handed out, and is no check-up."""
    batch = row.batch
    given = batch.kind != BatchKind.WOMEN and batch.state == State.APPROVED
    return given and row.outcome == Outcome.OPEN


def _known_of_row(row: "HandoutRow") -> tuple[Fact, ...]:
    batch = row.batch
    return (
        Fact(say("名称"), batch.name),
        Fact(say("工会"), batch.unit.name),
        Fact(say("慰问品"), batch.goods or "—"),
        Fact(say("慰问金"), _sum(batch.amount_fen)),
        Fact(say("领取"), OUTCOMES[row.outcome]),
    )
