"""What stands around every form about an application: the row of the road, its page, the step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.aid.permissions import Word
from niangjia.casework.queries import title_of
from niangjia.kernel.doors import actor_of
from niangjia.kernel.forms import FormPage, by_at
from niangjia.kernel.shapes import Crumb, Fact, Text
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication

LIST = say("帮扶申请")
Act = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class MorePage(FormPage):
    """A form with something beside it that its own template shows."""

    more: Mapping[str, Any] = field(default_factory=dict)


def row_of(request: HttpRequest, aid_id: int, word: Word) -> "AidApplication":
    """The application of the road, for the word of the road, with what hangs on it."""
    return aid.whole(row=aid.application_for(application_id=aid_id, actor=actor_of(request), word=word))


def page_of(  # noqa: PLR0913 - a page has these parts
    request: HttpRequest,
    row: "AidApplication",
    title: Text,
    button: Text,
    *,
    said: Text,
    words: Text = "",
    final: Text = "",
    known: Sequence[Fact] = (),
) -> FormPage:
    """The page around an officer's form about one application."""
    here, name = reverse("aid-application", args=[row.pk]), title_of(row=row, actor=actor_of(request))
    crumbs = [Crumb(LIST, reverse("aid-applications")), Crumb(name, here), Crumb(title)]
    return FormPage(
        title, button, crumbs=crumbs, back=here, words=words or name, final=final, known=known, said=said
    )


def acting(request: HttpRequest, row: "AidApplication", step: Callable[..., object], goal: str) -> Act:
    """The step with what the form holds, then on to the goal."""

    def act(told: Mapping[str, Any]) -> str:
        step(application_id=row.pk, **told, **by_at(request))
        return reverse(goal, args=[row.pk])

    return act
