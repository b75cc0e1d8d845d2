"""The founding group's election: candidates, the congress, the result."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from niangjia.establishments import forms
from niangjia.establishments.views.around import acting, home_of, page_of, row_of
from niangjia.founding import actions, queries, rules
from niangjia.founding.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import answer, by_at
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import say
from niangjia.network.rules import PRIMARY

if TYPE_CHECKING:
    from niangjia.founding.models import UnionEstablishment


@requires(Word.ASK)
def propose(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """Somebody stands for a post."""
    row = row_of(request, establishment_id, Word.ASK)
    form = forms.CandidateForm(request.POST or None, primary=row.kind in PRIMARY)

    def act(told: Mapping[str, Any]) -> str:
        actions.propose_candidate(establishment_id=row.pk, **{"relative": "", **told}, **by_at(request))
        return home_of(row)

    page = page_of(row, say("提名候选人"), say("提名他为候选人"), said=say("候选人已提名。"))
    return answer(request, form, page, act=act)


@requires(Word.ASK)
def drop(request: HttpRequest, establishment_id: int, candidate_id: int) -> HttpResponse:
    """Somebody stands no longer."""
    row = row_of(request, establishment_id, Word.ASK)

    def act(_told: Mapping[str, Any]) -> str:
        actions.drop_candidate(establishment_id=row.pk, candidate_id=candidate_id, **by_at(request))
        return home_of(row)

    page = page_of(row, say("撤下候选人"), say("撤下这名候选人"), said=say("已撤下。"))
    return answer(request, forms.DropForm(request.POST or None), page, act=act)


@requires(Word.ASK)
def hold(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The congress was held."""
    row = row_of(request, establishment_id, Word.ASK)
    form = forms.CongressForm(request.POST or None, initial={"version": row.version})
    page = page_of(row, say("登记大会"), say("登记大会，接着报结果"), said=say("大会已登记，请登记得票。"))

    def act(told: Mapping[str, Any]) -> str:
        version = told["version"]
        columns = {name: value for name, value in told.items() if name != "version"}
        congress = actions.Congress(**{**columns, "meeting": rules.Meeting(told["meeting"])})
        actions.hold_congress(establishment_id=row.pk, version=version, congress=congress, **by_at(request))
        return home_of(row)

    return answer(request, form, page, act=act)


@requires(Word.ASK)
def again(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The congress is to be held anew."""
    row = row_of(request, establishment_id, Word.ASK)
    form = forms.ReasonForm(request.POST or None, initial={"version": row.version})
    final = say("本次大会的得票和签字不再算数，候选人名单保留，可以再改。")
    page = page_of(row, say("重新召开大会"), say("重新召开大会"), said=say("请重新登记大会。"), final=final)
    return answer(request, form, page, act=acting(request, row, actions.hold_again))


@requires(Word.ASK)
def result(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The votes are counted and signed."""
    row = row_of(request, establishment_id, Word.ASK)
    standing = queries.ballot_of(establishment_id=row.pk, actor=actor_of(request))
    tellers = queries.bounds_for(path=row.path, day=clock.today()).tellers
    form = forms.ResultForm(
        request.POST or None, candidates=standing, tellers=tellers, initial={"version": row.version}
    )

    def act(told: Mapping[str, Any]) -> str:
        counted = {"version": told["version"], "votes": form.votes, "tellers": form.tellers}
        actions.submit_result(establishment_id=row.pk, **counted, **by_at(request))
        return home_of(row)

    page = page_of(
        row,
        say("报送选举结果"),
        say("报送选举结果，请上级总工会批复"),
        said=say("结果已报，选举结果报告已生成。"),
        known=_congress(row),
    )
    return answer(request, form, page, act=act)


def _congress(row: "UnionEstablishment") -> tuple[Fact, ...]:
    return (
        Fact(say("应到人数"), say("{n} 人", n=row.entitled or 0)),
        Fact(say("实到人数"), say("{n} 人", n=row.present or 0)),
        Fact(say("委员名额"), say("{n} 人", n=row.seats or 0)),
    )
