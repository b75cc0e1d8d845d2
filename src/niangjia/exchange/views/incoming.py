"""The way of a file that comes in: send, look at the verdicts, enter, report, take back."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from niangjia.exchange import actions, forms, queries
from niangjia.exchange.models import Batch
from niangjia.exchange.permissions import Word
from niangjia.exchange.rules.verdicts import RUNNING, State
from niangjia.exchange.views import shown
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.listing import slice_of
from niangjia.kernel.scoping import the_one
from niangjia.kernel.sheets.templates import template_of
from niangjia.kernel.words import say

HERE = "exchange/batch.html"


@requires(Word.IMPORT)
def imports(request: HttpRequest) -> HttpResponse:
    """The batches of the reader's units, newest first, and what may be sent."""
    actor = actor_of(request)
    rows = queries.batches_for(actor=actor, word=Word.IMPORT)
    part = slice_of(
        rows, sort="-id", before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    told = {"table": shown.batches(part.rows), "pager": part.pager(total=rows.count())}
    told |= {"title": say("导入"), "tabs": shown.tabs("imports", actor), "actions": shown.offers(actor)}
    return render(request, "exchange/list.html", told)


@requires(Word.IMPORT)
@limited("send_file", most=30, seconds=600)
def send(request: HttpRequest, kind: str) -> HttpResponse:
    """A file is sent and will be checked; nothing is entered yet."""
    declared, actor = queries.import_kind(key=kind), actor_of(request)
    actor.require(declared.word)
    form = forms.SendForm(request.POST or None, request.FILES or None)
    form.fields["file"].help_text = shown.send_hint(declared, form.fields["file"].help_text)

    def act(told: Mapping[str, Any]) -> str:
        file = told["file"]
        arrival = actions.Arrival(file.name, file.read(), told["again"])
        row = actions.receive_file(kind=kind, arrival=arrival, unit_id=actor.unit_id or 0, **by_at(request))
        return reverse("import", args=[row.pk])

    page = shown.send_page(declared)
    return answer(request, form, page, act=act)


@requires(Word.IMPORT)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The workbook to fill in."""
    declared = queries.import_kind(key=kind)
    content = template_of(declared.title, declared.columns, translate=gettext)
    return shown.attached(content, f"{declared.title.render(gettext)}.xlsx")


def _batch(request: HttpRequest, batch_id: int) -> Batch:
    return the_one(queries.batches_for(actor=actor_of(request), word=Word.IMPORT).filter(pk=batch_id))


@requires(Word.IMPORT)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """A batch: where it stands, its counts that open their rows, what can be done next."""
    row = _batch(request, batch_id)
    told = shown.batch_page(row, actor=actor_of(request))
    if request.headers.get("HX-Request"):
        answer = render(request, "exchange/parts/_progress.html", told)
        if row.state not in RUNNING:
            answer.headers["HX-Refresh"] = "true"
        return answer
    return render(request, HERE, told)


@requires(Word.IMPORT)
def rows(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The rows of a batch with their verdicts and reasons; which of them are entered can be chosen."""
    row, asked = _batch(request, batch_id), request.GET
    if request.method == "POST":
        numbers = shown.numbers_in(request.POST)
        actions.choose_rows(batch_id=row.pk, by=actor_of(request), **numbers)
        return redirect(request.get_full_path())
    found = queries.rows_of(batch=row, verdict=asked.get("verdict", ""), fate=asked.get("fate", ""))
    part = slice_of(found, sort="number", before=asked.get("before", ""), after=asked.get("after", ""))
    opened = list(queries.open_rows(batch=row, rows=part.rows))
    return render(
        request, "exchange/rows.html", shown.rows_page(row, opened, part.pager(total=found.count()), asked)
    )


@requires(Word.IMPORT)
def commit(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The rows asked for are entered."""
    row = _batch(request, batch_id)
    form = forms.CommitForm(request.POST or None, counts=row.counts)

    def act(told: Mapping[str, Any]) -> str:
        actions.begin_commit(batch_id=row.pk, which=told["which"], **by_at(request))
        return reverse("import", args=[row.pk])

    page = _page(row, say("入册"), say("把这些行写入名册"), known=shown.known_of(row))
    return answer(request, form, page, act=act)


@requires(Word.IMPORT)
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The whole batch is taken back."""
    row = _batch(request, batch_id)

    def act(told: Mapping[str, Any]) -> str:
        actions.begin_undo(batch_id=row.pk, reason=told["reason"], **by_at(request))
        return reverse("import", args=[row.pk])

    final = say("这一批写入的行都会撤回；之后有人改动过的保留，并说明原因。")
    page = _page(row, say("撤回整批"), say("撤回这一批"), known=shown.known_of(row), final=final)
    return answer(request, forms.ReasonForm(request.POST or None), page, act=act)


def _page(row: Batch, title: Any, button: Any, **more: Any) -> FormPage:
    here = reverse("import", args=[row.pk])
    return FormPage.about(row.file_name, here, title, button, said=say("已开始办理。"), **more)


@requires(Word.IMPORT)
def errors(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The rows that were not entered, as they were sent, with the reasons."""
    row = _batch(request, batch_id)
    actor_of(request).require(queries.import_kind(key=row.kind).word)
    if row.checked_at is None or row.file_id is None:
        raise NotAllowed(say("检查还没有完成，或者文件已过保存期。"))
    return shown.attached(
        actions.errors_of(batch=row, translate=gettext), f"{gettext('未入册的行')}-{row.pk}.xlsx"
    )


@requires(Word.IMPORT)
def report(request: HttpRequest, batch_id: int) -> HttpResponse:
    """What came of a file, for printing: rows in = entered + unchanged + duplicate + rejected."""
    row = _batch(request, batch_id)
    told = shown.report_page(row, fates=queries.fates_of(batch=row))
    return render(
        request, "exchange/report.html", told | {"is_over": row.state not in {*RUNNING, State.CHECKED}}
    )
