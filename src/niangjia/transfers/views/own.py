"""I ask that my membership goes where I work now, and may take that back."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.doors import own_only, person_of
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import Said, say
from niangjia.members import queries as members
from niangjia.transfers import actions, forms, queries

MINE = own_only("a member's own membership")
HERE = say("我的会籍")


def _crumbs(title: Said) -> list[Crumb]:
    return [Crumb(HERE, reverse("my-membership")), Crumb(title)]


@MINE
def my_transfer(request: HttpRequest) -> HttpResponse:
    """I ask that my membership goes where I work now."""
    me = person_of(request)
    with beyond():
        row = members.counting_now(person_id=me, day=clock.today())
    if row is None:
        raise NotVisible(say("您现在没有会籍，不用转会，可以直接申请入会。"))
    asked = {"to_union": request.GET.get("to", "")[:120]}
    form = forms.AskTransferForm(request.POST or None, initial=asked)

    def act(told: Mapping[str, Any]) -> str:
        union = members.union_named(words=told["to_union"], today=clock.today())
        actions.ask_transfer(person_id=me, to_union_id=union.pk, reason=told["reason"], **by_at(request))
        return reverse("my-membership")

    title, known = (
        say("申请转会"),
        [Fact(say("现在的工会"), row.union.name), Fact(say("入会日期"), row.joined_on)],
    )
    page = FormPage(
        title, say("提出转会"), _crumbs(title), reverse("my-membership"),
        known=known, said=say("已提出。办到哪一步，这里随时看得到。"), template="roll/own_form.html",
    )  # fmt: skip
    return answer(request, form, page, act=act)


@MINE
def withdraw_my_transfer(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """I take my transfer back."""
    row = queries.transfers_of(person_id=person_of(request)).filter(pk=transfer_id).first()
    if row is None:
        raise NotVisible
    form = forms.VersionForm(request.POST or None, initial={"version": row.version})

    def act(told: Mapping[str, Any]) -> str:
        actions.withdraw_transfer(transfer_id=row.pk, **told, **by_at(request))
        return reverse("my-membership")

    title = say("撤回转会")
    page = FormPage(
        title, say("撤回这件转会"), _crumbs(title), reverse("my-membership"),
        known=[Fact(say("转入工会"), row.to_name)], said=say("已撤回，会籍不变。"),
        template="roll/own_form.html",
    )  # fmt: skip
    return answer(request, form, page, act=act)
