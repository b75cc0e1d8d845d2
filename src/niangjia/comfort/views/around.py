"""What stands around every form about a visit."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from niangjia.kernel.doors import actor_of
from niangjia.kernel.faces import Subject
from niangjia.kernel.forms import FormPage
from niangjia.kernel.shapes import Crumb, Fact, Text
from niangjia.kernel.words import Said, say
from niangjia.sympathy import queries
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.rules import OCCASIONS

if TYPE_CHECKING:
    from niangjia.sympathy.models import SympathyVisit

LIST = say("慰问")


def row_of(request: HttpRequest, sympathy_id: int, word: Word) -> "SympathyVisit":
    """The visit of the road, for the word of the road."""
    return queries.visit_for(visit_id=sympathy_id, actor=actor_of(request), word=word)


def home_of(_request: HttpRequest, row: "SympathyVisit") -> str:
    """The page of the visit."""
    return reverse("sympathy-visit", args=[row.pk])


def title_of(row: "SympathyVisit") -> Said:
    """What the visit is called."""
    return say("{occasion}慰问：{name}", occasion=OCCASIONS[row.occasion], name=row.name)


def page_of(  # noqa: PLR0913 - a page has these parts
    request: HttpRequest,
    row: "SympathyVisit",
    title: Text,
    button: Text,
    *,
    said: Text,
    words: Text = "",
    final: Text = "",
    template: str = "furniture/form_page.html",
) -> FormPage:
    """The page around a form about one visit."""
    here = home_of(request, row)
    crumbs = [Crumb(LIST, reverse("sympathy-visits")), Crumb(title_of(row), here), Crumb(title)]
    around = {"crumbs": crumbs, "back": here, "known": _known(row)}
    return FormPage(title, button, words=words, final=final, said=said, template=template, **around)  # type: ignore[arg-type]


def _known(row: "SympathyVisit") -> tuple[Fact, ...]:
    return (
        Fact(say("慰问对象"), row.name),
        Fact(say("情形"), OCCASIONS[row.occasion]),
        Fact(say("发生日"), row.since),
    )


def sent(request: HttpRequest) -> Any:
    """What was posted, be it empty; nothing where the page is only shown."""
    return request.POST if request.method == "POST" else None


VISIT = Subject("sympathy_id", "visit_id", row_of, home_of, page_of)
