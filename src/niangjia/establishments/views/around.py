"""What stands around every form about an establishment."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from niangjia.founding import queries
from niangjia.founding.permissions import Word
from niangjia.kernel.doors import actor_of
from niangjia.kernel.forms import FormPage, by_at
from niangjia.kernel.shapes import Crumb, Fact, Text
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.founding.models import UnionEstablishment

LIST = say("建会")
TEMPLATE = "furniture/form_for_both.html"
Act = Callable[[Mapping[str, Any]], str]


def row_of(request: HttpRequest, establishment_id: int, word: Word) -> "UnionEstablishment":
    """The establishment of the road, for the word of the road."""
    actor = actor_of(request)
    return queries.establishment_for(establishment_id=establishment_id, actor=actor, word=word)


def home_of(row: "UnionEstablishment") -> str:
    """The page of the establishment."""
    return reverse("establishment", args=[row.pk])


def page_of(  # noqa: PLR0913 - a page has these parts
    row: "UnionEstablishment",
    title: Text,
    button: Text,
    *,
    said: Text,
    words: Text = "",
    final: Text = "",
    known: tuple[Fact, ...] = (),
) -> FormPage:
    """The page around a form about one establishment; founders see it without the officers' rail."""
    here = home_of(row)
    crumbs = [Crumb(LIST, reverse("establishments")), Crumb(row.name, here), Crumb(title)]
    return FormPage(
        title,
        button,
        crumbs=crumbs,
        back=here,
        words=words or row.name,
        final=final,
        known=known,
        said=said,
        template=TEMPLATE,
    )


def acting(request: HttpRequest, row: "UnionEstablishment", step: Callable[..., object]) -> Act:
    """The step with what the form holds, then back to the establishment."""

    def act(told: Mapping[str, Any]) -> str:
        step(establishment_id=row.pk, **told, **by_at(request))
        return home_of(row)

    return act
