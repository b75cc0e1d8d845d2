"""Forms about organisations: found, edit, rename, compose, move, relate, close."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import EndForm, FormPage, answer, by_at
from niangjia.kernel.shapes import Text
from niangjia.kernel.words import say
from niangjia.network import actions, queries
from niangjia.network.permissions import Word
from niangjia.network.rules import PARENTS, PRIMARY, OrgKind
from niangjia.register import forms
from niangjia.register.views.shown import organisation_url

if TYPE_CHECKING:
    from niangjia.network.models import Organisation


def page_of(row: "Organisation", title: Text, button: Text, **more: Any) -> FormPage:
    """The page around a form about an organisation."""
    return FormPage.about(row.name, organisation_url(row.pk), title, button, **more)


def target(request: HttpRequest, unit_id: int, word: Word) -> "Organisation":
    """The organisation that the step is about, inside the reach of the acting post for that step."""
    return queries.organisation_in_scope(unit_id=unit_id, scope=actor_of(request).scope_for(word))


def reachable(request: HttpRequest, word: Word, kinds: Any = None) -> Any:
    """The living organisations that a name typed into a form may mean."""
    filters = queries.Filters(kinds=[str(kind) for kind in kinds or ()])
    scope = actor_of(request).scope_for(word)
    return queries.organisations_in_scope(scope=scope, filters=filters, today=clock.today())


@requires(Word.FOUND)
def found(request: HttpRequest, unit_id: int) -> HttpResponse:
    """An organisation is registered under this one; a primary union under a federation is its N or X."""
    parent = target(request, unit_id, Word.FOUND)
    form = forms.FoundForm(request.POST or None, under=OrgKind(parent.kind))

    def act(told: Mapping[str, Any]) -> str:
        draft = actions.OrganisationDraft(**{**told, "kind": OrgKind(told["kind"])})
        part = parent.kind == OrgKind.FEDERATION and draft.kind in PRIMARY
        first = max(draft.established_on, parent.established_on)
        composed_on = first if part else None
        row = actions.found_organisation(
            draft=draft, parent_id=parent.pk, composed_on=composed_on, today=clock.today(), **by_at(request)
        )
        return organisation_url(row.pk)

    page = page_of(parent, say("登记一个下级组织"), say("登记这个组织"), said=say("组织已登记。"))
    return answer(request, form, page, act=act)


@requires(Word.EDIT)
def edit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The organisation's facts are corrected or change."""
    row = target(request, unit_id, Word.EDIT)
    initial = {name: getattr(row, name, "") for name in forms.OrganisationForm.base_fields}
    initial["since"] = clock.today()
    form = forms.OrganisationForm(request.POST or None, kind=row.kind, initial=initial)

    def act(told: Mapping[str, Any]) -> str:
        columns = {
            "since": clock.today(),
            **{name: value for name, value in told.items() if value is not None},
        }
        actions.edit_organisation(unit_id=row.pk, **columns, **by_at(request))
        return organisation_url(row.pk)

    page = page_of(row, say("修改组织资料"), say("保存组织资料"), said=say("资料已保存。"))
    return answer(request, form, page, act=act)


@requires(Word.EDIT)
def rename(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The organisation bears a new name from a day on."""
    row = target(request, unit_id, Word.EDIT)

    def act(told: Mapping[str, Any]) -> str:
        actions.rename_organisation(organisation=row, **told, **by_at(request))
        return organisation_url(row.pk)

    page = page_of(row, say("更名"), say("按新名称登记"), said=say("新名称已登记，旧名称仍可查到。"))
    return answer(request, forms.RenameForm(request.POST or None), page, act=act)


@requires(Word.FOUND)
def compose(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A primary union becomes N or X of this federation."""
    row = target(request, unit_id, Word.FOUND)
    form = forms.ComposeForm(request.POST or None)
    form.fields["child"].rows = reachable(request, Word.FOUND, PRIMARY)  # type: ignore[attr-defined]

    def act(told: Mapping[str, Any]) -> str:
        actions.compose(federation=row, today=clock.today(), **told, **by_at(request))
        return organisation_url(row.pk)

    page = page_of(row, say("编入一家工会"), say("编入这个联合会"), said=say("已编入。"))
    return answer(request, form, page, act=act)


@requires(Word.MOVE)
def move(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The organisation stands under another from a day on."""
    row = target(request, unit_id, Word.MOVE)
    form = forms.MoveForm(request.POST or None)
    form.fields["parent"].rows = reachable(request, Word.MOVE, PARENTS[OrgKind(row.kind)])  # type: ignore[attr-defined]

    def act(told: Mapping[str, Any]) -> str:
        actions.move_organisation(organisation=row, today=clock.today(), **told, **by_at(request))
        return organisation_url(row.pk)

    final = say("它和它下面的全部组织、单位从这一天起按新的隶属统计。以前的统计不变。")
    page = page_of(row, say("调整隶属"), say("按新的隶属登记"), said=say("新的隶属已登记。"), final=final)
    return answer(request, form, page, act=act)


@requires(Word.MOVE)
def relate(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Another organisation guides this one or leads it by line."""
    row = target(request, unit_id, Word.MOVE)
    form = forms.RelationForm(request.POST or None)
    form.fields["guide"].rows = reachable(request, Word.MOVE)  # type: ignore[attr-defined]

    def act(told: Mapping[str, Any]) -> str:
        actions.relate_organisations(child=row, **told, **by_at(request))
        return organisation_url(row.pk)

    page = page_of(row, say("登记指导关系"), say("登记这条关系"), said=say("指导关系已登记，不影响统计。"))
    return answer(request, form, page, act=act)


@requires(Word.MOVE)
def end_relation(request: HttpRequest, unit_id: int, relation_id: int) -> HttpResponse:
    """A guidance or line relation ends."""
    row = target(request, unit_id, Word.MOVE)

    def act(told: Mapping[str, Any]) -> str:
        actions.end_relation_of(
            organisation=row, relation_id=relation_id, until=told["until"], **by_at(request)
        )
        return organisation_url(row.pk)

    page = page_of(row, say("结束指导关系"), say("结束这条关系"), said=say("关系已结束。"))
    return answer(request, EndForm(request.POST or None), page, act=act)


@requires(Word.FOUND)
def close(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The organisation is closed on a day; it stays readable."""
    row = target(request, unit_id, Word.FOUND)

    def act(told: Mapping[str, Any]) -> str:
        actions.close_organisation(organisation=row, **told, **by_at(request))
        return organisation_url(row.pk)

    final = say("撤销以后它不再计入统计，只供查阅，不能恢复。")
    page = page_of(row, say("撤销这个组织"), say("撤销这个组织"), said=say("撤销已登记。"), final=final)
    return answer(request, EndForm(request.POST or None), page, act=act)
