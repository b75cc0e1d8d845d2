"""Founders, or the town on their behalf, ask for a union: the request and its parts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.establishments import forms
from niangjia.establishments.views.around import LIST, TEMPLATE, acting, home_of, page_of, row_of
from niangjia.founding import actions, queries
from niangjia.founding.permissions import Word
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.shapes import Crumb, Fact
from niangjia.kernel.words import say
from niangjia.network.rules import EmployerKind, OrgKind

if TYPE_CHECKING:
    from niangjia.founding.models import UnionEstablishment


@requires(Word.ASK)
def new(request: HttpRequest) -> HttpResponse:
    """A union is asked for; coming from a union's or an employer's page, what is known is filled in."""
    known = queries.known_of(actor=actor_of(request), asked=request.GET, today=clock.today())
    form = forms.RequestForm(
        request.POST or None,
        initial=known.initial,
        years=_years(""),
        parents=queries.parents_for(today=clock.today()),
    )

    def act(told: Mapping[str, Any]) -> str:
        parent = told["parent"]
        draft = _draft({name: value for name, value in told.items() if name != "parent"})
        row = actions.draft_establishment(
            draft=draft, parent=parent, employer=known.employer, **by_at(request)
        )
        return home_of(row)

    return answer(request, form, _new_page(known), act=act)


def _new_page(known: queries.Known) -> FormPage:
    title = say("申请建会")
    return FormPage(
        title,
        say("存为草稿，接着补材料"),
        crumbs=[Crumb(LIST, reverse("establishments")), Crumb(title)],
        back=reverse("establishments"),
        words=say("先说清建哪一家工会；单位和筹备组下一步再添。"),
        known=known.facts,
        said=say("草稿已存好。请按“材料核对”逐项补齐，再提交。"),
        template=TEMPLATE,
    )


def _years(path: str) -> tuple[int, ...]:
    return queries.bounds_for(path=path, day=clock.today()).terms


def _draft(told: Mapping[str, Any]) -> actions.RequestDraft:
    columns = {**told, "kind": OrgKind(told["kind"]), "term_years": int(told["term_years"])}
    return actions.RequestDraft(**columns)


@requires(Word.ASK)
def edit(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The request is said again."""
    row = row_of(request, establishment_id, Word.ASK)
    initial = {name: getattr(row, name, "") for name in forms.EditForm.base_fields if name != "parent"}
    form = forms.EditForm(request.POST or None, initial=initial, years=_years(row.path))

    def act(told: Mapping[str, Any]) -> str:
        version = told["version"]
        draft = _draft({name: value for name, value in told.items() if name != "version"})
        actions.edit_establishment(establishment_id=row.pk, version=version, draft=draft, **by_at(request))
        return home_of(row)

    page = page_of(row, say("修改申请内容"), say("保存申请内容"), said=say("已保存。"))
    return answer(request, form, page, act=act)


@requires(Word.ASK)
def name_employer(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """An employer is added."""
    row = row_of(request, establishment_id, Word.ASK)

    def act(told: Mapping[str, Any]) -> str:
        draft = actions.EmployerDraft(**{**told, "kind": EmployerKind(told["kind"])})
        actions.name_employer(establishment_id=row.pk, draft=draft, **by_at(request))
        return home_of(row)

    page = page_of(row, say("添加用人单位"), say("添加这家单位"), said=say("单位已添加。"))
    return answer(request, forms.EmployerForm(request.POST or None), page, act=act)


@requires(Word.ASK)
def join_group(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """Somebody is added to the founding group."""
    row = row_of(request, establishment_id, Word.ASK)
    page = page_of(row, say("添加筹备组成员"), say("添加他为筹备组成员"), said=say("成员已添加。"))
    form = forms.MemberForm(request.POST or None)
    return answer(request, form, page, act=acting(request, row, actions.join_founding_group))


@requires(Word.ASK)
def drop_employer(request: HttpRequest, establishment_id: int, named_id: int) -> HttpResponse:
    """An employer is taken out of the request."""
    row = row_of(request, establishment_id, Word.ASK)
    return _dropped(request, row, actions.drop_employer, named_id=named_id)


@requires(Word.ASK)
def leave_group(request: HttpRequest, establishment_id: int, member_id: int) -> HttpResponse:
    """Somebody is taken out of the founding group."""
    row = row_of(request, establishment_id, Word.ASK)
    return _dropped(request, row, actions.leave_founding_group, member_id=member_id)


def _dropped(request: HttpRequest, row: "UnionEstablishment", step: Any, **which: int) -> HttpResponse:
    def act(_told: Mapping[str, Any]) -> str:
        step(establishment_id=row.pk, **which, **by_at(request))
        return home_of(row)

    page = page_of(row, say("从申请里删去"), say("确认删去"), said=say("已删去。"))
    return answer(request, forms.DropForm(request.POST or None), page, act=act)


@requires(Word.ASK)
def submit(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The request goes to the town."""
    row = row_of(request, establishment_id, Word.ASK)
    form = forms.VersionForm(request.POST or None, initial={"version": row.version})
    words = say("提交后系统生成建会请示，上级工会按期审核；审核期间不能再改内容。")
    known = (Fact(say("工会全称"), row.name), Fact(say("会员数"), say("{n} 人", n=row.members)))
    page = page_of(
        row,
        say("提交建会申请"),
        say("提交，请上级工会审核"),
        said=say("已提交，建会请示已生成。"),
        words=words,
        known=known,
    )
    return answer(request, form, page, act=acting(request, row, actions.submit_establishment))


@requires(Word.ASK)
def withdraw(request: HttpRequest, establishment_id: int) -> HttpResponse:
    """The request is withdrawn."""
    row = row_of(request, establishment_id, Word.ASK)
    form = forms.ReasonForm(request.POST or None, initial={"version": row.version})
    final = say("撤回后这件申请就结束了，要建会须重新申请；已填的内容仍可查看。")
    page = page_of(row, say("撤回建会申请"), say("撤回这件建会申请"), said=say("申请已撤回。"), final=final)
    return answer(request, form, page, act=acting(request, row, actions.withdraw_establishment))
