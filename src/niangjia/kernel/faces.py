"""A step of a record as a page, told as data: who may open it, what is asked, what the button says and does.

An app tells once what its record is (`Subject`), then each step in a `Face`; `paths_of` makes the roads.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from niangjia.kernel.doors import requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.words import Said

View = Callable[..., HttpResponse]
Told = Callable[[HttpRequest, Any], Mapping[str, Any]]


def _nothing(_request: HttpRequest, _row: Any) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Subject:
    """What the steps are of: how a record is found for a word, where its page is, what stands around a form.

    `number` is the name of its number in the road, `given` the name under which an action takes it.
    """

    number: str
    given: str
    row_of: Callable[[HttpRequest, int, Any], Any]
    home_of: Callable[[HttpRequest, Any], str]
    page_of: Callable[..., FormPage]


@dataclass(frozen=True, slots=True)
class Face:
    """A step as a page. `initial` fills the form beside the version, `more` tells it what it must know."""

    name: str
    slug: str
    word: str
    action: Callable[..., object]
    form: Callable[..., forms.Form]
    title: Said
    button: Said
    said: Said
    words: Said | str = ""
    final: Said | str = ""
    initial: Told = _nothing
    more: Told = _nothing


def view_of(one: Face, about: Subject) -> View:
    """The view of a face: the form about the record; posted, its action, then back to the record."""

    @requires(one.word)
    def view(request: HttpRequest, **places: int) -> HttpResponse:
        row = about.row_of(request, places[about.number], one.word)
        sent = request.POST if request.method == "POST" else None
        initial = {"version": row.version, **one.initial(request, row)}
        form = one.form(sent, initial=initial, **one.more(request, row))

        def act(told: Mapping[str, Any]) -> str:
            one.action(**{about.given: row.pk}, **told, **by_at(request))
            return about.home_of(request, row)

        said = {"said": one.said, "words": one.words, "final": one.final}
        return answer(request, form, about.page_of(request, row, one.title, one.button, **said), act=act)

    view.__name__ = view.__qualname__ = one.name.replace("-", "_")
    view.__doc__ = str(one.title)
    return view


def paths_of(start: str, faces: Iterable[Face], about: Subject) -> list[URLPattern]:
    """The roads to the steps of a record whose own road is `start`."""
    return [path(f"{start}{one.slug}/", view_of(one, about), name=one.name) for one in faces]
