"""The way of a list that goes out: what for, a second person where it is large, the file until its day."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.exchange import actions, forms, queries
from niangjia.exchange.permissions import Word
from niangjia.exchange.rules.verdicts import Leave
from niangjia.exchange.views import shown
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.limits import limited
from niangjia.kernel.listing import slice_of
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import say

NOT_FILTERS = {"before", "after", "page"}
LONGEST, MOST = 200, 30


@requires(Word.EXPORT)
def exports(request: HttpRequest) -> HttpResponse:
    """The lists that the reader's units asked for, newest first."""
    actor = actor_of(request)
    rows = queries.leavings_in_scope(scope=actor.scope_for(Word.EXPORT))
    part = slice_of(
        rows, sort="-id", before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    told = {"table": shown.leavings(part.rows), "pager": part.pager(total=rows.count())}
    return render(
        request, "exchange/list.html", told | {"title": say("导出"), "tabs": shown.tabs("exports", actor)}
    )


@requires(Word.EXPORT)
@limited("ask_for_list", most=30, seconds=600)
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as it is seen is asked for, with its filters; with its purpose if it tells of persons."""
    declared, actor = queries.export_kind(key=kind), actor_of(request)
    actor.require(declared.word)
    asked = _filters(request)
    total, _ = declared.listing.rows(asked, by=actor, today=clock.today())
    form = forms.WishForm(request.POST or None, is_personal=declared.is_personal)

    def act(told: Mapping[str, Any]) -> str:
        wish = actions.Wish(declared.key, asked, told["format"], told["purpose"])
        row = actions.ask_for_list(wish=wish, unit_id=actor.unit_id or 0, **by_at(request))
        return reverse("export", args=[row.pk])

    back = f"{reverse(declared.page)}?{urlencode(asked)}" if asked else reverse(declared.page)
    return answer(request, form, shown.wish_page(declared, total, back), act=act)


def _filters(request: HttpRequest) -> dict[str, str]:
    """The filters of the list's own address."""
    told = {name: value[:LONGEST] for name, value in request.GET.items() if value and name not in NOT_FILTERS}
    return {name: str(told[name]) for name in list(told)[:MOST]}


@requires(Word.EXPORT)
def export(request: HttpRequest, leaving_id: int) -> HttpResponse:
    """A list that was asked for: where it stands, what it holds, the file."""
    actor = actor_of(request)
    row = queries.leaving_in_scope(leaving_id=leaving_id, scope=actor.scope_for(Word.EXPORT))
    told = shown.leaving_page(row, actor=actor, now=clock.now())
    if request.headers.get("HX-Request"):
        answer = render(request, "exchange/parts/_progress.html", told)
        if row.state != Leave.RUNNING:
            answer.headers["HX-Refresh"] = "true"
        return answer
    return render(request, "exchange/export.html", told)


@requires(Word.APPROVE)
def decide(request: HttpRequest, leaving_id: int) -> HttpResponse:
    """A second person lets a large list of persons go out, or not."""
    row = queries.leaving_in_scope(leaving_id=leaving_id, scope=actor_of(request).scope_for(Word.APPROVE))

    def act(told: Mapping[str, Any]) -> str:
        agrees = told["agrees"] == "yes"
        actions.decide_on_list(leaving_id=row.pk, agrees=agrees, words=told["words"], **by_at(request))
        return reverse("export", args=[row.pk])

    here, title = reverse("export", args=[row.pk]), say("批准导出")
    known = [Fact(say("申请人"), row.who), Fact(say("用途"), row.purpose), Fact(say("行数"), row.rows)]
    crumbs = [Crumb(say("导出"), reverse("exports")), Crumb(say("第 {n} 号", n=row.pk), here), Crumb(title)]
    page = FormPage(title, say("提交意见"), crumbs, here, known=known, said=say("意见已提交。"))
    return answer(request, forms.DecideForm(request.POST or None), page, act=act)


@requires(Word.EXPORT)
@limited("fetch_list", most=60, seconds=600)
def fetch(request: HttpRequest, leaving_id: int) -> HttpResponse:
    """The file, for the one who asked for it; each fetch is journalled."""
    name, content = actions.fetch_list(leaving_id=leaving_id, **by_at(request))
    return shown.attached(content, name)
