"""Whether federations live: the list, one federation, its activities and its seven haves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.forms import FormPage, answer, by_at
from niangjia.kernel.listing import slice_of
from niangjia.kernel.shapes import Act, Cell, Column, Crumb, Fact, Row, Table
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.vitality import actions, forms, queries
from niangjia.vitality.models import Activity
from niangjia.vitality.permissions import Word
from niangjia.vitality.rules import ACTIVITY_LABELS, GOAL_WORDS, LIFE_WORDS, ActivityKind, Life

LIST = say("联合会活力")
MOST = 400
"""So many federations of a scope are looked at for a narrowed list; more are narrowed by their town first."""


@requires(Word.READ)
def vitality(request: HttpRequest) -> HttpResponse:
    """The federations of the scope, with their last signs of life and hints to merge."""
    actor, today = actor_of(request), clock.today()
    scope = actor.scope_for(Word.READ)
    form = forms.VitalityForm(request.GET)
    asked = form.cleaned_data.get("life", "") if form.is_valid() else ""
    rows = queries.federations_in_scope(scope=scope, under="", today=today)
    total = rows.count()
    if asked:
        looked = queries.standings(rows=list(rows[:MOST]), scope=scope, today=today)
        found = [one for one in looked if one.life == asked or (asked == "small" and one.is_small)]
        pager, total = None, len(found)
    else:
        address = request.GET
        part = slice_of(rows, sort="path", before=address.get("before", ""), after=address.get("after", ""))
        found, pager = queries.standings(rows=part.rows, scope=scope, today=today), part.pager(total=total)
    context = {"form": form, "table": _table(found), "pager": pager, "total": total}
    return render(request, "vitality/vitality.html", context)


def _table(rows: list[queries.Standing]) -> Table:
    heads = (say("联合会"), say("最近会议"), say("最近活动"), say("覆盖单位"), say("会员"), say("状态"))
    return Table(
        caption=LIST,
        columns=[Column(head, right=place in {3, 4}) for place, head in enumerate(heads)],
        rows=[_line(row) for row in rows],
        empty=say("没有符合条件的联合会。"),
    )


def _line(row: queries.Standing) -> Row:
    small = say("规模偏小，建议撤并改") if row.is_small else ""
    state = Cell(LIFE_WORDS[row.life], status="done" if row.life is Life.ALIVE else "warn", note=small)
    cells = (
        row.organisation.name,
        row.signs.last_meeting or "—",
        row.signs.last_activity or "—",
        row.employers,
        row.signs.members,
        state,
    )
    return Row(cells, href=reverse("vitality-of", args=[row.organisation.pk]))


@requires(Word.READ)
def federation(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One federation: is it alive, how far with the three goals, what it did, its seven haves."""
    actor, today = actor_of(request), clock.today()
    scope = actor.scope_for(Word.READ)
    one = queries.standing_of(unit_id=unit_id, scope=scope, today=today)
    days = queries.dormant_days(unit_id=unit_id, day=today)
    context = {
        "one": one,
        "life": LIFE_WORDS[one.life],
        "alive": one.life is Life.ALIVE,
        "days": days,
        "crumbs": [Crumb(LIST, reverse("vitality")), Crumb(one.organisation.name)],
        "actions": _acts(one, actor),
        "goals": [
            (GOAL_WORDS[goal], checks) for goal, checks in one.goals(today=today, dormant_days=days).items()
        ],
        "facts": _facts(one),
        "haves": queries.seven_haves_of(unit_id=unit_id, year=today.year),
        **_activities(request, one),
    }
    return render(request, "vitality/federation.html", context)


def _activities(request: HttpRequest, one: queries.Standing) -> dict[str, Any]:
    """What it did, a page at a time, with the way to void a record."""
    actor, asked = actor_of(request), request.GET
    rows = queries.activities_of(unit_id=one.organisation.pk, scope=actor.scope_for(Word.READ))
    part = slice_of(rows, sort="-held_on", before=asked.get("before", ""), after=asked.get("after", ""))
    may = actor.may(Word.RECORD, at=one.organisation.path)
    return {"done": _done(part.rows, may_void=may), "pager": part.pager(total=rows.count())}


def _acts(one: queries.Standing, actor: Actor) -> list[Act]:
    if not actor.may(Word.RECORD, at=one.organisation.path):
        return []
    here = [one.organisation.pk]
    return [
        Act(say("登记一次活动"), reverse("record-activity", args=here), icon="plus", kind="primary"),
        Act(say("今年的七有自查"), reverse("seven-haves", args=here), icon="clipboard-list"),
    ]


