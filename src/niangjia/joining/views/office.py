"""Applications in the office: the list, one of them, decided."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.joining import actions, queries
from niangjia.joining.forms import (
    ListForm,
    OpinionForm,
    ReasonForm,
    RouteForm,
    SinceForm,
    VersionForm,
)
from niangjia.joining.models import MembershipApplication
from niangjia.joining.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.listing import slice_of
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import Said, say
from niangjia.network import queries as network

LIST = say("入会申请")


@requires(Word.REVIEW)
def applications(request: HttpRequest) -> HttpResponse:
    """The applications of the acting post's union and of those below."""
    form = ListForm(request.GET)
    told = form.told
    filters = queries.Filters(
        state=told.get("state", ""),
        channel=told.get("channel", ""),
        name=told.get("name", ""),
        drive_id=told.get("drive"),
        stop_id=told.get("stop"),
        code_id=told.get("code"),
        union_id=told.get("union"),
    )
    rows = queries.applications_in_scope(scope=actor_of(request).scope_for(Word.REVIEW), filters=filters)
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    part, total = slice_of(rows, sort="-id", before=before, after=after), rows.count()
    table, pager = queries.applications_table(rows=part.rows), part.pager(total=total)
    context = {"form": form, "table": table, "pager": pager, "total": total}
    return render(request, "joining/applications.html", context)


@requires(Word.REVIEW)
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """One application: what is told, what stands already, where it lies, what may be done."""
    row = _row(request, application_id, Word.REVIEW)
    page = queries.application_page(application=row, actor=actor_of(request), today=clock.today())
    crumbs = [Crumb(LIST, reverse("applications")), Crumb(row.name)]
    return render(request, "joining/application.html", {"page": page, "crumbs": crumbs})


@requires(Word.SUPPORT)
def support(request: HttpRequest, application_id: int) -> HttpResponse:
    """The group says what it thinks."""
    title = say("填写小组意见")
    return _step(request, application_id, Word.SUPPORT, OpinionForm, title, actions.support_application)


@requires(Word.DECIDE)
def review(request: HttpRequest, application_id: int) -> HttpResponse:
    """Papers and register are checked; approving is for later."""
    title = say("初审通过，待批准")
    return _step(request, application_id, Word.DECIDE, VersionForm, title, actions.review_application)


@requires(Word.DECIDE)
def approve(request: HttpRequest, application_id: int) -> HttpResponse:
    """The applicant becomes a member."""
    title, final = say("同意入会，登记会籍"), say("同意后即登记会籍，计入本工会会员数，并告知本人。")
    return _step(
        request, application_id, Word.DECIDE, SinceForm, title, actions.approve_application, final=final
    )


@requires(Word.DECIDE)
def affiliate(request: HttpRequest, application_id: int) -> HttpResponse:
    """Who counts elsewhere is attached here beside."""
    title, final = say("登记为挂靠"), say("登记后可以享受本工会的服务，会员数仍计在原工会。")
    return _step(
        request, application_id, Word.DECIDE, SinceForm, title, actions.affiliate_application, final=final
    )


@requires(Word.DECIDE)
def hand_over(request: HttpRequest, application_id: int) -> HttpResponse:
    """Who counts elsewhere is led to a transfer."""
    title = say("改办转会")
    return _step(request, application_id, Word.DECIDE, VersionForm, title, actions.hand_over_application)


@requires(Word.DECIDE)
def send_back(request: HttpRequest, application_id: int) -> HttpResponse:
    """The applicant is asked for what is missing."""
    title = say("退回，请本人补充")
    return _step(request, application_id, Word.DECIDE, ReasonForm, title, actions.return_application)


@requires(Word.DECIDE)
def reject(request: HttpRequest, application_id: int) -> HttpResponse:
    """The union says no, and why."""
    title, final = say("不予入会"), say("本人会看到理由，并可以请上级工会复核。")
    return _step(
        request, application_id, Word.DECIDE, ReasonForm, title, actions.reject_application, final=final
    )


@requires(Word.APPEAL)
def overturn(request: HttpRequest, application_id: int) -> HttpResponse:
    """The union has to take it up again."""
    title = say("请原工会重新办理")
    return _step(request, application_id, Word.APPEAL, ReasonForm, title, actions.overturn_application)


@requires(Word.APPEAL)
def uphold(request: HttpRequest, application_id: int) -> HttpResponse:
    """The refusal stands."""
    title, final = say("维持不予入会"), say("复核结论告知本人，这份申请就此办结。")
    return _step(
        request, application_id, Word.APPEAL, ReasonForm, title, actions.uphold_application, final=final
    )


@requires(Word.ROUTE)
def route(request: HttpRequest, application_id: int) -> HttpResponse:
    """The application goes to the union where the worker belongs."""
    row = _row(request, application_id, Word.ROUTE)
    rows = network.public_organisations(filters=network.Filters(), today=clock.today())
    form = RouteForm(request.POST or None, rows=rows, initial={"version": row.version})

    def act(told: Mapping[str, Any]) -> str:
        actions.route_application(
            application_id=row.pk, version=told["version"], to_id=told["to"].pk, reason=told["reason"],
            **by_at(request),
        )  # fmt: skip
        return reverse("applications")

    return answer(request, form, _page(row, say("转送对口工会")), act=act)


def _row(request: HttpRequest, application_id: int, word: str) -> MembershipApplication:
    scope = actor_of(request).scope_for(word)
    return queries.application_in_scope(application_id=application_id, scope=scope)


def _step(  # noqa: PLR0913 - a step has these parts
    request: HttpRequest,
    application_id: int,
    word: Word,
    shape: type[forms.Form],
    title: Said,
    step: Callable[..., MembershipApplication],
    *,
    final: Said | str = "",
) -> HttpResponse:
    """One step of one application, on the version that the officer saw."""
    row = _row(request, application_id, word)
    form = shape(request.POST or None, initial={"version": row.version, "since": clock.today()})

    def act(told: Mapping[str, Any]) -> str:
        step(application_id=row.pk, **told, **by_at(request))
        return reverse("application", args=[row.pk])

    return answer(request, form, _page(row, title, final), act=act)


def _page(row: MembershipApplication, title: Said, final: Said | str = "") -> FormPage:
    here = reverse("application", args=[row.pk])
    known = queries.facts_of(application=row)[:6]
    return FormPage.about(
        row.name, here, title, title, said=say("已办：{title}。", title=title), final=final, known=known
    )
