"""Transfers: one of them, and its steps on either side."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.listing import slice_of
from niangjia.kernel.shapes import Act, Crumb, Event, Fact, Stage
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, say
from niangjia.members import queries as members
from niangjia.members.permissions import Word
from niangjia.network import queries as network
from niangjia.transfers import actions, forms, queries
from niangjia.transfers.models import Transfer
from niangjia.transfers.rules import KIND, TRANSFER

LIST = say("转会")
VERBS = {
    "ask_transfer": say("提出转会"),
    "introduce": say("开具介绍信"),
    "decline_transfer": say("不同意转出"),
    "accept_transfer": say("接收会籍"),
    "send_back_transfer": say("退回补充"),
    "refuse_transfer": say("不接收"),
    "withdraw_transfer": say("撤回转会"),
    "carry_transfer": say("随工会调整转到承接的工会"),
    "return_transfer": say("随调整撤销转回原工会"),
}


@requires(Word.TRANSFER)
def transfers(request: HttpRequest) -> HttpResponse:
    """The transfers that come to or leave the unions of the reader's scope."""
    form = forms.TransfersForm(request.GET)
    state = form.cleaned_data.get("state", "") if form.is_valid() else ""
    rows = queries.transfers_in_scope(scope=actor_of(request).scope_for(Word.TRANSFER), state=state)
    asked = request.GET
    part = slice_of(rows, sort="-id", before=asked.get("before", ""), after=asked.get("after", ""))
    total = rows.count()
    context = {
        "form": form,
        "table": queries.transfers_table(rows=part.rows),
        "pager": part.pager(total=total),
    }
    return render(request, "transfers/transfers.html", context | {"total": total})


