"""Drives in the office: started for a zone, visited stop by stop, closed; their codes."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.bodies import queries as bodies
from niangjia.drives import actions, queries
from niangjia.drives.forms import CloseForm, CodeForm, DriveForm, VisitForm
from niangjia.drives.models import DriveStop, JoinDrive
from niangjia.drives.permissions import Word
from niangjia.drives.rules import StopState, Target
from niangjia.joining import actions as joining
from niangjia.joining.permissions import Word as JoiningWord
from niangjia.kernel import clock
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.listing import slice_of
from niangjia.kernel.shapes import Act, Crumb
from niangjia.kernel.words import say
from niangjia.network import queries as network

DRIVES = say("集中入会")
USUAL_USES = 500


@requires(Word.RUN)
def drives(request: HttpRequest) -> HttpResponse:
    """The drives of the acting post's union and of those below."""
    rows = queries.drives_in_scope(scope=actor_of(request).scope_for(Word.RUN))
    part = slice_of(
        rows, sort="-id", before=request.GET.get("before", ""), after=request.GET.get("after", "")
    )
    actor = actor_of(request)
    acts = (
        [Act(say("发起集中入会"), reverse("start-drive", args=[actor.unit_id]), kind="primary")]
        if actor.unit_id
        else []
    )
    table = queries.drives_table(drives=part.rows)
    context = {"table": table, "pager": part.pager(total=rows.count()), "heading": DRIVES, "acts": acts}
    return render(request, "joining/list.html", context)


@requires(Word.RUN)
def start(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A drive through a zone: a stop for every employer there."""
    actor = actor_of(request)
    unit = network.organisation_in_scope(unit_id=unit_id, scope=actor.scope_for(Word.RUN))
    zones = bodies.zones_in_scope(scope=actor.scope_for("network.read")).filter(until=None)
    unions = network.public_organisations(filters=network.Filters(), today=clock.today())
    day = clock.today()
    form = DriveForm(
        request.POST or None, zones=zones.values_list("pk", "name")[:500], unions=unions,
        initial={"starts_on": day, "ends_on": day},
    )  # fmt: skip

    def act(told: Mapping[str, Any]) -> str:
        guide = told.pop("guided_by") if isinstance(told, dict) else None
        zone = int(told.pop("zone")) if isinstance(told, dict) else 0
        draft = actions.DriveDraft(zone_id=zone, guided_by_id=guide.pk if guide else None, **told)
        return reverse("drive", args=[actions.start_drive(unit_id=unit.pk, draft=draft, **by_at(request)).pk])

    here, title = reverse("organisation", args=[unit.pk]), say("发起集中入会")
    page = FormPage.about(unit.name, here, title, say("发起，列出上门清单"), said=say("上门清单已列好。"))
    return answer(request, form, page, act=act)


@requires(Word.RUN)
def drive(request: HttpRequest, drive_id: int) -> HttpResponse:
    """The board of a drive."""
    show = request.GET.get("show", "")
    board = queries.board_of(drive_id=drive_id, actor=actor_of(request), show=show, today=clock.today())
    crumbs = [Crumb(DRIVES, reverse("drives")), Crumb(board.row.title)]
    return render(request, "drives/drive.html", {"board": board, "crumbs": crumbs, "show": show})


@requires(Word.RUN)
def close(request: HttpRequest, drive_id: int) -> HttpResponse:
    """The squad has come home."""
    row = queries.drive_in_scope(drive_id=drive_id, scope=actor_of(request).scope_for(Word.RUN))
    here, title = reverse("drive", args=[row.pk]), say("收队")

    def act(told: Mapping[str, Any]) -> str:
        actions.close_drive(drive_id=row.pk, **told, **by_at(request))
        return here

    final = say("收队后不能再记上门情况；入会码到期前仍可用。")
    page = FormPage.about(row.title, here, title, title, said=say("已收队。"), final=final)
    return answer(request, CloseForm(request.POST or None, initial={"version": row.version}), page, act=act)


@requires(Word.RUN)
def visit(request: HttpRequest, stop_id: int) -> HttpResponse:
    """One stop: its code and its applications, and what came of it."""
    actor = actor_of(request)
    row = queries.stop_in_scope(stop_id=stop_id, scope=actor.scope_for(Word.RUN))
    initial = {
        name: getattr(row, name)
        for name in ("version", "asked", "come_back_on", "checks", "building", "floor", "words")
    }
    initial["state"] = "" if row.state == StopState.OPEN else row.state
    form = VisitForm(request.POST or None, has_union=row.target == Target.UNION, initial=initial)
    here = reverse("drive", args=[row.drive_id])

    def act(told: Mapping[str, Any]) -> str:
        rest = {name: value for name, value in told.items() if name != "version" and value is not None}
        rest["state"] = StopState(told["state"])
        actions.visit_stop(
            stop_id=row.pk, version=told["version"], visit=actions.Visit(**rest), **by_at(request)
        )
        return here

    page = FormPage.about(
        row.drive.title, here, say("上门：{employer}", employer=row.employer.name), say("记下这一家"),
        said=say("已记下。"), known=queries.facts_of_stop(stop=row, actor=actor),
    )  # fmt: skip
    return answer(request, form, page, act=act)


@requires(JoiningWord.CODE)
def drive_code(request: HttpRequest, drive_id: int) -> HttpResponse:
    """A code for the whole drive: whoever scans it chooses his employer in the zone."""
    row = queries.drive_in_scope(drive_id=drive_id, scope=actor_of(request).scope_for(JoiningWord.CODE))
    return _coded(request, row, None)


@requires(JoiningWord.CODE)
def stop_code(request: HttpRequest, stop_id: int) -> HttpResponse:
    """A code for one stop: its employer need not be told."""
    stop = queries.stop_in_scope(stop_id=stop_id, scope=actor_of(request).scope_for(JoiningWord.CODE))
    return _coded(request, stop.drive, stop)


def _coded(request: HttpRequest, row: JoinDrive, stop: DriveStop | None) -> HttpResponse:
    label = stop.employer.name if stop else row.title
    initial = {"label": label[:80], "expires_on": row.ends_on, "max_uses": USUAL_USES}
    form = CodeForm(request.POST or None, initial=initial)

    def act(told: Mapping[str, Any]) -> str:
        draft = joining.CodeDraft(
            **told, zone_id=row.zone_id, drive_id=row.pk, stop_id=stop.pk if stop else None,
            employer_id=stop.employer_id if stop else None,
        )  # fmt: skip
        code = joining.make_code(unit_id=row.organisation_id, draft=draft, **by_at(request))
        return reverse("join-code-office", args=[code.pk])

    here, title = reverse("drive", args=[row.pk]), say("制作入会码")
    page = FormPage.about(row.title, here, title, title, said=say("入会码已做好，可以打印。"))
    return answer(request, form, page, act=act)
