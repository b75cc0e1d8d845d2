"""The list of applications, narrowed by the address; its counts, each opening exactly its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.urls import reverse

from niangjia.aid import queries as aid
from niangjia.aid import rules
from niangjia.aid.permissions import Word
from niangjia.aid.queries import Filters
from niangjia.aid.rules import State
from niangjia.campaigns import queries as campaigns
from niangjia.casework.queries.shown import (
    Told,
    address,
    knows_names,
    names_of,
    table_of,
)
from niangjia.casework.rules import BATCHES
from niangjia.exchange.permissions import Word as ExchangeWord
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.listing import slice_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Act, Column, Figure, Pager, Panel, Row, Tab, Table
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.aid.models import AidApplication
    from niangjia.network.models import Organisation

NOWHERE = "!"
TABS = (
    State.DRAFT, State.SUBMITTED, State.RETURNED, State.VISITED, State.REVIEWED, State.NOTICED,
    State.APPROVED, State.PAYING, State.PAID, State.CONFIRMED, State.APPEALED,
)  # fmt: skip
BY = {"household": say("按户"), "person": say("按人")}


def filters_of(*, told: Told) -> Filters:
    """The filters that an address tells; a union that is not there holds nothing."""
    kept = {name: told.get(name) for name in ("campaign", "year", "round", "paid", "household")}
    return Filters(
        state=told.get("state") or "",
        kind=told.get("kind") or "",
        name=told.get("name") or "",
        under=path_of(unit_id=told.get("unit")),
        **kept,
    )


def path_of(*, unit_id: int | None) -> str:
    """The path of the union that an address names; of none all, of one that is not there nothing."""
    if unit_id is None:
        return ""
    try:
        return str(tree.public_unit(unit_id=unit_id).path)
    except NotVisible:
        return NOWHERE


def choices_for(*, actor: Actor) -> dict[str, list[tuple[int, str]]]:
    """The campaigns and unions by which the reader may narrow a list."""
    told = campaigns.campaigns_for(actor=actor).order_by("-year", "-pk").values_list("pk", "name")[:60]
    units = network.unit_choices(scope=actor.scope_for(Word.READ), also=actor.unit_id)
    return {"campaigns": list(told), "units": units}


@dataclass(frozen=True, slots=True)
class Listed:
    """The list with its tabs, figures and what may be done for all that it shows."""

    table: Table
    pager: Pager
    total: int
    tabs: Sequence[Tab]
    figures: Sequence[Figure]
    acts: Sequence[Act]


def application_list(*, actor: Actor, told: Told, before: str = "", after: str = "") -> Listed:
    """Newest first."""
    filters = filters_of(told=told)
    every = aid.applications_for(actor=actor)
    rows, base = (aid.narrowed(rows=every, filters=one) for one in (filters, replace(filters, state="")))
    part, total = slice_of(rows, sort="-created_at", before=before, after=after), rows.count()
    empty = say("没有符合条件的申请。") if any(told.values()) else say("还没有帮扶申请。")
    return Listed(
        table=table_of(rows=part.rows, actor=actor, caption=say("帮扶申请"), empty=empty),
        pager=part.pager(total=total),
        total=total,
        tabs=_tabs(base, filters, told),
        figures=_figures(base, told),
        acts=_acts(actor, told),
    )


def _tabs(rows: "QuerySet[AidApplication]", filters: Filters, told: Told) -> list[Tab]:
    """How many stand at each state, the other filters kept; each opens its rows."""
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    first = Tab(say("全部"), _at(told, state=""), current=not filters.state, count=sum(found.values()))
    return [
        first,
        *(
            Tab(
                rules.LABELS[one], _at(told, state=one), current=filters.state == one, count=found.get(one, 0)
            )
            for one in TABS
            if found.get(one) or filters.state == one
        ),
    ]


def _at(told: Told, *, name: str = "aid-applications", **changed: object) -> str:
    return address(name=name, told={**told, **changed})


def _figures(rows: "QuerySet[AidApplication]", told: Told) -> list[Figure]:
    """Who asks, and four measures of what was granted, each alone; every number opens exactly its rows."""
    done = aid.granted(rows=rows)
    under_way = rows.filter(state__in=[str(one) for one in rules.OPEN]).count()

    def behind(by: str, state: str) -> str:
        return _at(told, name="aid-recipients", by=by, state=state)

    granted = _at(told, state="granted")
    return [
        Figure(
            say("提出申请"), aid.households_asking(rows=rows), behind("household", "asking"), unit=say("户")
        ),
        Figure(say("在办"), under_way, _at(told, state="open"), unit=say("件")),
        Figure(say("已发放"), done.grants, granted, unit=say("笔")),
        Figure(say("受助家庭"), done.households, behind("household", "granted"), unit=say("户")),
        Figure(say("受助职工"), done.persons, behind("person", "granted"), unit=say("人")),
        Figure(say("发放金额"), done.total, granted),
    ]


def _acts(actor: Actor, told: Told) -> list[Act]:
    """What may be done for all that the list shows, if its state is one at which a batch begins."""
    kept = {name: value for name, value in told.items() if name != "state"}
    acts = [
        Act(one.title, address(name=f"aid-batch-{key}", told=kept), "list-checks", "primary")
        for key, one in BATCHES.items()
        if told.get("state") == one.state and actor.may(one.word)
    ]
    if actor.may(Word.ASK) and actor.unit_id is not None:
        acts.append(Act(say("代为申请"), reverse("new-aid-application"), "plus"))
    if actor.may(ExchangeWord.EXPORT):
        asked = address(name="ask-for-list", told=told, args=["aid-applications"])
        acts.append(Act(say("导出这份名单"), asked, "download"))
    return acts


@dataclass(frozen=True, slots=True)
class Recipients:
    """Households or persons, each once, with what was asked and granted to them."""

    table: Table
    total: int
    tabs: Sequence[Tab]


MOST_SHOWN = 500


def recipients(*, actor: Actor, told: Told, by: str) -> Recipients:
    """The households or persons behind a number of the list; as many lines as the number says."""
    rows = aid.narrowed(rows=aid.applications_for(actor=actor), filters=filters_of(told=told))
    found = aid.recipients_of(rows=rows, by=by)
    total = found.count()
    shown = list(found[:MOST_SHOWN])
    names = names_of(person_ids=[one["payee"] for one in shown])
    columns = (
        Column(say("户主（收款人）")),
        Column(say("申请（件）"), right=True),
        Column(say("已发放（笔）"), right=True),
        Column(say("已发放（元）"), right=True),
    )
    table = Table(
        BY[by],
        columns,
        [_line(one, names.get(one["payee"], "—"), actor, told) for one in shown],
        note=say("最多列 {n} 行。", n=MOST_SHOWN) if total > MOST_SHOWN else "",
        empty=say("没有符合条件的家庭。"),
    )
    tabs = [
        Tab(words, _at(told, name="aid-recipients", by=key), current=key == by) for key, words in BY.items()
    ]
    return Recipients(table, total, tabs)


def _line(one: Told, name: str, actor: Actor, told: Told) -> Row:
    whole = knows_names(actor=actor, path=one["place"])
    cells = [name if whole else mask_name(name), one["asked"], one["grants"], str(Yuan(one["total"]))]
    return Row(cells, href=_at(told, household=one["home"]))


def organisation_panel(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """On a union's page: what is under way and what was granted this year (R-PG-17)."""
    if not actor.may(Word.READ, at=organisation.path):
        return Panel()
    filters = Filters(under=organisation.path)
    rows = aid.narrowed(rows=aid.applications_for(actor=actor), filters=filters)
    done = aid.counted(rows=aid.paid_in(rows=rows, year=day.year))
    at = {"unit": organisation.pk}
    under_way = rows.filter(state__in=[str(one) for one in rules.OPEN]).count()
    figures = [
        Figure(
            say("帮扶在办"),
            under_way,
            address(name="aid-applications", told={**at, "state": "open"}),
            unit=say("件"),
        ),
        Figure(
            say("今年救助"),
            done.grants,
            address(name="aid-applications", told={**at, "paid": day.year}),
            unit=say("笔"),
        ),
    ]
    acts = [Act(say("救助年度账"), address(name="aid-year", told={"unit": organisation.pk}), "calendar-days")]
    return Panel(figures=figures, acts=acts)
