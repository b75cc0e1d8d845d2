"""Vouchers are proposed by one and checked by another; a year is closed; the journal is handed out."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from niangjia.books import forms
from niangjia.books.queries import vouchers as shown
from niangjia.books.queries import years
from niangjia.books.views.around import MONEY, VOUCHERS
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb, Fact, Text
from niangjia.kernel.words import say
from niangjia.ledger import actions, queries
from niangjia.ledger.permissions import Word
from niangjia.ledger.rules import EntryDraft, EntryKind
from niangjia.recount import queries as recount
from niangjia.recount.rules import Format

if TYPE_CHECKING:
    from niangjia.ledger.models import Book, Voucher


@requires(Word.READ)
def vouchers(request: HttpRequest) -> HttpResponse:
    """The vouchers made by hand, newest first."""
    told = {name: request.GET.get(name, "") for name in ("state", "before", "after")}
    page = shown.voucher_list(actor=actor_of(request), **told)
    crumbs = [Crumb(MONEY, reverse("money")), Crumb(VOUCHERS)]
    return render(request, "books/vouchers.html", {"page": page, "crumbs": crumbs})


@requires(Word.READ)
def voucher(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """One voucher and what may be done with it."""
    page = shown.voucher_page(voucher_id=voucher_id, actor=actor_of(request))
    crumbs = [Crumb(VOUCHERS, reverse("vouchers")), Crumb(page.title)]
    return render(request, "books/voucher.html", {"page": page, "crumbs": crumbs})


@requires(Word.KEEP)
def propose(request: HttpRequest, book_id: int) -> HttpResponse:
    """A voucher is filled in; it waits for another person."""
    book = queries.book_in_scope(book_id=book_id, scope=actor_of(request).scope_for(Word.KEEP))
    form = forms.VoucherForm(request.POST or None, book=book, initial={"on": clock.today()})

    def act(told: Mapping[str, Any]) -> str:
        kept = {name: told[name] for name in ("on", "words", "reason", "erratum_year")}
        draft = EntryDraft(kind=EntryKind(told["kind"]), postings=form.postings, key="proposed", **kept)
        row = actions.propose_voucher(book_id=book.pk, draft=draft, **by_at(request))
        return reverse("voucher", args=[row.pk])

    here, title = reverse("book", args=[book.pk]), say("填制凭证")
    page = FormPage.about(book.title, here, title, say("提交复核"), said=say("已提交，等另一位同志复核。"))
    return answer(request, form, page, act=act)


def _voucher(request: HttpRequest, voucher_id: int, word: Word) -> "Voucher":
    return queries.voucher_in_scope(voucher_id=voucher_id, scope=actor_of(request).scope_for(word))


def _about(row: "Voucher", title: Text, button: Text, said: Text) -> FormPage:
    known = (
        Fact(say("摘要"), row.words),
        Fact(say("日期"), row.on),
        Fact(say("金额"), say("{sum} 元", sum=shown.amount_of(row=row))),
    )
    here = reverse("voucher", args=[row.pk])
    return FormPage.about(shown.title_of(row=row), here, title, button, said=said, known=known)


def _taking(request: HttpRequest, row: "Voucher", step: Callable[..., object]) -> Any:
    def act(told: Mapping[str, Any]) -> str:
        step(voucher_id=row.pk, **told, **by_at(request))
        return reverse("voucher", args=[row.pk])

    return act


@requires(Word.CHECK)
def check(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """Another person has looked at it: it stands in the book."""
    row = _voucher(request, voucher_id, Word.CHECK)
    form = forms.VersionForm(request.POST or None, initial={"version": row.version})
    page = _about(row, say("复核凭证"), say("复核通过，入账"), say("已入账。"))
    return answer(request, form, page, act=_taking(request, row, actions.check_voucher))


@requires(Word.CHECK)
def refuse(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """It goes back to its maker."""
    row = _voucher(request, voucher_id, Word.CHECK)
    form = forms.ReasonForm(request.POST or None, initial={"version": row.version})
    page = _about(row, say("退回凭证"), say("退回制单人"), say("已退回。"))
    return answer(request, form, page, act=_taking(request, row, actions.refuse_voucher))


@requires(Word.KEEP)
def withdraw(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """Its maker takes it back."""
    row = _voucher(request, voucher_id, Word.KEEP)
    form = forms.VersionForm(request.POST or None, initial={"version": row.version})
    page = _about(row, say("撤回凭证"), say("撤回这张凭证"), say("已撤回。"))
    return answer(request, form, page, act=_taking(request, row, actions.withdraw_voucher))


@requires(Word.READ)
def year(request: HttpRequest, book_id: int, year: int) -> HttpResponse:
    """The statement of a year and its errata."""
    page = years.year_page(book_id=book_id, year=year, actor=actor_of(request))
    crumbs = [Crumb(page.book.title, reverse("book", args=[page.book.pk])), Crumb(page.title)]
    return render(request, "books/year.html", {"page": page, "crumbs": crumbs})


@requires(Word.CLOSE)
def close(request: HttpRequest, book_id: int) -> HttpResponse:
    """The next year is closed: nothing enters it any more."""
    book = queries.book_in_scope(book_id=book_id, scope=actor_of(request).scope_for(Word.CLOSE))
    which = years.next_year(book=book)
    form = forms.YearForm(request.POST or None, initial={"year": which})

    def act(told: Mapping[str, Any]) -> str:
        actions.close_year(book_id=book.pk, **told, **by_at(request))
        return reverse("book-year", args=[book.pk, told["year"]])

    return answer(request, form, _closing_page(book, which), act=act)


def _closing_page(book: "Book", which: int) -> FormPage:
    here, title = reverse("book", args=[book.pk]), say("年度结账")
    final = say("结账后这一年不能再记账；以后发现差错，在以后的年度更正并写明更正的年度。不能撤回。")
    known = (Fact(say("账簿"), book.title), Fact(say("结账年度"), say("{year} 年", year=which)))
    button = say("结 {year} 年的账", year=which)
    return FormPage.about(book.title, here, title, button, said=say("已结账。"), final=final, known=known)


@requires(Word.READ)
def export(request: HttpRequest, book_id: int, form: str) -> StreamingHttpResponse:
    """The journal of a book for hledger or beancount, whose balances are equal to the fen."""
    book = queries.book_in_scope(book_id=book_id, scope=actor_of(request).scope_for(Word.READ))
    if form not in set(Format):
        raise NotVisible
    text = "".join(recount.export_text(form=Format(form), book_ids=[book.pk]))
    answered = StreamingHttpResponse(iter([text.encode()]), content_type="text/plain; charset=utf-8")
    name = f"{book.title}.{'journal' if form == Format.HLEDGER else 'beancount'}"
    answered["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    answered["X-Content-Type-Options"] = "nosniff"
    answered["Cache-Control"] = "private, no-store"
    return answered
