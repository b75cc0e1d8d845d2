"""The one way of a form: bind it, call one action, go where it leads or show it again with what is missing.

Nothing typed is ever lost: a refusal comes back with the form (422, or 409 where somebody else was faster).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of
from niangjia.kernel.errors import BadInput, Refused, Stale
from niangjia.kernel.fields import DayField, notes
from niangjia.kernel.shapes import Crumb, Fact, Text
from niangjia.kernel.versions import Overtaken
from niangjia.kernel.words import Said, say

Act = Callable[[Mapping[str, Any]], str]
LONG_FORM = 4
"""From so many fields on, what is typed is kept on the device until it is sent (ui.md A2)."""
DRAFT_COOKIE = "draft_done"


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around a form: its title, the way here, what is known, the button naming its consequence.

    `final` is the sentence in which a final step is asked once. `known` is what need not be typed again.
    """

    title: Text
    button: Text
    crumbs: Sequence[Crumb] = ()
    back: str = ""
    words: Text = ""
    final: Text = ""
    known: Sequence[Fact] = field(default_factory=tuple)
    said: Text = ""
    template: str = "furniture/form_page.html"

    @classmethod
    def about(  # noqa: PLR0913 - a page has these parts
        cls,
        name: Text,
        here: str,
        title: Text,
        button: Text,
        *,
        said: Text,
        final: Text = "",
        known: Sequence[Fact] = (),
    ) -> "FormPage":
        """The page around a form about one record, whose own page is `here`."""
        crumbs = [Crumb(name, here), Crumb(title)]
        words = "" if known else name
        return cls(title, button, crumbs=crumbs, back=here, words=words, final=final, known=known, said=said)


class EndForm(forms.Form):
    """Something ends on a day, for a reason."""

    until = DayField(label=_("自哪一天起不再有效"))
    reason = notes()


def by_at(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": actor_of(request), "at": clock.now()}


def answer(request: HttpRequest, form: forms.Form, page: FormPage, *, act: Act) -> HttpResponse:
    """Show the form; or, posted, do `act` with what it holds and go to the address that `act` returns."""
    status = HTTPStatus.OK
    if form.is_bound:
        goal, status = _tried(form, act)
        if goal:
            if page.said:
                messages.success(request, _render(page.said))
            return _onward(request, form, page, goal)
    told = {"form": form, "page": page, "draft": draft_of(request, form, page)}
    return render(request, page.template, told, status=status)


def draft_of(request: HttpRequest, form: forms.Form, page: FormPage) -> str:
    """The name under which the device keeps a long form until it is sent; short and final forms have none.

    Account, address and version are in it: nobody meets another's draft, and a draft of an older version
    never comes back over what somebody saved meanwhile.
    """
    if page.final or len(form.visible_fields()) < LONG_FORM:
        return ""
    version = form["version"].value() if "version" in form.fields else ""
    return f"{request.user.pk or 0}:{request.path}:{version}"


def _onward(request: HttpRequest, form: forms.Form, page: FormPage, goal: str) -> HttpResponse:
    """On to the next page, which lets the device forget the draft."""
    response = redirect(goal)
    draft = draft_of(request, form, page)
    if draft:
        response.set_cookie(DRAFT_COOKIE, draft, max_age=600, samesite="Lax", secure=request.is_secure())
    return response


def _tried(form: forms.Form, act: Act) -> tuple[str, HTTPStatus]:
    """What `act` returns, or nothing and why not; a refusal leaves the database as it was."""
    if not form.is_valid():
        return "", HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with transaction.atomic():
            return act(form.cleaned_data), HTTPStatus.OK
    except Refused as error:
        complain(form, error)
        conflict = isinstance(error, Stale)
    except IntegrityError:
        words = say("刚刚有人登记了与此冲突的内容，或者日期与已有记录重叠。请核对后再提交。")
        form.add_error(None, words.render(gettext))
        conflict = True
    return "", HTTPStatus.CONFLICT if conflict else HTTPStatus.UNPROCESSABLE_ENTITY


def complain(form: forms.Form, error: Refused) -> None:
    """The reasons stand beside their fields; a stale form is brought to the version that stands."""
    told = dict(error.fields) if isinstance(error, BadInput) else {}
    told = told or {error.field or "": error.reasons}
    for name, reasons in told.items():
        for reason in reasons:
            form.add_error(name if name in form.fields else None, reason.render(gettext))
    if isinstance(error, Overtaken) and "version" in form.fields:
        data = QueryDict(mutable=True)
        data.update(form.data)
        data[form.add_prefix("version")] = str(error.version)
        form.data = data


def _render(text: Text) -> str:
    return text.render(gettext) if isinstance(text, Said) else gettext(text)
