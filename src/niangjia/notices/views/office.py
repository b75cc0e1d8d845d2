"""Notices in the office: arrange, look after, take down, print, answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.listing import slice_of
from niangjia.kernel.words import say
from niangjia.notices import actions, queries
from niangjia.notices.forms import AnswerForm, OfficeForm, OpenForm, WithdrawForm
from niangjia.notices.models import PublicNotice
from niangjia.notices.permissions import Word
from niangjia.notices.rules import GENERAL
from niangjia.notices.views import shown


def _row(request: HttpRequest, notice_id: int, word: Word) -> PublicNotice:
    return queries.notice_in_scope(notice_id=notice_id, scope=actor_of(request).scope_for(word))


@requires(Word.READ)
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of the reader's scope, the newest first."""
    actor, form = actor_of(request), OfficeForm(request.GET)
    told = form.told
    filters = queries.Filters(state=told.get("state", ""), waiting=told.get("waiting") == "yes")
    rows = queries.notices_in_scope(scope=actor.scope_for(Word.READ), filters=filters)
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    part = slice_of(rows, sort="-id", before=before, after=after)
    pager = part.pager(total=rows.count())
    context = {
        "form": form,
        "table": shown.office_table(part.rows),
        "pager": pager,
        "acts": shown.first(actor),
    }
    return render(request, "notices/office.html", context)


@requires(Word.OPEN)
def open_notice(request: HttpRequest) -> HttpResponse:
    """A notice of the union of the acting post; what is typed is masked, and only that is kept."""
    actor = actor_of(request)
    form = OpenForm(request.POST or None, initial={"starts_on": clock.today()})

    def act(told: Mapping[str, Any]) -> str:
        row = actions.open_notice(kind=GENERAL, unit_id=actor.unit_id or 0, **told, **by_at(request))
        return reverse("notice-office", args=[row.pk])

    title, said = say("安排一次公示"), say("公示已安排。请核对隐去后的内容。")
    page = FormPage.about(say("公示"), reverse("notices-office"), title, title, said=said)
    return answer(request, form, page, act=act)


@requires(Word.READ)
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One notice: as it is shown, its days, its objections, what may be done."""
    actor, row = actor_of(request), _row(request, notice_id, Word.READ)
    objections = queries.objections_of(notice=row)
    context = {
        "row": row,
        "facts": shown.office_facts(row),
        "table": shown.rows(row),
        "objections": shown.objections(objections, row, actor),
        "crumbs": shown.crumbs(row),
        "acts": shown.acts(row, objections, actor),
        "stages": shown.stages(row),
        "guessed": not queries.calendar_at(unit_id=row.unit_id, day=clock.today()).knows(row.ends_on),
    }
    return render(request, "notices/one.html", context)


@requires(Word.READ)
def print_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The sheet for the board, A4."""
    row = _row(request, notice_id, Word.READ)
    told = {"row": row, "table": shown.rows(row), "address": request.build_absolute_uri(shown.address(row))}
    return render(request, "notices/print.html", told)


@requires(Word.OPEN)
def withdraw(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The notice is taken down before its end."""
    row = _row(request, notice_id, Word.OPEN)

    def act(told: Mapping[str, Any]) -> str:
        actions.withdraw(notice_id=row.pk, **told, **by_at(request))
        return reverse("notice-office", args=[row.pk])

    title, final = say("撤下公示"), say("撤下后不能恢复，也不算公示过；要公示须重新安排，从头计算工作日。")
    here = reverse("notice-office", args=[row.pk])
    page = FormPage.about(row.title, here, title, say("撤下这份公示"), said=say("公示已撤下。"), final=final)
    return answer(request, WithdrawForm(request.POST or None), page, act=act)


@requires(Word.ANSWER)
def resolve(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Every objection is answered."""
    row = _row(request, notice_id, Word.ANSWER)
    here = reverse("notice-office", args=[row.pk])

    def act(_told: Mapping[str, Any]) -> str:
        actions.resolve(notice_id=row.pk, **by_at(request))
        return here

    page = FormPage.about(row.title, here, say("办结异议"), say("办结异议"), said=say("异议已办结。"))
    return answer(request, forms.Form(request.POST or None), page, act=act)


@requires(Word.ANSWER)
def answer_objection(request: HttpRequest, objection_id: int) -> HttpResponse:
    """The objection is answered by somebody who did not arrange the notice."""
    row = queries.objection_in_scope(
        objection_id=objection_id, scope=actor_of(request).scope_for(Word.ANSWER)
    )
    here = reverse("notice-office", args=[row.notice_id])

    def act(told: Mapping[str, Any]) -> str:
        actions.answer_objection(objection_id=row.pk, **told, **by_at(request))
        return here

    title, known = say("答复异议"), shown.objection_facts(row)
    page = FormPage.about(row.notice.title, here, title, title, said=say("答复已登记。"), known=known)
    return answer(request, AnswerForm(request.POST or None), page, act=act)
