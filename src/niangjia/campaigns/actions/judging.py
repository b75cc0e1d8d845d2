"""What would become of each row of a list, against the targets as they stand now; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from niangjia.campaigns import queries
from niangjia.campaigns.actions.entering import Lead, known, twin_of
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.rules import REPORTED, State, said_roll
from niangjia.exchange.rules.verdicts import FileRow, Judged, Problem, Verdict
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.identifiers import IdKind, parse_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import listed, say
from niangjia.people import queries as people
from niangjia.people.queries.many import bearers_of
from niangjia.people.rules import Paper, keys_of, read_paper
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.campaigns.models import Campaign

NO_CAMPAIGN = say("没有正在进行的行动叫这个名称。请填写“专项行动”里的名称。")
WHICH = say("有几项行动正在进行。请在“专项行动”一列写明是哪一项。")
NO_UNION = say("您的工作范围内没有这家工会。请填写全称。")
OTHER_NAME = say("这个证件号码登记的是另一个姓名。请对照证件核对姓名和号码。")


@dataclass(frozen=True, slots=True)
class Plan:
    """A row understood: whom it names, for which campaign, who is to visit; and its verdict."""

    judged: Judged
    campaign: "Campaign | None" = None
    unit_id: int = 0
    lead: Lead | None = None
    roll: str = REPORTED


@dataclass(frozen=True, slots=True)
class _Around:
    """What all rows of a chunk are judged by."""

    campaigns: Sequence["Campaign"]
    unions: Mapping[str, int]
    unit_id: int
    at: datetime


def plans_of(*, rows: Sequence[FileRow], unit_id: int, by: Actor, at: datetime) -> list[Plan]:
    """Each row as a plan with its verdict."""
    running = queries.campaigns_for(actor=by, word=Word.REPORT).filter(state=State.RUNNING)
    units = tree.units_in_scope(scope=by.scope_for(Word.REPORT))
    names = {row.values["union"] for row in rows if row.values["union"]}
    unions = dict(units.filter(name__in=names, until=None).values_list("name", "pk"))
    around = _Around(list(running.order_by("pk")), unions, unit_id, at)
    with beyond():
        return [_plan(row.values, around) for row in rows]


def _plan(values: Mapping[str, Any], around: _Around) -> Plan:
    campaign = _campaign(values["campaign"], around)
    if not hasattr(campaign, "pk"):
        return Plan(Judged(Verdict.ERROR, [Problem(campaign, "campaign")]))
    union = around.unions.get(values["union"]) if values["union"] else around.unit_id
    if union is None:
        return Plan(Judged(Verdict.ERROR, [Problem(NO_UNION, "union")]))
    try:
        lead = _lead(values, around.at)
    except NiangjiaError as error:
        column = "number" if values["number"] else "name"
        return Plan(Judged(Verdict.ERROR, [Problem(words, column) for words in error.reasons]))
    if lead is None:
        return Plan(Judged(Verdict.CONFLICT, [Problem(OTHER_NAME, "number")]))
    roll = values["roll"] or REPORTED
    return _compared(Plan(Judged(Verdict.NEW), campaign, union, lead, roll))


def _campaign(name: str | None, around: _Around) -> Any:
    """The campaign meant, or why none can be."""
    if name:
        return next((one for one in around.campaigns if one.name == name), NO_CAMPAIGN)
    if len(around.campaigns) == 1:
        return around.campaigns[0]
    return WHICH if around.campaigns else NO_CAMPAIGN


def _lead(values: Mapping[str, Any], at: datetime) -> Lead | None:
    """Who is meant, with his record and household where the number tells them; nothing for another's name."""
    name = parse_name(values["name"])
    lead = Lead(name.printed, values["place"] or "", values["words"] or "")
    if not values["number"]:
        return known(lead=lead)
    value = read_paper(Paper(IdKind.RESIDENT, values["number"]), today=day_of(at), field="number")
    blind = people.number_index(value=value)
    bearer = bearers_of(blinds=[blind]).get(blind)
    if bearer is not None and bearer.name_key != keys_of(name).key:
        return None
    return known(lead=replace(lead, blind=blind, person_id=bearer.person_id if bearer else None))


def _compared(plan: Plan) -> Plan:
    """The row against whoever stands on the campaign's list already."""
    if plan.campaign is None or plan.lead is None:
        return plan
    twin = twin_of(campaign=plan.campaign, unit_id=plan.unit_id, lead=plan.lead)
    if twin is None:
        return plan
    rolls = list(twin.mentions.order_by("pk").values_list("roll", flat=True))
    if plan.roll in rolls:
        return replace(plan, judged=Judged(Verdict.UNCHANGED, target=twin.pk, version=twin.version))
    was = str(listed([said_roll(one) for one in rolls]))
    now = str(listed([said_roll(one) for one in (*rolls, plan.roll)]))
    judged = Judged(Verdict.UPDATE, target=twin.pk, version=twin.version, changes={"roll": (was, now)})
    return replace(plan, judged=judged)
