"""Forms about employers: register, edit, cover, end a coverage."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import EndForm, FormPage, answer, by_at
from niangjia.kernel.shapes import Fact, Text
from niangjia.kernel.words import say
from niangjia.network import actions, queries
from niangjia.network.permissions import Word
from niangjia.network.rules import PRIMARY, EmployerKind, Sector
from niangjia.register import forms
from niangjia.register.views.organising import page_of, reachable, target

if TYPE_CHECKING:
    from niangjia.network.models import Employer


def _page(row: "Employer", title: Text, button: Text, **more: Any) -> FormPage:
    return FormPage.about(row.name, reverse("employer", args=[row.pk]), title, button, **more)


@requires(Word.COVER)
def register(request: HttpRequest, unit_id: int) -> HttpResponse:
    """An employer enters this organisation's register; by a primary union it is covered at once."""
    keeper = target(request, unit_id, Word.COVER)

    def act(told: Mapping[str, Any]) -> str:
        kinds = {"kind": EmployerKind(told["kind"]), "sector": Sector(told["sector"])}
        draft = actions.EmployerDraft(**{**told, **kinds})
        row = actions.register_employer(draft=draft, keeper_id=keeper.pk, **by_at(request))
        return reverse("employer", args=[row.pk])

    page = page_of(keeper, say("登记一家单位"), say("登记这家单位"), said=say("单位已登记。可接着办理覆盖。"))
    return answer(request, forms.EmployerForm(request.POST or None), page, act=act)


@requires(Word.COVER)
def edit(request: HttpRequest, employer_id: int) -> HttpResponse:
    """The employer's facts are corrected or change."""
    scope = actor_of(request).scope_for(Word.COVER)
    row = queries.employer_in_scope(employer_id=employer_id, scope=scope)
    initial = {name: getattr(row, name) for name in forms.EmployerEditForm.base_fields}
    initial["since"] = clock.today()

    def act(told: Mapping[str, Any]) -> str:
        actions.edit_employer(employer_id=row.pk, **told, **by_at(request))
        return reverse("employer", args=[row.pk])

    title, button = say("修改单位资料"), say("保存单位资料")
    page = _page(row, title, button, said=say("资料已保存。"))
    form = forms.EmployerEditForm(request.POST or None, initial=initial)
    return answer(request, form, page, act=act)


@requires(Word.COVER)
def cover(request: HttpRequest, employer_id: int) -> HttpResponse:
    """A union covers this employer from a day on."""
    scope = actor_of(request).scope_for(Word.COVER)
    row = queries.employer_in_scope(employer_id=employer_id, scope=scope)
    form = forms.CoverForm(request.POST or None)
    form.fields["union"].rows = reachable(request, Word.COVER, PRIMARY)  # type: ignore[attr-defined]

    def act(told: Mapping[str, Any]) -> str:
        actions.cover_employer(employer=row, **told, **by_at(request))
        return reverse("employer", args=[row.pk])

    title, button = say("办理覆盖"), say("登记由它覆盖")
    page = _page(row, title, button, said=say("覆盖已登记。"))
    return answer(request, form, page, act=act)


@requires(Word.COVER)
def leave(request: HttpRequest, employer_id: int) -> HttpResponse:
    """The employer leaves the register on a day; while a union covers it the form says what comes first."""
    scope = actor_of(request).scope_for(Word.COVER)
    row = queries.employer_in_scope(employer_id=employer_id, scope=scope)

    def act(told: Mapping[str, Any]) -> str:
        actions.leave_register(employer_id=row.pk, **told, **by_at(request))
        return reverse("employer", args=[row.pk])

    final = say("从这一天起它不在任何名册里，也不再算作盲点；以前的统计和记录都保留。")
    known = [
        Fact(say("单位"), row.name),
        Fact(say("在册组织"), row.keeper.name),
        Fact(say("入册日"), row.since),
    ]
    page = _page(row, say("办理出册"), say("登记它出册"), said=say("已登记出册。"), final=final, known=known)
    return answer(request, forms.LeaveForm(request.POST or None), page, act=act)


@requires(Word.COVER)
def end(request: HttpRequest, coverage_id: int) -> HttpResponse:
    """A coverage ends on a day."""
    scope = actor_of(request).scope_for(Word.COVER)
    row = queries.coverage_in_scope(coverage_id=coverage_id, scope=scope)
    firm = row.employer

    def act(told: Mapping[str, Any]) -> str:
        actions.end_coverage(coverage=row, **told, **by_at(request))
        return reverse("employer", args=[firm.pk])

    final = say("从这一天起这家工会不再覆盖它。还有别的工会覆盖它的，改由那家计入统计。")
    known = [Fact(say("单位"), firm.name), Fact(say("工会"), row.union.name), Fact(say("自"), row.since)]
    title, said = say("结束覆盖"), say("覆盖已结束。")
    page = _page(firm, title, say("结束这条覆盖"), said=said, final=final, known=known)
    return answer(request, EndForm(request.POST or None), page, act=act)
