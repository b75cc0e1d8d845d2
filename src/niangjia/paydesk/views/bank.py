"""The bank's files: one goes out with full numbers, for a purpose; its answer comes back."""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import Refused
from niangjia.kernel.forms import FormPage, answer, by_at, complain
from niangjia.kernel.limits import limited
from niangjia.kernel.shapes import Crumb, Text
from niangjia.kernel.words import say
from niangjia.ledger import queries as ledger
from niangjia.paydesk import forms
from niangjia.paydesk.queries import batches
from niangjia.paydesk.queries import statements as shown
from niangjia.paydesk.views.around import BATCHES, MONEY, STATEMENTS, attached
from niangjia.payments import actions, queries
from niangjia.payments.permissions import Word
from niangjia.statements import queries as statement_queries
from niangjia.statements.actions import read_statement as read


def _page(
    request: HttpRequest, batch_id: int, title: Text, button: Text, words: Text, said: Text
) -> FormPage:
    row = queries.batch_in_scope(batch_id=batch_id, scope=actor_of(request).scope_for(Word.PAY))
    here = reverse("payment-batch", args=[row.pk])
    name = batches.title_of(row=row)
    crumbs = [Crumb(BATCHES, reverse("payment-batches")), Crumb(name, here), Crumb(title)]
    return FormPage(title, button, crumbs=crumbs, back=here, words=words, said=said)


@requires(Word.PAY)
@limited("bank_file", most=60, seconds=600)
def bank_file(request: HttpRequest, batch_id: int) -> HttpResponseBase:
    """The file for the bank, for a purpose; each fetch is journalled and none is kept."""
    form = forms.FetchForm(request.POST or None)
    words = say("文件含完整账号，只交给银行。谁、什么时候、为什么下载，都会记下来。")
    page = _page(request, batch_id, say("下载付款文件"), say("记下用途并下载"), words, "")
    if form.is_bound and form.is_valid():
        try:
            name, content = actions.fetch_file(batch_id=batch_id, **form.cleaned_data, **by_at(request))
        except Refused as error:
            complain(form, error)
        else:
            return attached(content, name)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, page.template, {"form": form, "page": page}, status=status)


@requires(Word.PAY)
@limited("read_results", most=60, seconds=600)
def read_results(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The bank's answer is read and noted; read again it changes nothing."""
    form = forms.FileForm(request.POST or None, request.FILES or None)
    words = say("读取后，付成的入账，没有付成的转更正；同一个文件再读一次不会重复登记。")
    said = say("已读取并登记。每一行的结果见下面。")
    page = _page(request, batch_id, say("读取银行结果文件"), say("读取并登记结果"), words, said)

    def act(told: Mapping[str, Any]) -> str:
        content = told["file"].read()
        rows = queries.result_rows(content=content)
        digest = hashlib.sha256(content).hexdigest()
        actions.read_results(batch_id=batch_id, rows=rows, sha256=digest, **by_at(request))
        return page.back

    return answer(request, form, page, act=act)


@requires(Word.READ)
def statements(request: HttpRequest) -> HttpResponse:
    """The statements that were read."""
    page = shown.statement_list(
        actor=actor_of(request), before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    crumbs = [Crumb(MONEY, reverse("money")), Crumb(STATEMENTS)]
    return render(request, "paydesk/statements.html", {"page": page, "crumbs": crumbs})


@requires(Word.READ)
def statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """One statement against the books as they stand now."""
    page = shown.statement_page(statement_id=statement_id, actor=actor_of(request))
    crumbs = [Crumb(STATEMENTS, reverse("statements")), Crumb(page.title)]
    return render(request, "paydesk/statement.html", {"page": page, "crumbs": crumbs})


@requires(Word.PAY)
@limited("read_statement", most=60, seconds=600)
def read_statement(request: HttpRequest, book_id: int) -> HttpResponse:
    """A statement of the bank is read and compared; it books nothing."""
    book = ledger.book_in_scope(book_id=book_id, scope=actor_of(request).scope_for(Word.PAY))
    here, title = reverse("book", args=[book.pk]), say("读取银行对账单")
    page = FormPage.about(book.title, here, title, say("读取并比对"), said=say("已读取，比对结果见下面。"))

    def act(told: Mapping[str, Any]) -> str:
        content = told["file"].read()
        rows = statement_queries.statement_rows(content=content)
        digest = hashlib.sha256(content).hexdigest()
        row = read(book_id=book.pk, rows=rows, sha256=digest, **by_at(request))
        return reverse("statement", args=[row.pk])

    return answer(request, forms.FileForm(request.POST or None, request.FILES or None), page, act=act)
