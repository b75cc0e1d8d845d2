"""What stands around every form about my own application."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from niangjia.kernel.forms import FormPage, by_at
from niangjia.kernel.shapes import Crumb, Text
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication

MINE = say("我的求助")
OWN_FORM = "pleas/own_form.html"
Act = Callable[[Mapping[str, Any]], str]


def page_of(  # noqa: PLR0913 - a page has these parts
    row: "AidApplication",
    name: Text,
    title: Text,
    button: Text,
    *,
    said: Text,
    words: Text = "",
    final: Text = "",
) -> FormPage:
    """The page around a form about my own application."""
    here = reverse("my-aid-application", args=[row.pk])
    crumbs = [Crumb(MINE, reverse("my-aid")), Crumb(name, here), Crumb(title)]
    return FormPage(
        title, button, crumbs=crumbs, back=here, words=words, final=final, said=said, template=OWN_FORM
    )


def acting(request: HttpRequest, row: "AidApplication", step: Callable[..., object]) -> Act:
    """The step with what the form holds, then back to the application."""

    def act(told: Mapping[str, Any]) -> str:
        step(application_id=row.pk, **told, **by_at(request))
        return reverse("my-aid-application", args=[row.pk])

    return act
