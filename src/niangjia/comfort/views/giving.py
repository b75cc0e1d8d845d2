"""Handing out with the phone: who is left, one of them, signed, noted, missed; booked and attended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.comfort import forms, queries
from niangjia.comfort.views.batches import LIST, batch_of, home_of, page_of
from niangjia.handouts import actions
from niangjia.handouts import queries as handouts
from niangjia.handouts.rules import OUTCOMES, BatchKind, Outcome
from niangjia.kernel.doors import requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Act, Crumb, Fact
from niangjia.kernel.words import Said, say
from niangjia.sympathy.permissions import Word

if TYPE_CHECKING:
    from niangjia.handouts.models import HandoutBatch, HandoutRow


def _back(batch: "HandoutBatch") -> str:
    return reverse("give-handout", args=[batch.pk])


@dataclass(frozen=True, slots=True)
class RowPage(FormPage):
    """The page around one of the roster: what else may be done, and whether there is something to sign."""

    acts: Sequence[Act] = ()
    signs: bool = False


@requires(Word.VISIT)
def give(request: HttpRequest, handout_id: int) -> HttpResponse:
    """Who has not received yet, found by name; big buttons for the phone."""
    batch = batch_of(request, handout_id, Word.VISIT)
    name = request.GET.get("name", "").strip()[:50]
    tally = handouts.tally_of(batch=batch)
    told = {
        "batch": batch,
        "tally": tally,
        "name": name,
        "rows": queries.giving_list(batch=batch, name=name),
        "counts": queries.counts_of(row=batch, tally=tally),
        "crumbs": [
            Crumb(LIST, reverse("handouts")),
            Crumb(batch.name, home_of(request, batch)),
            Crumb(say("发放")),
        ],
    }
    return render(request, "comfort/giving.html", told)


@requires(Word.VISIT)
def card(request: HttpRequest, handout_id: int) -> HttpResponse:
    """A card that is scanned finds its row by itself."""
    batch = batch_of(request, handout_id, Word.VISIT)

    def act(told: Mapping[str, Any]) -> str:
        actions.hand_to_card(batch_id=batch.pk, card=told["card"], **by_at(request))
        return _back(batch)

    words = say("请本人打开会员卡，扫一下；名册里是谁，系统自己认得。")
    title = say("扫会员卡发放")
    around = page_of(
        request, batch, title, say("登记领取"), said=say("已登记领取。"), words=words, back=_back(batch)
    )
    page = replace(around, template="comfort/card.html")
    return answer(request, forms.CardForm(request.POST or None), page, act=act)


@requires(Word.VISIT)
def row(request: HttpRequest, handout_id: int, handout_row_id: int) -> HttpResponse:
    """One of the roster: signed on the phone, by card, or on paper."""
    batch = batch_of(request, handout_id, Word.VISIT)
    one = handouts.row_of(batch=batch, row_id=handout_row_id)
    form = forms.GiveForm(request.POST or None, initial={"version": one.version})

    def act(told: Mapping[str, Any]) -> str:
        actions.hand_out(
            batch_id=batch.pk, row_id=one.pk, version=told["version"], signed=form.signed,
            on_paper=told["on_paper"], **by_at(request),
        )  # fmt: skip
        return _back(batch)

    return answer(request, form, _row_page(request, batch, one), act=act)


def _row_page(request: HttpRequest, batch: "HandoutBatch", one: "HandoutRow") -> RowPage:
    around = page_of(request, batch, one.name, say("确认领取"), said=say("已登记领取。"), back=_back(batch))
    is_open, women = one.outcome == Outcome.OPEN, batch.kind == BatchKind.WOMEN
    known = [Fact(say("发什么"), queries.portion_of(row=batch)), Fact(say("结果"), OUTCOMES[one.outcome])]
    known += [Fact(say("原因"), one.reason)] if one.reason else []
    known += [Fact(say("预约日"), one.booked_on)] if one.booked_on else []
    roads = _ROADS_WOMEN if women and is_open else _ROADS_OPEN if is_open else _ROADS_TOLD
    return RowPage(
        around.title,
        around.button,
        crumbs=around.crumbs,
        back=around.back,
        known=known,
        said=around.said,
        template="comfort/row.html",
        acts=[Act(words, reverse(road, args=[batch.pk, one.pk]), kind=kind) for words, road, kind in roads],
        signs=is_open and not women,
    )


_ROADS_OPEN = (
    (say("先记原因，以后再领"), "note-handout-row", "outline"),
    (say("登记不再发"), "miss-handout-row", "stop"),
)
_ROADS_WOMEN = (
    (say("登记预约"), "book-handout-row", "outline"),
    (say("登记已到检"), "attend-handout-row", "primary"),
    (say("登记不再检"), "miss-handout-row", "stop"),
)
_ROADS_TOLD = ((say("更正登记"), "open-handout-row", "outline"),)


def _step(
    request: HttpRequest,
    handout_id: int,
    handout_row_id: int,
    shape: type[django_forms.Form],
    title: Said,
    step: Callable[..., object],
) -> HttpResponse:
    """One step of one row, on the version that the officer saw."""
    batch = batch_of(request, handout_id, Word.VISIT)
    one = handouts.row_of(batch=batch, row_id=handout_row_id)
    form = shape(
        request.POST or None, initial={"version": one.version, "booked_on": one.booked_on or batch.on}
    )

    def act(told: Mapping[str, Any]) -> str:
        step(batch_id=batch.pk, row_id=one.pk, **told, **by_at(request))
        return _back(batch)

    words = say("{name}", name=one.name)
    page = page_of(request, batch, title, title, said=say("已登记。"), words=words, back=_back(batch))
    return answer(request, form, page, act=act)


@requires(Word.VISIT)
def note(request: HttpRequest, handout_id: int, handout_row_id: int) -> HttpResponse:
    """Somebody has not come yet."""
    return _step(
        request, handout_id, handout_row_id, forms.ReasonForm, say("先记原因，以后再领"), actions.note_row
    )


@requires(Word.VISIT)
def miss(request: HttpRequest, handout_id: int, handout_row_id: int) -> HttpResponse:
    """Somebody does not receive after all."""
    return _step(request, handout_id, handout_row_id, forms.ReasonForm, say("登记不再发"), actions.miss)


@requires(Word.VISIT)
def again(request: HttpRequest, handout_id: int, handout_row_id: int) -> HttpResponse:
    """An outcome was entered wrongly."""
    return _step(request, handout_id, handout_row_id, forms.ReasonForm, say("更正登记"), actions.open_again)


@requires(Word.VISIT)
def book(request: HttpRequest, handout_id: int, handout_row_id: int) -> HttpResponse:
    """An appointment for the check-up."""
    return _step(request, handout_id, handout_row_id, forms.BookForm, say("登记预约"), actions.book)


@requires(Word.VISIT)
def attend(request: HttpRequest, handout_id: int, handout_row_id: int) -> HttpResponse:
    """She came to the check-up."""
    return _step(request, handout_id, handout_row_id, forms.VersionForm, say("登记已到检"), actions.attend)
