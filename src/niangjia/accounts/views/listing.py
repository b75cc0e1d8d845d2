"""The accounts of a scope: list, one account, opening, locking, resetting."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.accounts import actions, queries
from niangjia.accounts.forms import AccountFilterForm, ConfirmForm, OpenAccountForm, ReasonForm, posted
from niangjia.accounts.models import User
from niangjia.accounts.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import Said, say

USERS = say("用户与岗位")


@requires(Word.READ)
def users(request: HttpRequest) -> HttpResponse:
    """The accounts that stand or were opened in the scope, filters in the address."""
    actor, form = actor_of(request), AccountFilterForm(request.GET)
    filters = queries.AccountFilters(**form.cleaned_data) if form.is_valid() else queries.AccountFilters()
    page = queries.accounts_page(
        actor=actor, filters=filters, today=clock.today(),
        before=request.GET.get("before", ""), after=request.GET.get("after", ""),
    )  # fmt: skip
    return render(request, "accounts/users.html", {"page": page, "filters": form})


@requires(Word.READ)
def user(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: its posts in the scope, and what the acting post may do with it."""
    page = queries.account_page(user_id=user_id, actor=actor_of(request), today=clock.today())
    return render(request, "accounts/user.html", {"page": page})


@requires(Word.OPEN)
def open_account(request: HttpRequest) -> HttpResponse:
    """An account for one person at a unit; the one-time password is shown once."""
    actor, form = actor_of(request), OpenAccountForm(posted(request))
    unit = queries.unit_chosen(scope=actor.scope_for(Word.OPEN), asked=request.GET.get("unit"), actor=actor)
    page = _opening_page(unit.name)
    made: dict[str, object] = {}

    def act(data: Mapping[str, Any]) -> str:
        password = actions.one_time_password()
        who = {"username": data["username"], "name": data["name"], "unit_id": unit.pk}
        user = actions.open_account(**who, password=password, by=actor, at=clock.now())
        made.update(user=user, password=password)
        return reverse("user", args=[user.pk])

    response = answer(request, form, page, act=act)
    return render(request, "accounts/one_time.html", made) if made else response


@requires(Word.LOCK)
def lock(request: HttpRequest, user_id: int) -> HttpResponse:
    """The account is locked, with its reason."""
    actor, person = _reached(request, user_id, Word.LOCK)
    page = _page(
        person, title=say("停用账号"), button=say("停用这个账号"),
        final=say("停用后立即退出登录，委托出去的岗位也暂停。"),
    )  # fmt: skip

    def act(data: Mapping[str, Any]) -> str:
        actions.lock_account(user=person, reason=data["reason"], by=actor, at=clock.now())
        return reverse("user", args=[person.pk])

    return answer(request, ReasonForm(posted(request)), page, act=act)


@requires(Word.LOCK)
def unlock(request: HttpRequest, user_id: int) -> HttpResponse:
    """The account may be used again."""
    actor, person = _reached(request, user_id, Word.LOCK)

    def act(_data: Mapping[str, Any]) -> str:
        actions.unlock_account(user=person, by=actor, at=clock.now())
        return reverse("user", args=[person.pk])

    page = _page(person, title=say("启用账号"), button=say("重新启用这个账号"))
    return answer(request, ConfirmForm(posted(request)), page, act=act)


@requires(Word.PASSWORD)
def reset_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """A new one-time password, shown once; the second factor stays."""
    actor, person = _reached(request, user_id, Word.PASSWORD)
    made: dict[str, object] = {}

    def act(_data: Mapping[str, Any]) -> str:
        made["password"] = actions.reset_password(user=person, by=actor, at=clock.now())
        return reverse("user", args=[person.pk])

    page = _page(
        person, title=say("重置密码"), button=say("重置密码，生成一次性密码"),
        final=say("原密码立即失效，已登录的设备会退出。动态口令不变。"),
    )  # fmt: skip
    response = answer(request, ConfirmForm(posted(request)), page, act=act)
    return render(request, "accounts/one_time.html", {"user": person, **made}) if made else response


@requires(Word.FACTOR)
def reset_second_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """The bound phone counts no more; at the next log-in a new one is bound."""
    actor, person = _reached(request, user_id, Word.FACTOR)

    def act(_data: Mapping[str, Any]) -> str:
        actions.reset_second_factor(user=person, by=actor, at=clock.now())
        return reverse("user", args=[person.pk])

    page = _page(
        person, title=say("解除动态口令绑定"), button=say("解除绑定"),
        final=say("解除后，本人下次登录须重新绑定。请先当面或电话核实是本人要求。"),
    )  # fmt: skip
    return answer(request, ConfirmForm(posted(request)), page, act=act)


def _reached(request: HttpRequest, user_id: int, word: Word) -> tuple[Actor, User]:
    actor = actor_of(request)
    scope = actor.scope_for(word)
    return actor, queries.user_in_scope(user_id=user_id, scope=scope, day=clock.today())


def _page(person: User, *, title: Said, button: Said, final: Said | str = "") -> FormPage:
    back = reverse("user", args=[person.pk])
    crumbs = (Crumb(USERS, reverse("users")), Crumb(str(person), back), Crumb(title))
    known = (Fact(say("姓名"), person.name), Fact(say("账号"), person.username))
    return FormPage(title=title, button=button, crumbs=crumbs, back=back, known=known, final=final)


def _opening_page(unit_name: str) -> FormPage:
    title, users_at = say("开设账号"), reverse("users")
    return FormPage(
        title=title, button=say("开设账号，生成一次性密码"), back=users_at,
        known=(Fact(say("开户组织"), unit_name),), crumbs=(Crumb(USERS, users_at), Crumb(title)),
        words=say("一人一个账号，不能共用。岗位在开户之后授予。"),
    )  # fmt: skip
