"""Possible duplicates: the list, one pair side by side, proposing and deciding."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import Said, say
from niangjia.matching import actions, queries
from niangjia.matching.forms import CaseFilterForm, DecideForm, MergeForm, ReasonForm, ReportForm
from niangjia.matching.models import DuplicateCase
from niangjia.matching.permissions import Word
from niangjia.matching.rules import STATE_WORDS, State
from niangjia.members.rules import card_number, person_of_card

LIST = say("疑似重复")
PAIR = say("这一对")
FINAL = {
    State.MERGE_PROPOSED: say("同意后两份资料合并为一人，会籍只计一次；以后仍可由两人核对后拆分。"),
    State.APART_PROPOSED: say("同意后这一对不再列出。"),
    State.SPLIT_PROPOSED: say("同意后两份资料回到合并之前的样子。"),
}


@requires(Word.READ)
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """The pairs of the scope that wait, the likeliest first."""
    form = CaseFilterForm(request.GET)
    page = queries.case_list(
        actor=actor_of(request),
        state=form.cleaned_data.get("state", "") if form.is_valid() else "",
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    return render(request, "matching/duplicates.html", {"page": page, "filters": form})


@requires(Word.READ)
def duplicate(request: HttpRequest, case_id: int) -> HttpResponse:
    """One pair side by side."""
    page = queries.case_page(case_id=case_id, actor=actor_of(request))
    crumbs = [Crumb(LIST, reverse("duplicates")), Crumb(PAIR)]
    return render(request, "matching/duplicate.html", {"page": page, "crumbs": crumbs})


@requires(Word.PROPOSE)
def report(request: HttpRequest) -> HttpResponse:
    """Two cards that an officer takes for one person's."""

    def act(told: Mapping[str, Any]) -> str:
        first, second = (person_of_card(told[name]) for name in ("first", "second"))
        row = actions.report_duplicate(
            first_id=first, second_id=second, reason=told["reason"], **by_at(request)
        )
        return reverse("duplicate", args=[row.pk])

    title = say("登记一对疑似重复")
    crumbs = [Crumb(LIST, reverse("duplicates")), Crumb(title)]
    page = FormPage(
        title, say("登记这一对"), crumbs, reverse("duplicates"), said=say("已登记，请对照两份资料。")
    )
    return answer(request, ReportForm(request.POST or None), page, act=act)


@requires(Word.PROPOSE)
def propose_merge(request: HttpRequest, case_id: int) -> HttpResponse:
    """One proposes that the two are one person."""
    both = queries.compared(case_id=case_id, actor=actor_of(request))
    sides = {
        one.person.pk: one.name.render(gettext) if isinstance(one.name, Said) else one.name
        for one in (both.first, both.second)
    }
    hints = {str(one.person.pk): _told_apart(one) for one in (both.first, both.second)}
    form = MergeForm(request.POST or None, sides=sides, hints=hints, initial={"version": both.row.version})
    return _proposing(request, both.row, form, "propose_merge", say("提出合并"))


def _told_apart(side: "queries.Side") -> Said | str:
    """Two records of one name kept by one union differ at least in the number of the card."""
    if not side.visible:
        return side.keeper
    return say("{keeper}，会员卡号 {card}", keeper=side.keeper, card=card_number(side.person.pk))


@requires(Word.PROPOSE)
def propose_apart(request: HttpRequest, case_id: int) -> HttpResponse:
    """One proposes that the two are two people."""
    row = _row(request, case_id, Word.PROPOSE)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    return _proposing(request, row, form, "propose_apart", say("提出不是同一人"))


@requires(Word.PROPOSE)
def propose_split(request: HttpRequest, case_id: int) -> HttpResponse:
    """One proposes that a merge was wrong."""
    row = _row(request, case_id, Word.PROPOSE)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    return _proposing(request, row, form, "propose_split", say("提出拆分"))


@requires(Word.DECIDE)
def decide(request: HttpRequest, case_id: int) -> HttpResponse:
    """A second person agrees or sends it back."""
    row = _row(request, case_id, Word.DECIDE)

    def act(told: Mapping[str, Any]) -> str:
        agree = told["agree"] == "yes"
        kept = {"version": told["version"], "agree": agree, "answer": told["answer"]}
        actions.decide(case_id=row.pk, **kept, **by_at(request))
        return reverse("duplicate", args=[row.pk])

    known = [Fact(say("提议"), STATE_WORDS[row.state]), Fact(say("提出的理由"), row.reason or "—")]
    page = FormPage.about(
        PAIR, reverse("duplicate", args=[row.pk]), say("核定"), say("确定"),
        said=say("已核定。"), known=known, final=FINAL.get(State(row.state), ""),
    )  # fmt: skip
    return answer(request, DecideForm(request.POST or None, initial={"version": row.version}), page, act=act)


def _row(request: HttpRequest, case_id: int, word: Word) -> DuplicateCase:
    return queries.case_in_scope(case_id=case_id, scope=actor_of(request).scope_for(word))


def _proposing(
    request: HttpRequest, row: DuplicateCase, form: ReasonForm, step: str, title: Said
) -> HttpResponse:
    def act(told: Mapping[str, Any]) -> str:
        keep, beside = told.get("keep"), told.get("beside") or "end"
        proposal = actions.Proposal(step, told["reason"], keep_id=keep, beside=beside)
        actions.propose(case_id=row.pk, version=told["version"], proposal=proposal, **by_at(request))
        return reverse("duplicate", args=[row.pk])

    known = [
        Fact(say("相同之处"), queries.said_features(row=row)),
        Fact(say("可能程度"), queries.said_score(row=row)),
    ]
    page = FormPage.about(
        PAIR, reverse("duplicate", args=[row.pk]), title, say("提出，请第二人核定"),
        said=say("已提出，请同事核定；两个人都同意才办理。"), known=known,
    )  # fmt: skip
    return answer(request, form, page, act=act)
