"""Posts and delegations: granted at a unit chosen first, ended on a day, delegated by name."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.accounts import actions, queries
from niangjia.accounts.forms import ConfirmForm, DelegateForm, EndPostForm, GrantForm, posted
from niangjia.accounts.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import say


@requires(Word.GRANT)
def choose_unit(request: HttpRequest, user_id: int) -> HttpResponse:
    """Units of the scope by name: the first step of granting a post."""
    actor, name = actor_of(request), request.GET.get("q", "").strip()
    scope = actor.scope_for(Word.GRANT)
    person = queries.user_in_scope(user_id=user_id, scope=scope, day=clock.today())
    page = queries.units_to_choose(user=person, actor=actor, scope=scope, name=name)
    return render(request, "accounts/choose_unit.html", {"page": page, "name": name, "person": person})


@requires(Word.GRANT)
def grant(request: HttpRequest, user_id: int, unit_id: int) -> HttpResponse:
    """A post at the unit, among the roles that the acting post may give there."""
    actor = actor_of(request)
    gift = queries.gift(user_id=user_id, unit_id=unit_id, actor=actor, today=clock.today())
    form = GrantForm(posted(request), roles=gift.roles, initial={"since": clock.today()})
    back = reverse("user", args=[user_id])
    page = FormPage(
        title=say("授予岗位"), button=say("授予这个岗位"), back=back, said=say("岗位已授予。"),
        crumbs=(*gift.crumbs, Crumb(say("授予岗位"))),
        known=(Fact(say("姓名"), gift.user.name), Fact(say("组织"), gift.unit_name)),
    )  # fmt: skip

    def act(data: Mapping[str, Any]) -> str:
        actions.grant_post(user=gift.user, unit_id=unit_id, by=actor, at=clock.now(), **data)
        return back

    return answer(request, form, page, act=act)


@requires(Word.GRANT)
def end_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """The post ends on a day, and its delegations with it."""
    actor = actor_of(request)
    post = queries.post_in_scope(post_id=post_id, scope=actor.scope_for(Word.GRANT))
    back = reverse("user", args=[post.user_id])
    title = say("终止岗位")
    page = FormPage(
        title=title, button=title, back=back, final=say("到这一天，岗位的权限和由它委托出去的权限一起收回。"),
        crumbs=(Crumb(post.user.name, back), Crumb(title)), known=queries.facts_of_post(post=post),
    )  # fmt: skip

    def act(data: Mapping[str, Any]) -> str:
        actions.end_post(post=post, by=actor, at=clock.now(), **data)
        return back

    form = EndPostForm(posted(request), initial={"until": clock.today()})
    return answer(request, form, page, act=act)


@requires(Word.DELEGATE)
def delegations(request: HttpRequest) -> HttpResponse:
    """Who stands in for the acting post."""
    table = queries.delegations_page(actor=actor_of(request), today=clock.today())
    return render(request, "accounts/delegations.html", {"table": table})


@requires(Word.DELEGATE)
def delegate(request: HttpRequest) -> HttpResponse:
    """Somebody stands in for the acting post, named and dated (SC-9)."""
    actor = actor_of(request)
    post = queries.post_in_scope(post_id=actor.post_id or 0, scope=actor.scope_for(Word.DELEGATE))
    page = FormPage(
        title=say("委托岗位"), button=say("委托给这位同志"), back=reverse("delegations"),
        said=say("委托已登记。"),
        words=say("受托人在期限内代您办理，权限不超过您；授予岗位和再委托不在其内。日志分别记名。"),
        crumbs=(Crumb(say("委托岗位"), reverse("delegations")), Crumb(say("新的委托"))),
        known=queries.facts_of_post(post=post),
    )  # fmt: skip

    def act(data: Mapping[str, Any]) -> str:
        to = queries.named_account(username=data["username"], name=data["name"])
        days = {"since": data["since"], "until": data["until"]}
        actions.delegate_post(post=post, to=to, by=actor, at=clock.now(), **days)
        return reverse("delegations")

    return answer(request, DelegateForm(posted(request), initial={"since": clock.today()}), page, act=act)


@requires(Word.DELEGATE)
def end_delegation(request: HttpRequest, post_id: int) -> HttpResponse:
    """The delegator calls a delegation back from today on."""
    actor = actor_of(request)
    post = queries.post_in_scope(post_id=post_id, scope=actor.scope_for(Word.DELEGATE))
    back, title = reverse("delegations"), say("收回委托")
    page = FormPage(
        title=title, button=say("今天起收回"), back=back, known=queries.facts_of_post(post=post),
        crumbs=(Crumb(say("委托岗位"), back), Crumb(title)),
    )  # fmt: skip

    def act(_data: Mapping[str, Any]) -> str:
        actions.recall_delegation(post=post, today=clock.today(), by=actor, at=clock.now())
        return back

    return answer(request, ConfirmForm(posted(request)), page, act=act)
