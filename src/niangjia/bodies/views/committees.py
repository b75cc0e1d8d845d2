"""Forms about committees: a term begins, somebody takes a post or leaves it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from niangjia.bodies import actions, forms, queries, rules
from niangjia.bodies.permissions import Word
from niangjia.bodies.views.keeping import keeper, organisation_url, page_of
from niangjia.kernel import clock, policy
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import EndForm, answer, by_at
from niangjia.kernel.shapes import Fact
from niangjia.kernel.words import say
from niangjia.network.rules import PRIMARY, OrgKind
from niangjia.people import queries as people


@requires(Word.COMMITTEE)
def open_term(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A new term of the committee begins."""
    row = keeper(request, unit_id, Word.COMMITTEE)
    allowed = policy.on("org.term_years_allowed", clock.today()).of(tuple)
    primary = OrgKind(row.kind) in (*PRIMARY, OrgKind.BRANCH)
    form = forms.TermForm(request.POST or None, years=allowed if primary else [max(allowed)])

    def act(told: Mapping[str, Any]) -> str:
        columns = {**told, "term_years": int(told["term_years"])}
        actions.open_term(organisation=row, **columns, **by_at(request))
        return organisation_url(row.pk)

    said = say("新一届已登记，可接着登记成员。")
    page = page_of(row, say("登记新一届委员会"), say("登记这一届"), said=said)
    return answer(request, form, page, act=act)


@requires(Word.COMMITTEE)
def appoint(request: HttpRequest, committee_id: int) -> HttpResponse:
    """Somebody takes a post of the committee."""
    scope = actor_of(request).scope_for(Word.COMMITTEE)
    committee = queries.committee_in_scope(committee_id=committee_id, scope=scope)
    row = committee.organisation
    primary = OrgKind(row.kind) in (*PRIMARY, OrgKind.BRANCH)
    namesakes = _namesakes(request) if request.POST else ()
    form = forms.AppointForm(request.POST or None, primary=primary, namesakes=namesakes)

    def act(told: Mapping[str, Any]) -> str:
        columns = {name: value for name, value in told.items() if name != "person"}
        columns["kind"] = rules.PostKind(told["kind"])
        chosen = int(told["person"]) if told.get("person") else None
        appointment = actions.Appointment(person_id=chosen, **columns)
        actions.appoint(committee=committee, appointment=appointment, today=clock.today(), **by_at(request))
        return organisation_url(row.pk)

    page = page_of(row, say("登记任职"), say("登记他任这个职务"), said=say("任职已登记。"))
    return answer(request, form, page, act=act)


def _namesakes(request: HttpRequest) -> list[tuple[int, str]]:
    """Those of the register who bear the name typed, told apart by year of birth and keeper."""
    scope = actor_of(request).scope_for(Word.COMMITTEE)
    rows = people.people_in_scope(scope=scope).filter(name=request.POST.get("name", "").strip())
    rows = rows.select_related("keeper")[:20]
    return [(row.pk, _told_apart(row)) for row in rows]


def _told_apart(row: Any) -> str:
    born = f"{row.birth_date.year}" if row.birth_date else "—"
    return f"{row.name} · {born} · {row.keeper.name}"


@requires(Word.COMMITTEE)
def end_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Somebody leaves a post of the committee."""
    scope = actor_of(request).scope_for(Word.COMMITTEE)
    post = queries.post_in_scope(post_id=post_id, scope=scope)

    def act(told: Mapping[str, Any]) -> str:
        actions.end_post(post=post, **told, **by_at(request))
        return organisation_url(post.organisation_id)

    word = say(rules.POST_LABELS[rules.PostKind(post.kind)])
    known = [Fact(say("姓名"), post.person.name), Fact(say("职务"), word), Fact(say("任职日"), post.since)]
    said = say("离任已登记。")
    page = page_of(post.organisation, say("登记离任"), say("登记他离任"), said=said, known=known)
    return answer(request, EndForm(request.POST or None), page, act=act)
