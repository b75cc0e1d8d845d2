"""Issued papers: the list, one paper, its PDF and Word file, and that it is void."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.listing import slice_of
from niangjia.kernel.words import say
from niangjia.papers import actions, queries
from niangjia.papers.actions.issuing import KIND
from niangjia.papers.forms import PapersForm, PurposeForm, VoidForm
from niangjia.papers.models import Paper
from niangjia.papers.permissions import Word
from niangjia.papers.views import shown
from niangjia.papers.views.serving import served

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@requires(Word.READ)
def papers(request: HttpRequest) -> HttpResponse:
    """The papers of the reader's scope, newest first, or those of one unit."""
    scope = actor_of(request).scope_for(Word.READ)
    kinds = [(template.key, template.title.render(gettext)) for template in queries.templates()]
    form = PapersForm(request.GET, templates=kinds)
    told = form.told
    filters = queries.Filters(unit_id=told.pop("unit", None), **told)
    rows = queries.papers_in_scope(scope=scope, filters=filters)
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    part = slice_of(rows, sort="-id", before=before, after=after)
    context = {"form": form, "table": shown.table(part.rows), "pager": part.pager(total=rows.count())}
    return render(request, "papers/papers.html", context)


@requires(Word.READ)
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """One paper: what it is, its number and code, whether it stands, its PDF and Word file."""
    actor = actor_of(request)
    row = _row(request, paper_id)
    template = queries.template_of(key=row.template)
    context = {
        "row": row,
        "facts": shown.facts(row),
        "crumbs": shown.crumbs(row),
        "acts": shown.acts(row, actor, has_word=bool(template and template.docx)),
        "check": queries.check_address(number=row.number, code=row.code),
    }
    return render(request, "papers/paper.html", context)


@requires(Word.READ)
def paper_pdf(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The PDF as it was issued."""
    row = _row(request, paper_id)
    if not _is_open(request, row):
        return redirect("paper-open", row.pk)
    body = queries.bytes_of(content=row.pdf)
    return served(body, name=f"{row.title} {row.number}.pdf", media_type="application/pdf")


@requires(Word.READ)
def paper_word(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The same as a Word file, for offices that go on editing."""
    row = _row(request, paper_id)
    if not _is_open(request, row):
        return redirect("paper-open", row.pk)
    return served(actions.as_word(paper=row), name=f"{row.title} {row.number}.docx", media_type=WORD)


@requires(Word.OPEN_PERSONAL)
def paper_open(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The purpose is said, then the paper may be fetched for ten minutes."""
    row = queries.paper_in_scope(paper_id=paper_id, scope=actor_of(request).scope_for(Word.OPEN_PERSONAL))

    def act(told: Mapping[str, Any]) -> str:
        actions.open_personal(kind=KIND, object_id=row.pk, **told, **by_at(request))
        return reverse("paper-pdf", args=[row.pk])

    title, button = say("打开涉及个人的文书"), say("记下用途并打开")
    page = FormPage.about(str(row), reverse("paper", args=[row.pk]), title, button, said="")
    return answer(request, PurposeForm(request.POST or None), page, act=act)


@requires(Word.ISSUE)
def paper_void(request: HttpRequest, paper_id: int) -> HttpResponse:
    """The paper is no longer valid."""
    row = queries.paper_in_scope(paper_id=paper_id, scope=actor_of(request).scope_for(Word.ISSUE))
    here = reverse("paper", args=[row.pk])

    def act(told: Mapping[str, Any]) -> str:
        actions.void_paper(paper_id=row.pk, **told, **by_at(request))
        return here

    final = say("作废后不能恢复。凡是来核验这份文书的人，都会看到它已作废。")
    page = FormPage.about(
        str(row), here, say("作废文书"), say("作废这份文书"), said=say("文书已作废。"), final=final
    )
    return answer(request, VoidForm(request.POST or None), page, act=act)


def _row(request: HttpRequest, paper_id: int) -> Paper:
    return queries.paper_in_scope(paper_id=paper_id, scope=actor_of(request).scope_for(Word.READ))


def _is_open(request: HttpRequest, row: Paper) -> bool:
    if row.person_id is None:
        return True
    return queries.has_opened(kind=KIND, object_id=row.pk, by=actor_of(request), at=clock.now())
