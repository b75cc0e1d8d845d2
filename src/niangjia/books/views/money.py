"""Books, funds and vouchers: read by whoever may see them, audit committees too; changed by nobody here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.books import forms
from niangjia.books.queries import entry as entries_shown
from niangjia.books.queries import money as shown
from niangjia.books.queries import years
from niangjia.books.views.around import MONEY
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.ledger.permissions import Word
from niangjia.paydesk.queries import desk_acts


def _keys(request: HttpRequest) -> dict[str, str]:
    return {"before": request.GET.get("before", ""), "after": request.GET.get("after", "")}


@requires(Word.READ)
def money(request: HttpRequest) -> HttpResponse:
    """Every fund in sight with what it holds; each number opens its rows."""
    actor = actor_of(request)
    page = shown.overview(actor=actor)
    return render(request, "books/money.html", {"page": page, "acts": desk_acts(actor=actor)})


@requires(Word.READ)
def fund(request: HttpRequest, fund_id: int) -> HttpResponse:
    """One fund: balance, orders, entries."""
    page = shown.fund_page(fund_id=fund_id, actor=actor_of(request), **_keys(request))
    crumbs = [Crumb(MONEY, reverse("money")), Crumb(page.row.name)]
    return render(request, "books/fund.html", {"page": page, "crumbs": crumbs})


@requires(Word.READ)
def book(request: HttpRequest, book_id: int) -> HttpResponse:
    """One book: the trial balance, now or at the end of a day."""
    form = forms.DayForm(request.GET)
    day = form.cleaned_data.get("day") if form.is_valid() else None
    page = shown.book_page(book_id=book_id, actor=actor_of(request), day=day)
    crumbs = [Crumb(MONEY, reverse("money")), Crumb(page.row.title)]
    actor, row = actor_of(request), page.row
    told = {
        "acts": years.acts_of(book=row, actor=actor, today=clock.today()),
        "years": years.years_table(book=row),
    }
    return render(
        request, "books/book.html", told | {"page": page, "crumbs": crumbs, "form": form, "day": day}
    )


@requires(Word.READ)
def entries(request: HttpRequest, book_id: int) -> HttpResponse:
    """The vouchers of a book, narrowed by the address."""
    form = forms.EntryFilterForm(request.GET)
    filters = shown.EntryFilters(**form.told)
    page = shown.entry_list(book_id=book_id, actor=actor_of(request), filters=filters, **_keys(request))
    home = reverse("book", args=[page.row.pk])
    crumbs = [Crumb(MONEY, reverse("money")), Crumb(page.row.title, home), Crumb(say("凭证"))]
    return render(request, "books/entries.html", {"page": page, "crumbs": crumbs, "filters": form})


@requires(Word.READ)
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One voucher with its attachments and the order behind it."""
    page = entries_shown.entry_page(entry_id=entry_id, actor=actor_of(request))
    row = page.row
    crumbs = [Crumb(row.book.title, reverse("book", args=[row.book_id])), Crumb(page.title)]
    told = {"page": page, "crumbs": crumbs, "about": entries_shown.KIND, "path": row.book.path}
    return render(request, "books/entry.html", told)
