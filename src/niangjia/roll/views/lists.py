"""The list of members and the statistics: filters in the address, numbers that open rows."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from niangjia.exchange.permissions import Word as ExchangeWord
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.doors import actor_of, requires
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.listing import Slice, slice_of
from niangjia.kernel.policing import value_of
from niangjia.kernel.shapes import Act
from niangjia.kernel.words import say
from niangjia.members import queries
from niangjia.members.permissions import Word
from niangjia.network import queries as network
from niangjia.roll import forms
from niangjia.roll.views import shown

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.members.models import Membership


NOWHERE = "!"
LONGEST_NUMBER = 15
COUNTED = ("words", "form", "lacks", "sex", "migrant", "union", "employer", "state")


@requires(Word.READ)
def members(request: HttpRequest) -> HttpResponse:
    """The members of the reader's scope: found by a few letters, narrowed, each once."""
    actor, today = actor_of(request), clock.today()
    scope = actor.scope_for(Word.READ)
    form = forms.MembersForm(request.GET, units=network.unit_choices(scope=scope, also=_asked_unit(request)))
    told = form.told
    filters = queries.with_words_found(filters=_filters(told, actor, today), scope=scope)
    rows = queries.members_in_scope(scope=scope, filters=filters, today=today)
    part = _part(request, rows)
    counts = _counts(scope, told, today)
    known = counts.members if counts and not any(told.get(name) for name in COUNTED) else None
    context = {
        "form": form,
        "table": shown.members_table(part.rows, actor=actor, today=today, first=_enrol(actor)),
        "pager": part.pager(total=_total(part, rows, known, more=filters.more)),
        "too_many": queries.FOUND_AT_MOST if filters.more else None,
        "figures": shown.figures(counts, under=told.get("under"), day=told.get("day")) if counts else (),
        "actions": _acts(request, actor),
    }
    return render(request, "roll/members.html", context)


@requires(Word.READ)
def statistics(request: HttpRequest) -> HttpResponse:
    """The members of a union by sex, age, home, form of work and industry, all from the roll-up."""
    actor, today = actor_of(request), clock.today()
    scope = actor.scope_for(Word.READ)
    form = forms.MembersForm(request.GET, units=network.unit_choices(scope=scope, also=_asked_unit(request)))
    for name in [one for one in form.fields if one not in {"under", "day"}]:
        del form.fields[name]
    told = form.told
    counts = _counts(scope, told, today) or queries.MemberCounts(day=today)
    least = value_of(key="member.small_cell", unit_id=actor.unit_id, day=today).of(int)
    context = {
        "form": form,
        "figures": shown.figures(counts, under=told.get("under"), day=told.get("day")),
        "tables": shown.splits(counts, least=least, under=told.get("under")),
        "day": counts.day,
    }
    return render(request, "roll/statistics.html", context)


def _filters(told: dict[str, Any], actor: Actor, today: date) -> queries.MemberFilters:
    migrant = {"yes": True, "no": False}.get(told.get("migrant", ""))
    return queries.MemberFilters(
        words=told.get("words", ""),
        under=_path(told.get("under"), told.get("day") or today),
        union_id=told.get("union"),
        employer_id=told.get("employer"),
        state=told.get("state") or "active",
        sex=told.get("sex", ""),
        form=told.get("form", ""),
        migrant=migrant,
        lacks=told.get("lacks", ""),
        only_women=actor.role == "wom",
        day=told.get("day"),
    )


def _path(unit_id: int | None, day: date) -> str:
    """Where a unit stands today; nobody is a member under one that does not stand on the day."""
    if unit_id is None:
        return ""
    try:
        return network.path_on(unit_id=unit_id, day=day)
    except NotVisible:
        return NOWHERE


def _asked_unit(request: HttpRequest) -> int | None:
    told = request.GET.get("under", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST_NUMBER else None


def _part(request: HttpRequest, rows: "QuerySet[Membership]") -> "Slice[Membership]":
    asked = request.GET
    return slice_of(rows, sort="name_key", before=asked.get("before", ""), after=asked.get("after", ""))


def _total(
    part: "Slice[Membership]", rows: "QuerySet[Membership]", known: int | None, *, more: bool
) -> int | None:
    """The roll-up's figure where there is one, else the rows counted; too many found are not counted out."""
    if more:
        return None
    if known is not None:
        return known
    whole = part.rows and not (part.before or part.after)
    return len(part.rows) if whole else rows.count()


def _counts(scope: Scope, told: dict[str, Any], today: date) -> queries.MemberCounts | None:
    """The figures over the list: of the unit it is narrowed to, or of the reader's whole scope."""
    day = told.get("day") or today
    tops = [_path(told["under"], day)] if told.get("under") else list(scope.tops)
    tops = [top for top in tops if top and top != NOWHERE]
    if not tops:
        return None
    amounts: dict[str, int] = {}
    for one in queries.member_counts_at(paths=tops, day=day):
        for measure, amount in one.amounts.items():
            amounts[measure] = amounts.get(measure, 0) + amount
    return queries.MemberCounts(day=day, amounts=amounts)


def _enrol(actor: Actor) -> Act | None:
    if not actor.may(Word.ENROL) or actor.unit_id is None:
        return None
    return Act(say("登记会员"), reverse("enrol-member", args=[actor.unit_id]), icon="plus", kind="primary")


def _acts(request: HttpRequest, actor: Actor) -> list[Act]:
    enrol = _enrol(actor)
    acts = [enrol] if enrol else []
    acts.append(Act(say("会员统计"), reverse("member-statistics"), icon="list"))
    query = request.GET.urlencode()
    if actor.may(Word.ENROL) and actor.may(ExchangeWord.IMPORT):
        acts.append(Act(say("导入"), reverse("send-file", args=["members"]), icon="upload"))
    if actor.may(ExchangeWord.EXPORT):
        here = reverse("ask-for-list", args=["members"])
        acts.append(Act(say("导出"), f"{here}?{query}" if query else here, icon="download"))
    return acts
