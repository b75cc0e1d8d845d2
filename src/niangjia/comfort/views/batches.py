"""What is shown of batches: the list, one of them with its roster; a new one, changed, decided, closed."""

from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.comfort import forms, queries
from niangjia.handouts import queries as handouts
from niangjia.handouts.queries import Filters
from niangjia.handouts.rules import KIND
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.faces import Subject
from niangjia.kernel.forms import FormPage
from niangjia.kernel.shapes import Crumb, Fact, Text
from niangjia.kernel.squares import square
from niangjia.kernel.words import say
from niangjia.sympathy.permissions import Word

if TYPE_CHECKING:
    from niangjia.handouts.models import HandoutBatch

LIST = say("慰问发放")
SALT = "handouts.poster"


def batch_of(request: HttpRequest, handout_id: int, word: Word) -> "HandoutBatch":
    """The batch of the road, for the word of the road."""
    return handouts.batch_for(batch_id=handout_id, actor=actor_of(request), word=word)


def home_of(_request: HttpRequest, row: "HandoutBatch") -> str:
    """The page of the batch."""
    return reverse("handout", args=[row.pk])


def page_of(  # noqa: PLR0913 - a page has these parts
    request: HttpRequest,
    row: "HandoutBatch",
    title: Text,
    button: Text,
    *,
    said: Text,
    words: Text = "",
    final: Text = "",
    back: str = "",
    template: str = "furniture/form_page.html",
) -> FormPage:
    """The page around a form about one batch, with its exact counts."""
    here = home_of(request, row)
    counts = Fact(say("数量"), queries.counts_of(row=row, tally=handouts.tally_of(batch=row)))
    crumbs = [Crumb(LIST, reverse("handouts")), Crumb(row.name, here), Crumb(title)]
    around = {"crumbs": crumbs, "back": back or here, "known": (Fact(say("批次"), row.name), counts)}
    return FormPage(title, button, words=words, final=final, said=said, template=template, **around)  # type: ignore[arg-type]


BATCH = Subject("handout_id", "batch_id", batch_of, home_of, page_of)


@requires(Word.READ)
def batches(request: HttpRequest) -> HttpResponse:
    """The batches of the reader's unions, narrowed by the address."""
    form = forms.BatchFilterForm(request.GET)
    told = form.told
    filters = Filters(told.get("state", ""), told.get("kind", ""), told.get("name", ""))
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    page = queries.batch_list(
        actor=actor_of(request), filters=filters, today=clock.today(), before=before, after=after
    )
    return render(request, "comfort/batches.html", {"page": page, "filters": form})


@requires(Word.READ)
def batch(request: HttpRequest, handout_id: int) -> HttpResponse:
    """One batch: what is given, to whom, what may be done, how it adds up."""
    form = forms.FindForm(request.GET)
    told = form.told
    page = queries.batch_page(
        batch_id=handout_id,
        actor=actor_of(request),
        today=clock.today(),
        outcome=told.get("outcome", ""),
        name=told.get("name", ""),
        places=request.GET,
    )
    crumbs = [Crumb(LIST, reverse("handouts")), Crumb(page.row.name)]
    shown = {"page": page, "filters": form, "crumbs": crumbs, "about": KIND}
    if page.poster:
        shown["square"] = square(poster_address(request, page.row.pk))
    return render(request, "comfort/batch.html", shown)


def poster_address(request: HttpRequest, batch_id: int) -> str:
    """Where whoever scans the poster at the site confirms; the key is known to those who saw it."""
    key = signing.Signer(salt=SALT).signature(str(batch_id))
    return request.build_absolute_uri(f"{reverse('my-handout', args=[batch_id])}?k={key}")


def saw_poster(*, batch_id: int, key: str) -> bool:
    """Whether the address carries the key of the batch's poster."""
    try:
        return bool(signing.Signer(salt=SALT).unsign(f"{batch_id}:{key}"))
    except signing.BadSignature:
        return False