def _facts(one: queries.Standing) -> list[Fact]:
    signs, here = one.signs, one.organisation.pk
    told: list[tuple[Any, object, str]] = [
        (say("最近会议"), signs.last_meeting or say("没有记录"), ""),
        (say("最近活动"), signs.last_activity or say("没有记录"), ""),
        (say("最近办理业务"), signs.last_work or say("没有记录"), ""),
        (say("阵地"), say("{n} 处", n=signs.stations), ""),
        (say("主席以外的工作人员"), say("{n} 人", n=signs.staff), ""),
        (say("覆盖单位"), say("{n} 家", n=one.employers), f"{reverse('employers')}?under={here}"),
        (say("会员"), say("{n} 人", n=signs.members), f"{reverse('members')}?under={here}"),
        (say("一年前的会员"), say("{n} 人", n=signs.members_before), ""),
    ]
    return [Fact(term, value, href) for term, value, href in told]


def _done(rows: tuple[Activity, ...], *, may_void: bool) -> Table:
    heads = [
        Column(say("名称")),
        Column(say("类别")),
        Column(say("日期")),
        Column(say("参加人次"), right=True),
        Column(say("地点")),
        *([Column(say("办理"))] if may_void else []),
    ]
    return Table(
        caption=say("会议与活动"),
        columns=heads,
        rows=[Row(_activity_cells(row, may_void=may_void)) for row in rows],
        empty=say("还没有登记会议或活动。"),
    )


def _activity_cells(row: Activity, *, may_void: bool) -> list[object]:
    title: object = (
        Cell(row.title, note=say("已作废：{why}", why=row.void_reason)) if row.void_reason else row.title
    )
    void: object = (
        "—" if row.void_reason else Cell(say("作废这条"), href=reverse("void-activity", args=[row.pk]))
    )
    kind = say(ACTIVITY_LABELS[ActivityKind(row.kind)])
    return [title, kind, row.held_on, row.attendances, row.place or "—", *([void] if may_void else [])]


@requires(Word.RECORD)
def record(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A meeting, an activity, a visit is recorded."""
    row = network.organisation_in_scope(unit_id=unit_id, scope=actor_of(request).scope_for(Word.RECORD))
    here = reverse("vitality-of", args=[row.pk])

    def act(told: Mapping[str, Any]) -> str:
        draft = actions.ActivityDraft(**{**told, "kind": ActivityKind(told["kind"])})
        actions.record_activity(unit_id=row.pk, draft=draft, **by_at(request))
        return here

    page = FormPage.about(row.name, here, say("登记一次活动"), say("登记这次活动"), said=say("活动已登记。"))
    return answer(request, forms.ActivityForm(request.POST or None), page, act=act)


@requires(Word.RECORD)
def void(request: HttpRequest, activity_id: int) -> HttpResponse:
    """A record that was wrong is void."""
    row = queries.activity_in_scope(activity_id=activity_id, scope=actor_of(request).scope_for(Word.RECORD))
    here = reverse("vitality-of", args=[row.organisation_id])

    def act(told: Mapping[str, Any]) -> str:
        actions.void_activity(activity_id=row.pk, **told, **by_at(request))
        return here

    final = say("作废后这条不再算作活动，记录和原因都保留。")
    page = FormPage.about(
        row.title, here, say("作废活动记录"), say("作废这条"), said=say("已作废。"), final=final
    )
    return answer(request, forms.VoidForm(request.POST or None), page, act=act)


@requires(Word.RECORD)
def seven_haves(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The self-check of this year, prefilled with what was told before."""
    row = network.organisation_in_scope(unit_id=unit_id, scope=actor_of(request).scope_for(Word.RECORD))
    today = clock.today()
    items = queries.items_asked(unit_id=row.pk, day=today)
    form = forms.SevenHavesForm(request.POST or None, items=items, initial=_known(row.pk, items, today))
    here = reverse("vitality-of", args=[row.pk])

    def act(told: Mapping[str, Any]) -> str:
        met, evidence = form.told(items)
        version = told["version"]
        actions.check_seven_haves(
            unit_id=row.pk, met=met, evidence=evidence, version=version, **by_at(request)
        )
        return here

    title = say("{year} 年七有自查", year=today.year)
    page = FormPage.about(row.name, here, title, say("保存自查"), said=say("自查已保存。"))
    return answer(request, form, page, act=act)


def _known(unit_id: int, items: tuple[str, ...], today: date) -> dict[str, object]:
    known = queries.seven_haves_of(unit_id=unit_id, year=today.year)
    told = {item["name"]: item for item in known.items} if known else {}
    initial: dict[str, object] = {"version": known.version if known else 0}
    for place, name in enumerate(items):
        if name in told:
            initial[f"ok{place}"] = "yes" if told[name]["ok"] else "no"
            initial[f"evidence{place}"] = told[name]["evidence"]
    return initial
