"""My membership: where I count, my card, my dues; I choose where I count; anybody checks a card."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.dues import queries as paid
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, open_to_all, own_only, person_of
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.forms import FormPage, answer, by_at, complain
from niangjia.kernel.limits import limited
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.squares import square
from niangjia.kernel.words import Said, say
from niangjia.members import actions, queries
from niangjia.members.rules import STATE_WORDS, card_number
from niangjia.roll import forms
from niangjia.roll.views import shown
from niangjia.transfers import queries as transfers
from niangjia.transfers.rules import TRANSFER

MINE = own_only("a member's own membership")
HERE = say("我的会籍")


def _crumbs(title: Said) -> list[Crumb]:
    return [Crumb(HERE, reverse("my-membership")), Crumb(title)]


@MINE
def my_membership(request: HttpRequest) -> HttpResponse:
    """Everything about my membership on one page, with what I can do next."""
    me, today = person_of(request), clock.today()
    with beyond():
        row, stretches = (
            queries.counting_now(person_id=me, day=today),
            list(queries.stretches_of(person_id=me)),
        )
    open_transfer = next(
        (one for one in transfers.transfers_of(person_id=me) if one.state not in TRANSFER.ends), None
    )
    context = {
        "row": row,
        "facts": shown.own_facts(row, actor=actor_of(request), today=today) if row else (),
        "history": shown.history(stretches, today=today, own=True),
        "dues": paid.dues_table(rows=paid.dues_of_person(person_id=me)[:24]),
        "beside": [one for one in stretches if not one.counts and one.until is None],
        "transfer": open_transfer,
        "transfer_state": TRANSFER.label(open_transfer.state) if open_transfer else "",
    }
    return render(request, "roll/mine.html", context)


@MINE
def my_card(request: HttpRequest) -> HttpResponse:
    """My card with its signed QR code, which is checked without the network too."""
    me, today = person_of(request), clock.today()
    with beyond():
        row = queries.counting_now(person_id=me, day=today)
    if row is None:
        raise NotVisible(say("您现在没有会籍，还没有会员卡。可以从首页“加入工会”开始。"))
    text = actions.issue_card(membership=row, today=today)
    card = queries.card_of(text=text)
    context = {"row": row, "number": card_number(me), "card": card, "square": square(text), "text": text}
    return render(request, "roll/card.html", context | {"state": STATE_WORDS[row.state]})


@MINE
def choose_union(request: HttpRequest, membership_id: int) -> HttpResponse:
    """I choose that another of my unions counts me."""
    me = person_of(request)
    with beyond():
        row = queries.stretch_of(person_id=me, membership_id=membership_id)
    form = forms.ChooseForm(request.POST or None, initial={"since": clock.today()})

    def act(told: Mapping[str, Any]) -> str:
        actions.choose_union(person_id=me, membership_id=row.pk, **told, **by_at(request))
        return reverse("my-membership")

    title = say("选定计数的工会")
    page = FormPage(
        title, say("会籍改在这家工会计数"), _crumbs(title),
        reverse("my-membership"), known=[Fact(say("工会"), row.union.name)],
        words=say("一人只有一个计数的会籍：会费、选举和帮扶都在这家；原来的工会改为挂靠。"),
        said=say("已选定。"), template="roll/own_form.html",
    )  # fmt: skip
    return answer(request, form, page, act=act)


@open_to_all("anybody may check a member's card by its own code; the code says who it is")
@limited("check_card", most=60, seconds=600)
def check_card(request: HttpRequest) -> HttpResponse:
    """A card is held against the published key; nothing is looked up in the register."""
    form = forms.CardForm(request.POST or None)
    card, status = None, HTTPStatus.OK
    if form.is_bound and form.is_valid():
        try:
            card = queries.card_of(text=form.cleaned_data["text"])
        except Refused as error:
            complain(form, error)
    if form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    told: dict[str, Any] = {"form": form, "card": card, "key": queries.card_key()}
    told |= {"holds": card is not None and card.until >= clock.today()}
    told |= {"state": STATE_WORDS.get(card.state, "") if card else ""}
    return render(request, "roll/check_card.html", told, status=status)


@open_to_all("the public key of cards is public")
def public_key(request: HttpRequest) -> HttpResponse:
    """The key with which cards are checked without the network."""
    return JsonResponse({"kind": "Ed25519", "key": queries.card_key()})
