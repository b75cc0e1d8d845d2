"""Supervised tasks 督办: the list, one of them, giving, replying, accepting, sending back, withdrawing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import Said, say
from niangjia.supervision import actions, queries
from niangjia.supervision.forms import (
    ReasonForm,
    ReplyForm,
    SupervisedFilterForm,
    SupervisedForm,
    VersionForm,
)
from niangjia.supervision.models import SupervisedTask
from niangjia.supervision.permissions import Word
from niangjia.supervision.rules import SUPERVISION_WORDS

LIST = say("督办")


@requires(Word.READ)
def supervised_list(request: HttpRequest) -> HttpResponse:
    """The supervised tasks of the acting post's union and of those below."""
    form = SupervisedFilterForm(request.GET, labels=SUPERVISION_WORDS)
    page = queries.supervised_list(
        actor=actor_of(request),
        state=form.cleaned_data.get("state", "") if form.is_valid() else "",
        today=clock.today(),
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return render(request, "supervision/supervised_list.html", {"page": page, "filters": form})


@requires(Word.READ)
def supervised(request: HttpRequest, supervised_id: int) -> HttpResponse:
    """One supervised task."""
    page = queries.supervised_page(supervised_id=supervised_id, actor=actor_of(request))
    crumbs = [Crumb(LIST, reverse("supervised-list")), Crumb(page.row.title)]
    return render(request, "supervision/supervised.html", {"page": page, "crumbs": crumbs})


@requires(Word.GIVE)
def give(request: HttpRequest) -> HttpResponse:
    """Something is asked of a union below."""
    rows = queries.units_below(actor=actor_of(request))
    form = SupervisedForm(request.POST or None, rows=rows)

    def act(told: Mapping[str, Any]) -> str:
        draft = actions.SupervisedDraft(told["to_unit"].pk, told["title"], told["words"], told["due_on"])
        row = actions.give_supervised_task(draft=draft, today=clock.today(), **by_at(request))
        return reverse("supervised", args=[row.pk])

    title = say("交办一件事")
    crumbs = [Crumb(LIST, reverse("supervised-list")), Crumb(title)]
    page = FormPage(
        title,
        say("交办，列入对方的待办"),
        crumbs,
        reverse("supervised-list"),
        said=say("已交办，对方的工作台上已经能看到。"),
    )
    return answer(request, form, page, act=act)


@requires(Word.REPLY)
def reply(request: HttpRequest, supervised_id: int) -> HttpResponse:
    """The union below says what it did."""
    row = _row(request, supervised_id, Word.REPLY)
    form = ReplyForm(request.POST or None, initial={"version": row.version})
    page = _page(row, say("回复督办"), say("回复，请交办的工会核对"))
    return answer(request, form, page, act=_acting(request, row, actions.reply_to_supervised_task))


@requires(Word.GIVE)
def accept(request: HttpRequest, supervised_id: int) -> HttpResponse:
    """The reply is enough."""
    row = _row(request, supervised_id, Word.GIVE)
    form = VersionForm(request.POST or None, initial={"version": row.version})
    final = say("同意后这件督办就办结了，不能再退回。")
    page = _page(row, say("同意办结"), say("同意办结"), said=say("督办已办结。"), final=final)
    return answer(request, form, page, act=_acting(request, row, actions.accept_reply))


@requires(Word.GIVE)
def send_back(request: HttpRequest, supervised_id: int) -> HttpResponse:
    """The reply is not enough yet."""
    row = _row(request, supervised_id, Word.GIVE)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    page = _page(
        row, say("退回补充"), say("退回，请对方补充"), said=say("已退回，对方的工作台上写明了要补什么。")
    )
    return answer(request, form, page, act=_acting(request, row, actions.send_back_reply))


@requires(Word.GIVE)
def withdraw(request: HttpRequest, supervised_id: int) -> HttpResponse:
    """It is asked no more."""
    row = _row(request, supervised_id, Word.GIVE)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    page = _page(row, say("撤回交办"), say("撤回这件督办"), said=say("已撤回，对方不必再办。"))
    return answer(request, form, page, act=_acting(request, row, actions.withdraw_supervised_task))


def _row(request: HttpRequest, supervised_id: int, word: Word) -> SupervisedTask:
    return queries.supervised_in_scope(supervised_id=supervised_id, scope=actor_of(request).scope_for(word))


def _acting(
    request: HttpRequest, row: SupervisedTask, step: Callable[..., SupervisedTask]
) -> Callable[[Mapping[str, Any]], str]:
    def act(told: Mapping[str, Any]) -> str:
        step(supervised_id=row.pk, **told, **by_at(request))
        return reverse("supervised", args=[row.pk])

    return act


def _page(
    row: SupervisedTask, title: Said, button: Said, *, said: Said | str = "", final: Said | str = ""
) -> FormPage:
    here = reverse("supervised", args=[row.pk])
    known = [Fact(say("事项"), row.title), Fact(say("要求"), row.words or "—"), Fact(say("期限"), row.due_on)]
    known += [Fact(say("回复"), row.reply)] if row.reply else []
    return FormPage.about(row.title, here, title, button, said=said, known=known, final=final)
