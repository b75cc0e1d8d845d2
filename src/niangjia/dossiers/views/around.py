"""What stands around every form about a file; most steps are one face of a table."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from niangjia.hardship import queries
from niangjia.hardship.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of
from niangjia.kernel.errors import BadInput, NotVisible
from niangjia.kernel.faces import Subject
from niangjia.kernel.forms import FormPage
from niangjia.kernel.shapes import Crumb, Text
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.hardship.models import NeedyWorkerFile

LIST = say("困难职工档案")
TEMPLATE = "furniture/form_for_both.html"


def row_of(request: HttpRequest, file_id: int, word: Word) -> "NeedyWorkerFile":
    """The file of the road, for the word of the road."""
    return queries.file_for(file_id=file_id, actor=actor_of(request), word=word)


def home_of(request: HttpRequest, row: "NeedyWorkerFile") -> str:
    """The page of the file: the office's, or the worker's own."""
    mine = actor_of(request).post_id is None
    return reverse("my-hardship-file" if mine else "hardship-file", args=[row.pk])


def page_of(
    request: HttpRequest, row: "NeedyWorkerFile", title: Text, button: Text, *, said: Text, **more: Any
) -> FormPage:
    """The page around a form about one file; `more` are the words, known facts and last sentence of it."""
    here = home_of(request, row)
    name = queries.name_of(row=row) if actor_of(request).may(Word.READ, at=row.path) else str(row)
    more["words"] = more.get("words") or say("{file} {name}", file=str(row), name=name)
    crumbs = [Crumb(LIST, reverse("hardship-files")), Crumb(str(row), here), Crumb(title)]
    return FormPage(title, button, crumbs=crumbs, back=here, said=said, template=TEMPLATE, **more)


FILE = Subject("file_id", "file_id", row_of, home_of, page_of)


def today_first(_request: HttpRequest, _row: "NeedyWorkerFile") -> Mapping[str, object]:
    """A notice begins today unless told otherwise."""
    return {"starts_on": clock.today()}


def gently(step: Callable[[], object]) -> object:
    """A household that is not there, or not the actor's, is told at its field and not as a missing page."""
    try:
        return step()
    except NotVisible as error:
        words = say("没有找到这个家庭编号，或者它不在您的工作范围内。请核对家庭档案页上的编号。")
        raise BadInput(words, field="household") from error
