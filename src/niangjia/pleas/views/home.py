"""A family without a household file begins one: who lives together; the rest on the household's page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from niangjia.households import actions
from niangjia.households.actions import Kin
from niangjia.kernel.doors import actor_of, person_of
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import say
from niangjia.pleas import forms, queries
from niangjia.pleas.views.around import MINE, OWN_FORM
from niangjia.pleas.views.paging import OWN

LONGEST = 15


def _elsewhere(home: queries.MyHome) -> tuple[Fact, ...]:
    """Whose household it is in which I live: its head asks for all of us (R-AID-08)."""
    if home.household is None:
        return ()
    return (Fact(say("户主"), home.head), Fact(say("登记工会"), home.keeper))


def _back(request: HttpRequest) -> str:
    """To the application from which I came, if the address names one."""
    typed = request.GET.get("for", "")
    known = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST
    return reverse("ask-aid-home", args=[int(typed)]) if known else reverse("my-aid")


@OWN
@limited("ask_for_aid", most=240, seconds=600)
def open_home(request: HttpRequest) -> HttpResponse:
    """My household is opened with me at its head; whoever lives in another's is told who asks there."""
    person_of(request)
    home = queries.my_home(actor=actor_of(request))
    if home.is_head:
        return redirect("begin-aid")
    title, crumbs = say("先登记您的家庭"), [Crumb(MINE, reverse("my-aid")), Crumb(say("登记家庭"))]
    words = say("帮扶按家庭办理，您是户主。登记以后再添上和您一起生活的人，工会上门时核对证件。")
    page = FormPage(
        title, say("登记我的家庭"), crumbs, reverse("ask-for-aid"), words=words, said=say("家庭已登记。"),
        template="pleas/open_home.html",
        known=_elsewhere(home),
    )  # fmt: skip

    def act(_told: Mapping[str, Any]) -> str:
        actions.open_own_household(**by_at(request))
        return reverse("begin-aid")

    return answer(request, forms.NextForm(request.POST or None), page, act=act)


@OWN
@limited("ask_for_aid", most=240, seconds=600)
def add_kin(request: HttpRequest) -> HttpResponse:
    """Who lives with me: name, relation, birthday; no number is asked, the card is seen at the door."""
    person_of(request)
    title, crumbs = say("添加一起生活的人"), [Crumb(MINE, reverse("my-aid")), Crumb(say("添加家人"))]
    back = _back(request)
    page = FormPage(
        title, say("添上这个人"), crumbs, back, words=say("只填姓名和关系，证件等工会上门时核对。"),
        said=say("已添上。"), template=OWN_FORM,
    )  # fmt: skip

    def act(told: Mapping[str, Any]) -> str:
        actions.add_own_member(kin=Kin(**told), **by_at(request))
        return back

    return answer(request, forms.KinForm(request.POST or None), page, act=act)
