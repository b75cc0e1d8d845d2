"""Officers answer what persons ask, register signed consents, erase; the security officer looks at alarms."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.listing import slice_of
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.people import actions, queries
from niangjia.people.permissions import Word
from niangjia.privacy import forms
from niangjia.privacy.views import deciding_shown


@requires(Word.DECIDE)
def requests(request: HttpRequest) -> HttpResponse:
    """What the persons whom the scope keeps ask for; those that wait come first by their filter."""
    state = request.GET.get("state", "open")
    rows = queries.requests_in_scope(scope=actor_of(request).scope_for(Word.DECIDE), state=state)
    page = slice_of(
        rows, sort="-id", before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    context = {"table": deciding_shown.requests(page.rows), "pager": page.pager(total=None)}
    return render(request, "privacy/requests.html", context | {"tabs": deciding_shown.states(state)})


@requires(Word.DECIDE)
def decide_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request with what was written, and the answer to it."""
    row = queries.request_in_scope(request_id=request_id, scope=actor_of(request).scope_for(Word.DECIDE))

    def act(told: Mapping[str, Any]) -> str:
        actions.decide_request(
            request_id=row.pk, version=told["version"], grant=told["grant"] == "yes", answer=told["answer"],
            **by_at(request),
        )  # fmt: skip
        return reverse("person-requests")

    page = FormPage(
        say("答复申请"), say("交给本人"),
        [Crumb(deciding_shown.TITLE, reverse("person-requests")), Crumb(say("答复申请"))],
        reverse("person-requests"), known=deciding_shown.facts(row), said=say("已答复。"),
    )  # fmt: skip
    form = forms.DecisionForm(request.POST or None, initial={"version": row.version})
    return answer(request, form, page, act=act)


@requires(Word.CORRECT)
def register_consent(request: HttpRequest, person_id: int) -> HttpResponse:
    """A consent that the person, or a child's guardian, signed on paper."""
    row = queries.person_in_scope(person_id=person_id, scope=actor_of(request).scope_for(Word.CORRECT))

    def act(told: Mapping[str, Any]) -> str:
        actions.give_consent(person_id=row.pk, **told, **by_at(request))
        return reverse("person", args=[row.pk])

    page = FormPage(
        say("登记书面同意"), say("登记同意"),
        deciding_shown.crumbs(row, say("登记书面同意")), reverse("person", args=[row.pk]),
        row.name, said=say("同意已登记，本人可以随时查看和撤回。"),
    )  # fmt: skip
    return answer(request, forms.PaperConsentForm(request.POST or None), page, act=act)


@requires(Word.ERASE)
def erase(request: HttpRequest, person_id: int) -> HttpResponse:
    """A person is erased for good, if no duty to keep stands against it."""
    row = queries.person_in_scope(person_id=person_id, scope=actor_of(request).scope_for(Word.ERASE))

    def act(told: Mapping[str, Any]) -> str:
        actions.erase_person(person_id=row.pk, **told, **by_at(request))
        return reverse("find-person")

    page = FormPage(
        say("删除个人信息"), say("永久删除"),
        deciding_shown.crumbs(row, say("删除个人信息")), reverse("person", args=[row.pk]),
        row.name, final=say("删除后谁也无法找回，从旧备份恢复时也会再次删除。账目合计和办理记录的编号保留。"),
        said=say("已删除。"),
    )  # fmt: skip
    return answer(request, forms.EraseForm(request.POST or None), page, act=act)


@requires(Word.WATCH)
def alarms(request: HttpRequest) -> HttpResponse:
    """Accounts that opened more full numbers within an hour than the policy bounds."""
    rows = queries.alarms_in_scope(scope=actor_of(request).scope_for(Word.WATCH))
    page = slice_of(
        rows, sort="-id", before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    context = {"table": deciding_shown.alarms(page.rows), "pager": page.pager(total=None)}
    return render(request, "privacy/alarms.html", context)


@requires(Word.WATCH)
def review_alarm(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """What was found behind an alarm."""
    row = queries.alarm_in_scope(alarm_id=alarm_id, scope=actor_of(request).scope_for(Word.WATCH))

    def act(told: Mapping[str, Any]) -> str:
        actions.review_alarm(alarm_id=row.pk, **told, **by_at(request))
        return reverse("reveal-alarms")

    page = FormPage(
        say("核查告警"), say("记下结论"),
        [Crumb(deciding_shown.ALARMS, reverse("reveal-alarms")), Crumb(say("核查告警"))],
        reverse("reveal-alarms"), known=deciding_shown.alarm_facts(row), said=say("结论已记下。"),
    )  # fmt: skip
    return answer(request, forms.FindingForm(request.POST or None), page, act=act)
