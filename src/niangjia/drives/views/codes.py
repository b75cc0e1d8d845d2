"""Codes in the office: made, printed, revoked."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.bodies import queries as bodies
from niangjia.drives.forms import RevokeForm, UnionCodeForm
from niangjia.joining import actions, queries
from niangjia.joining.permissions import Word
from niangjia.joining.rules import CODE_STATES, CodeState
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.listing import slice_of
from niangjia.kernel.shapes import Act, Crumb, Fact
from niangjia.kernel.squares import square
from niangjia.kernel.words import say
from niangjia.network import queries as network

CODES = say("入会码")
USUAL_DAYS, USUAL_USES = 90, 500


@requires(Word.CODE)
def codes(request: HttpRequest) -> HttpResponse:
    """The codes of the acting post's union and of those below."""
    rows = queries.codes_in_scope(scope=actor_of(request).scope_for(Word.CODE))
    part = slice_of(
        rows, sort="-id", before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    table = queries.codes_table(codes=part.rows, day=clock.today())
    context = {"table": table, "pager": part.pager(total=rows.count()), "heading": CODES}
    return render(request, "joining/list.html", context)


@requires(Word.CODE)
def make(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A code for a union, or for a zone of it."""
    actor = actor_of(request)
    unit = network.organisation_in_scope(unit_id=unit_id, scope=actor.scope_for(Word.CODE))
    zones = bodies.zones_in_scope(scope=actor.scope_for("network.read")).filter(until=None)
    usual = {"expires_on": clock.today() + timedelta(days=USUAL_DAYS), "max_uses": USUAL_USES}
    form = UnionCodeForm(request.POST or None, zones=zones.values_list("pk", "name")[:500], initial=usual)

    def act(told: Mapping[str, Any]) -> str:
        draft = actions.CodeDraft(
            told["label"],
            told["expires_on"],
            told["max_uses"],
            zone_id=int(told["zone"] or 0) or None,
        )
        code = actions.make_code(unit_id=unit.pk, draft=draft, **by_at(request))
        return reverse("join-code-office", args=[code.pk])

    here, title = reverse("organisation", args=[unit.pk]), say("制作入会码")
    page = FormPage.about(unit.name, here, title, title, said=say("入会码已做好，可以打印。"))
    return answer(request, form, page, act=act)


@requires(Word.CODE)
def code(request: HttpRequest, code_id: int) -> HttpResponse:
    """One code, as it is printed: the square and the plain address beneath it."""
    row = queries.code_in_scope(code_id=code_id, scope=actor_of(request).scope_for(Word.CODE))
    state, address = queries.state_of(code=row, day=clock.today()), queries.address_of(code=row)
    facts = (
        Fact(say("加入哪家工会"), row.unit.name, reverse("organisation", args=[row.unit_id])),
        Fact(say("状态"), CODE_STATES[state]),
        Fact(say("有效到"), row.expires_on),
        Fact(say("已用"), say("{uses} 次，最多 {most} 次", uses=row.uses, most=row.max_uses)),
        Fact(say("单位"), row.employer.name if row.employer else "—"),
    )
    acts = [Act(say("停用"), reverse("revoke-join-code", args=[row.pk]))] if state is CodeState.GOOD else []
    crumbs = [Crumb(CODES, reverse("join-codes")), Crumb(row.label)]
    context = {"row": row, "square": square(address, border=2), "address": address, "facts": facts}
    return render(
        request,
        "drives/code.html",
        context | {"acts": acts, "crumbs": crumbs, "good": state is CodeState.GOOD},
    )


@requires(Word.CODE)
def revoke(request: HttpRequest, code_id: int) -> HttpResponse:
    """The code opens nothing any more."""
    row = queries.code_in_scope(code_id=code_id, scope=actor_of(request).scope_for(Word.CODE))
    here = reverse("join-code-office", args=[row.pk])

    def act(told: Mapping[str, Any]) -> str:
        actions.revoke_code(code_id=row.pk, **told, **by_at(request))
        return here

    title, final = say("停用入会码"), say("停用后扫这张码的人会被引到“找到我的工会”；已收到的申请不受影响。")
    page = FormPage.about(row.label, here, title, title, said=say("已停用。"), final=final)
    return answer(request, RevokeForm(request.POST or None), page, act=act)
