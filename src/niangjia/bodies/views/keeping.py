"""Forms about zones and facilities: opened, corrected, ended; who lies in a zone."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from niangjia.bodies import actions, forms, queries
from niangjia.bodies.permissions import Word
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import EndForm, FormPage, answer, by_at
from niangjia.kernel.shapes import Text
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.network.permissions import Word as NetworkWord

if TYPE_CHECKING:
    from niangjia.bodies.models import Zone
    from niangjia.network.models import Organisation


def organisation_url(unit_id: int) -> str:
    """The register page of an organisation."""
    return reverse("organisation", args=[unit_id])


def page_of(row: "Organisation", title: Text, button: Text, **more: Any) -> FormPage:
    """The page around a form about what an organisation keeps."""
    return FormPage.about(row.name, organisation_url(row.pk), title, button, **more)


def keeper(request: HttpRequest, unit_id: int, word: StrEnum) -> "Organisation":
    """The organisation on which it hangs, inside the reach of the acting post for that step."""
    return network.organisation_in_scope(unit_id=unit_id, scope=actor_of(request).scope_for(word))


def _edit(
    request: HttpRequest, page: FormPage, form: Form, save: Callable[..., None], *, goal: str
) -> HttpResponse:
    """What is kept is as said, if nobody was faster; the reader goes to its page."""

    def act(told: Mapping[str, Any]) -> str:
        columns = {name: value for name, value in told.items() if name != "version"}
        save(version=told["version"], columns=columns, **by_at(request))
        return goal

    return answer(request, form, page, act=act)


@requires(Word.FACILITY)
def open_facility(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A facility is registered."""
    row = keeper(request, unit_id, Word.FACILITY)

    def act(told: Mapping[str, Any]) -> str:
        facility = actions.open_facility(organisation=row, columns=told, **by_at(request))
        return reverse("facility", args=[facility.pk])

    page = page_of(row, say("登记一个阵地"), say("登记这个阵地"), said=say("阵地已登记。"))
    return answer(request, forms.FacilityForm(request.POST or None), page, act=act)


@requires(Word.FACILITY)
def edit_facility(request: HttpRequest, facility_id: int) -> HttpResponse:
    """A facility's facts are corrected, or it is put out of use."""
    scope = actor_of(request).scope_for(Word.FACILITY)
    row = queries.facility_in_scope(facility_id=facility_id, scope=scope)
    initial = {name: getattr(row, name, None) for name in forms.FacilityEditForm.base_fields}
    initial["rooms"] = "、".join(row.rooms)
    initial["investment"] = None if row.investment_fen is None else f"{row.investment_fen / 100:.2f}"
    form = forms.FacilityEditForm(request.POST or None, initial=initial)
    said = say("资料已保存。")
    page = page_of(row.organisation, say("修改阵地资料"), say("保存阵地资料"), said=said)
    save, goal = partial(actions.edit_facility, facility=row), reverse("facility", args=[row.pk])
    return _edit(request, page, form, save, goal=goal)


@requires(NetworkWord.COVER)
def open_zone(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A zone is registered, kept by this organisation."""
    row = keeper(request, unit_id, NetworkWord.COVER)

    def act(told: Mapping[str, Any]) -> str:
        zone = actions.open_zone(keeper=row, columns=told, **by_at(request))
        return reverse("zone", args=[zone.pk])

    page = page_of(row, say("登记一个商圈或园区"), say("登记这个商圈或园区"), said=say("已登记。"))
    return answer(request, forms.ZoneForm(request.POST or None), page, act=act)


def _zone_page(row: "Zone", title: Text, button: Text, *, said: Text) -> FormPage:
    return FormPage.about(row.name, reverse("zone", args=[row.pk]), title, button, said=said)


@requires(NetworkWord.COVER)
def edit_zone(request: HttpRequest, zone_id: int) -> HttpResponse:
    """A zone's facts are corrected, or it ends."""
    row = queries.zone_in_scope(zone_id=zone_id, scope=actor_of(request).scope_for(NetworkWord.COVER))
    initial = {name: getattr(row, name) for name in forms.ZoneEditForm.base_fields}
    page = _zone_page(row, say("修改资料"), say("保存资料"), said=say("资料已保存。"))
    form = forms.ZoneEditForm(request.POST or None, initial=initial)
    return _edit(request, page, form, partial(actions.edit_zone, zone=row), goal=page.back)


@requires(NetworkWord.COVER)
def enter_zone(request: HttpRequest, zone_id: int) -> HttpResponse:
    """An employer lies in this zone from a day on."""
    scope = actor_of(request).scope_for(NetworkWord.COVER)
    row = queries.zone_in_scope(zone_id=zone_id, scope=scope)
    form = forms.EnterZoneForm(request.POST or None)
    form.fields["employer"].rows = network.employers_of(scope=scope)  # type: ignore[attr-defined]

    def act(told: Mapping[str, Any]) -> str:
        actions.enter_zone(zone=row, **told, **by_at(request))
        return reverse("zone", args=[row.pk])

    page = _zone_page(row, say("登记一家单位在这里"), say("登记它在这里"), said=say("已登记。"))
    return answer(request, form, page, act=act)


@requires(NetworkWord.COVER)
def leave_zone(request: HttpRequest, zone_id: int, employer_id: int) -> HttpResponse:
    """An employer lies in this zone no longer."""
    row = queries.zone_in_scope(zone_id=zone_id, scope=actor_of(request).scope_for(NetworkWord.COVER))

    def act(told: Mapping[str, Any]) -> str:
        actions.leave_zone(zone=row, employer_id=employer_id, until=told["until"], **by_at(request))
        return reverse("zone", args=[row.pk])

    page = _zone_page(row, say("登记单位离开"), say("登记它离开这里"), said=say("已登记。"))
    return answer(request, EndForm(request.POST or None), page, act=act)
