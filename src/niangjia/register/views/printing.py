"""Papers about an organisation: issued from what the register holds, nothing typed again."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import Said, say
from niangjia.network import queries
from niangjia.papers.permissions import Word
from niangjia.register import actions
from niangjia.register.views.shown import organisation_url

if TYPE_CHECKING:
    from niangjia.papers.models import Paper

Issue = Callable[..., "Paper"]


@requires(Word.ISSUE)
@limited("issue_paper", most=60, seconds=600)
def organisation_sheet(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The register sheet of an organisation is issued."""
    return _issued(request, unit_id, say("出具工会组织登记表"), actions.issue_organisation_sheet)


@requires(Word.ISSUE)
@limited("issue_paper", most=60, seconds=600)
def covering_list(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The list of the employers under an organisation is issued."""
    return _issued(request, unit_id, say("出具单位覆盖名册"), actions.issue_covering_list)


def _issued(request: HttpRequest, unit_id: int, title: Said, issue: Issue) -> HttpResponse:
    scope = actor_of(request).scope_for(Word.ISSUE)
    row = queries.organisation_in_scope(unit_id=unit_id, scope=scope)

    def act(_told: Mapping[str, Any]) -> str:
        return reverse("paper", args=[issue(unit_id=row.pk, **by_at(request)).pk])

    known = (
        Fact(say("组织"), row.name),
        Fact(say("内容"), say("全部取自名册，截至今天")),
        Fact(say("编号"), say("出具时自动编号，带校验码，任何人都可以核验")),
    )
    page = FormPage.about(
        row.name, organisation_url(row.pk), title, title, said=say("文书已出具。"), known=known
    )
    return answer(request, forms.Form(request.POST or None), page, act=act)
