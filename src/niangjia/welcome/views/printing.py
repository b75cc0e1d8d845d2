"""The paper 入会申请书 of an approved application."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.joining import queries
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.words import say
from niangjia.papers.permissions import Word
from niangjia.welcome import actions


@requires(Word.ISSUE)
@limited("issue_paper", most=60, seconds=600)
def paper(request: HttpRequest, application_id: int) -> HttpResponse:
    """The paper is issued from the record; nothing is typed again."""
    scope = actor_of(request).scope_for(Word.ISSUE)
    row = queries.application_in_scope(application_id=application_id, scope=scope)

    def act(_told: Mapping[str, Any]) -> str:
        return reverse("paper", args=[actions.issue_application(application_id=row.pk, **by_at(request)).pk])

    here, title = reverse("application", args=[row.pk]), say("出具入会申请书")
    known = queries.facts_of(application=row)[:6]
    page = FormPage.about(row.name, here, title, title, said=say("文书已出具。"), known=known)
    return answer(request, forms.Form(request.POST or None), page, act=act)
