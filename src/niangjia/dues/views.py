"""Dues are recorded for a member, and voided where they were wrong."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.dues import actions, forms, queries
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import say
from niangjia.members import queries as members
from niangjia.members.permissions import Word


@requires(Word.DUES)
def record(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Dues of a month are recorded."""
    row = members.membership_in_scope(
        membership_id=membership_id, scope=actor_of(request).scope_for(Word.DUES)
    )
    base = members.fee_base_of(membership=row)
    form = forms.DuesForm(
        request.POST or None,
        initial={"base": base / 100 if base is not None else None, "paid_on": clock.today()},
    )

    def act(told: Mapping[str, Any]) -> str:
        actions.record_dues(
            membership_id=row.pk, month=told["month"], base_fen=told["base"], paid_on=told["paid_on"],
            **by_at(request),
        )  # fmt: skip
        return reverse("membership", args=[row.pk])

    known = [Fact(say("姓名"), row.name), Fact(say("工会"), row.union.name)]
    title, button = say("登记会费"), say("登记这个月的会费")
    here = reverse("membership", args=[row.pk])
    page = FormPage.about(row.name, here, title, button, said=say("会费已登记。"), known=known)
    return answer(request, form, page, act=act)


@requires(Word.DUES)
def void(request: HttpRequest, dues_id: int) -> HttpResponse:
    """A record of dues that was wrong is void."""
    row = queries.dues_in_scope(dues_id=dues_id, scope=actor_of(request).scope_for(Word.DUES))
    home = members.newest_stretch(person_id=row.person_id, union_id=row.union_id)
    back = reverse("membership", args=[home.pk])

    def act(told: Mapping[str, Any]) -> str:
        actions.void_dues(dues_id=row.pk, **told, **by_at(request))
        return back

    final = say("作废后这条不再计入，记录和原因都保留。")
    page = FormPage.about(
        home.name, back, say("作废会费"), say("作废这条会费"), said=say("已作废。"), final=final
    )
    return answer(request, forms.VoidForm(request.POST or None), page, act=act)