@requires(Word.TRANSFER)
def ask_transfer(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The membership is to go to another union; the letter is issued at once."""
    row = members.membership_in_scope(
        membership_id=membership_id, scope=actor_of(request).scope_for(Word.TRANSFER)
    )
    form = forms.AskTransferForm(request.POST or None)

    def act(told: Mapping[str, Any]) -> str:
        union = members.union_named(words=told["to_union"], today=clock.today())
        made = actions.ask_transfer(
            person_id=row.person_id, to_union_id=union.pk, reason=told["reason"], **by_at(request)
        )
        return reverse("transfer", args=[made.pk])

    here = reverse("membership", args=[row.pk])
    title, button = say("办理转会"), say("开具介绍信，转往新工会")
    known = [Fact(say("姓名"), row.name), Fact(say("现在的工会"), row.union.name)]
    said = say("介绍信已开具，等新工会接收。")
    page = FormPage.about(row.name, here, title, button, said=said, known=known)
    return answer(request, form, page, act=act)


@requires(Word.TRANSFER)
def transfer(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """A transfer: who, from where to where, whose turn it is."""
    actor = actor_of(request)
    row = _row(request, transfer_id)
    lines = lines_of(kind=KIND, object_ids=[row.pk])
    who = authors_of(lines)
    context = {
        "row": row,
        "crumbs": [Crumb(LIST, reverse("transfers")), Crumb(row.name)],
        "state": TRANSFER.label(row.state),
        "facts": _facts(row),
        "stages": _stages(row),
        "actions": _acts(row, actor),
        "events": [
            Event(line.at, who.get(line.user_id, "—"), VERBS.get(line.verb, say("办理了一步")), line.reason)
            for line in lines
        ],
    }
    return render(request, "transfers/transfer.html", context)


def _facts(row: Transfer) -> list[Fact]:
    told: list[tuple[Said, object]] = [
        (say("姓名"), row.name),
        (say("转出工会"), row.from_name),
        (say("转入工会"), row.to_name),
        (say("新用人单位"), row.employer.name if row.employer else "—"),
        (say("提出人"), say("会员本人") if row.asked_by_member else say("工会")),
        (say("原因"), row.reason),
        (say("介绍信编号"), row.letter_no or "—"),
        *([(say("答复"), row.answer)] if row.answer else []),
        *([(say("接转日"), row.done_on)] if row.done_on else []),
    ]
    return [Fact(term, value) for term, value in told]


def _stages(row: Transfer) -> list[Stage]:
    if row.state in TRANSFER.ends - {"done"}:
        return [Stage(TRANSFER.label(row.state), "stop")]
    place = ("asked", "introduced", "done").index(row.state)
    words = (say("转出工会开具介绍信"), say("转入工会接收"), say("已接转"))
    return [
        Stage(word, "done" if n < place or row.state == "done" else "now" if n == place else "todo")
        for n, word in enumerate(words)
    ]


def _acts(row: Transfer, actor: Actor) -> list[Act]:
    gives, takes = actor.may(Word.TRANSFER, at=row.from_path), actor.may(Word.TRANSFER, at=row.path)
    offers = {
        "asked": [
            (gives, say("同意转出，开具介绍信"), "introduce-transfer", "primary"),
            (gives, say("不同意转出"), "decline-transfer", "outline"),
        ],
        "introduced": [
            (takes, say("接收会籍"), "accept-transfer", "primary"),
            (takes, say("退回原工会补充"), "send-back-transfer", "outline"),
            (takes, say("不接收"), "refuse-transfer", "outline"),
        ],
    }.get(row.state, [])
    own = row.state in {"asked", "introduced"} and actor.user_id is not None and actor.user_id == row.asked_by
    offers += [(own, say("撤回转会"), "withdraw-transfer", "outline")]
    return [Act(words, reverse(name, args=[row.pk]), kind=kind) for fits, words, name, kind in offers if fits]


@requires(Word.TRANSFER)
def introduce(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """The old union gives its letter."""
    row = _row(request, transfer_id)
    page = _page(
        row, say("同意转出"), say("开具介绍信，送转入工会"), said=say("介绍信已开具，等新工会接收。")
    )
    return answer(request, _plain(request, row), page, act=_acting(request, row, actions.introduce))


@requires(Word.TRANSFER)
def decline(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """The old union does not agree."""
    row = _row(request, transfer_id)
    page = _page(row, say("不同意转出"), say("不同意转出，告知会员"), said=say("已告知会员。"))
    return answer(request, _reasoned(request, row), page, act=_acting(request, row, actions.decline_transfer))


@requires(Word.TRANSFER)
def accept(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """The new union takes the member, on one day for both."""
    row = _row(request, transfer_id)
    initial = {"version": row.version, "done_on": clock.today()}
    employers = network.employers_of(scope=actor_of(request).scope_for(Word.TRANSFER))
    form = forms.AcceptForm(request.POST or None, initial=initial, employers=employers)

    def act(told: Mapping[str, Any]) -> str:
        employer = told["employer"]
        made = actions.accept_transfer(
            transfer_id=row.pk, version=told["version"], done_on=told["done_on"],
            employer_id=employer.pk if employer else None, **by_at(request),
        )  # fmt: skip
        return reverse("membership", args=[made.pk])

    final = say("接收后，会籍自接转日起在“{union}”，原工会同一天结束。", union=row.to_name)
    page = _page(row, say("接收会籍"), say("接收会籍"), said=say("会籍已接转。"), final=final)
    return answer(request, form, page, act=act)


@requires(Word.TRANSFER)
def send_back(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """The new union misses something."""
    row = _row(request, transfer_id)
    page = _page(
        row, say("退回补充"), say("退回原工会补充"), said=say("已退回，原工会的工作台上写明了要补什么。")
    )
    return answer(
        request, _reasoned(request, row), page, act=_acting(request, row, actions.send_back_transfer)
    )


@requires(Word.TRANSFER)
def refuse(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """The new union does not take the member."""
    row = _row(request, transfer_id)
    page = _page(row, say("不接收"), say("不接收，告知会员"), said=say("已告知会员，会籍仍在原工会。"))
    return answer(request, _reasoned(request, row), page, act=_acting(request, row, actions.refuse_transfer))


@requires(Word.TRANSFER)
def withdraw(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Whoever asked asks no more."""
    row = _row(request, transfer_id)
    page = _page(row, say("撤回转会"), say("撤回这件转会"), said=say("已撤回，会籍不变。"))
    return answer(request, _plain(request, row), page, act=_acting(request, row, actions.withdraw_transfer))


def _row(request: HttpRequest, transfer_id: int) -> Transfer:
    return queries.transfer_in_scope(
        transfer_id=transfer_id, scope=actor_of(request).scope_for(Word.TRANSFER)
    )


def _plain(request: HttpRequest, row: Transfer) -> forms.VersionForm:
    return forms.VersionForm(request.POST or None, initial={"version": row.version})


def _reasoned(request: HttpRequest, row: Transfer) -> forms.ReasonForm:
    return forms.ReasonForm(request.POST or None, initial={"version": row.version})


def _acting(
    request: HttpRequest, row: Transfer, step: Callable[..., Any]
) -> Callable[[Mapping[str, Any]], str]:
    def act(told: Mapping[str, Any]) -> str:
        step(transfer_id=row.pk, **told, **by_at(request))
        return reverse("transfer", args=[row.pk])

    return act


def _page(row: Transfer, title: Said, button: Said, *, said: Said, final: Said | str = "") -> FormPage:
    known = [Fact(say("姓名"), row.name), Fact(say("转出工会"), row.from_name)]
    known += [Fact(say("转入工会"), row.to_name), Fact(say("原因"), row.reason)]
    here = reverse("transfer", args=[row.pk])
    return FormPage.about(row.name, here, title, button, said=said, known=known, final=final)
