"""Campaigns and targets as a scope sees them; the board that adds up from the officer to the county."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from niangjia.campaigns.models import Campaign, Target
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.rules import CampaignKind, Outcome, Row, State, added_up
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.paths import SEGMENT, ancestors, unit_id_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.tree.models import Unit


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of targets is narrowed to; every field stands in the address.

    `unit` is a union alone, `under` the path of one with everything beneath it; `nobody`: held by no officer.
    """

    outcome: str = ""
    unit: int | None = None
    holder: int | None = None
    name: str = ""
    under: str = ""
    roll: str = ""
    planned_on: date | None = None
    nobody: bool = False


def campaigns_for(*, actor: Actor, word: Word = Word.READ) -> QuerySet[Campaign]:
    """Those of the unions of the scope, and those above that it takes part in."""
    scope = actor.scope_for(word)
    rows = within(Campaign.objects.all(), scope=scope)
    if word in {Word.READ, Word.REPORT, Word.SETTLE} and scope.up:
        rows = rows | Campaign.objects.filter(path__in=scope.up)
    return rows


def campaign_for(*, campaign_id: int, actor: Actor, word: Word = Word.READ) -> Campaign:
    """One of them, or 404."""
    return the_one(campaigns_for(actor=actor, word=word).filter(pk=campaign_id))


def running_for(*, actor: Actor, today: date) -> QuerySet[Campaign]:
    """Those in which the acting post takes part today."""
    rows = campaigns_for(actor=actor)
    return rows.filter(state=State.RUNNING, opens_on__lte=today).order_by("closes_on", "pk")


def campaigns_of_worker(*, path: str, today: date) -> list[Campaign]:
    """Those that run today for whoever is kept at a union: the one of every day first, then by their end."""
    with beyond():
        rows = Campaign.objects.filter(path__in=[path, *ancestors(path)], state=State.RUNNING)
        rows = rows.filter(opens_on__lte=today, closes_on__gte=today)
        return sorted(rows, key=lambda one: (one.kind != CampaignKind.ROUTINE, one.closes_on, one.pk))


def leads_of(*, actor: Actor, most: int) -> list[Target]:
    """What the reader has reported, and what was reported at the unions for which he reports; newest first.

    Who reported somebody may always ask what came of it (SC-11), wherever that lies; the rest in his scope.
    """
    here = within(Target.objects.all(), scope=actor.scope_for(Word.REPORT)).select_related("campaign")
    found = {row.pk: row for row in here.order_by("-pk")[:most]}
    with beyond():
        mine = Target.objects.filter(reported_by=actor.user_id or 0).select_related("campaign")
        found |= {row.pk: row for row in mine.order_by("-pk")[:most]}
    return sorted(found.values(), key=lambda row: -row.pk)[:most]


def visits_of(*, actor: Actor, day: date) -> QuerySet[Target]:
    """Whom the reader is to visit on a day, and whom he should have visited before; by place."""
    rows = targets_for(actor=actor, word=Word.SETTLE).filter(holder_id=actor.user_id or 0)
    due = Q(planned_on=day) | Q(planned_on__lt=day, outcome=Outcome.OPEN)
    return rows.filter(due).select_related("campaign").order_by("planned_on", "place", "pk")


def targets_within(*, scope: Scope) -> QuerySet[Target]:
    """Whom the unions of a scope are to visit."""
    return within(Target.objects.all(), scope=scope)


def targets_for(*, actor: Actor, word: Word = Word.READ) -> QuerySet[Target]:
    """The same for an acting post."""
    return targets_within(scope=actor.scope_for(word))


def target_for(*, target_id: int, actor: Actor, word: Word = Word.READ) -> Target:
    """One of them, or 404."""
    return the_one(targets_for(actor=actor, word=word).select_related("campaign").filter(pk=target_id))


def narrowed(*, rows: QuerySet[Target], filters: Filters) -> QuerySet[Target]:
    """The rows that the filters leave."""
    if filters.outcome in set(Outcome):
        rows = rows.filter(outcome=filters.outcome)
    if filters.unit is not None:
        rows = rows.filter(unit_id=filters.unit)
    if filters.holder is not None:
        rows = rows.filter(holder_id=filters.holder)
    if filters.nobody:
        rows = rows.filter(holder_id=None)
    if filters.under:
        rows = rows.filter(path__startswith=filters.under)
    if filters.roll:
        rows = rows.filter(mentions__roll=filters.roll)
    if filters.planned_on is not None:
        rows = rows.filter(planned_on=filters.planned_on)
    return rows.filter(name__contains=filters.name) if filters.name else rows


def row_of(*, rows: QuerySet[Target]) -> Row:
    """The counts of some targets, each household once."""
    told = rows.aggregate(**{str(one): Count("pk", filter=Q(outcome=one)) for one in Outcome})
    return Row(**{name: told[name] for name in ("visited", "declined", "unreachable", "open")})


def counts_by_campaign(*, campaigns: Iterable[Campaign], actor: Actor) -> dict[int, Row]:
    """The counts of each campaign in the reader's scope, in one query."""
    rows = targets_for(actor=actor).filter(campaign__in=[one.pk for one in campaigns])
    told: dict[int, Row] = {}
    for number, outcome, count in _counted(rows, "campaign_id"):
        told[number] = added_up([told.get(number, Row()), Row(**{outcome: count})])
    return told


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the board: a union (or officer) and its counts."""

    number: int | None
    name: str
    row: Row


@dataclass(frozen=True, slots=True)
class Board:
    """The board: the units directly below, and their sum, which is the whole (R-AID-18)."""

    lines: list[Line]
    total: Row


def board_of(*, campaign: Campaign, at: "Unit", actor: Actor) -> Board:
    """The counts of the unions below one, each with everything beneath it; the union's own last."""
    rows = targets_for(actor=actor).filter(campaign=campaign)
    depth = len(at.path) + SEGMENT
    told: dict[str, Row] = {}
    for path, outcome, count in _counted(rows.filter(path__startswith=at.path), "path"):
        key = str(path)[:depth]
        told[key] = added_up([told.get(key, Row()), Row(**{outcome: count})])
    numbers = {path: unit_id_of(path) for path in told}
    names = tree.names_of(unit_ids=numbers.values())
    lines = [Line(numbers[path], names[numbers[path]], row) for path, row in sorted(told.items())]
    return Board(lines, added_up(one.row for one in lines))


def officers_of(*, campaign: Campaign, unit_id: int, actor: Actor, names: Mapping[int, str]) -> Board:
    """The counts of one union by the officer who holds the visit; nobody's last."""
    rows = targets_for(actor=actor).filter(campaign=campaign, unit_id=unit_id)
    told: dict[Any, Row] = {}
    for holder, outcome, count in _counted(rows, "holder_id"):
        told[holder] = added_up([told.get(holder, Row()), Row(**{outcome: count})])
    ordered = sorted(told.items(), key=lambda one: (one[0] is None, one[0] or 0))
    lines = [Line(holder, names.get(holder or 0, ""), row) for holder, row in ordered]
    return Board(lines, added_up(one.row for one in lines))


def _counted(rows: QuerySet[Target], column: str) -> list[tuple[Any, str, int]]:
    told = rows.values_list(column, "outcome").annotate(count=Count("pk")).order_by()
    return [(key, str(outcome), count) for key, outcome, count in told]


def open_count(*, campaign: Campaign) -> int:
    """How many are still open, wherever they lie; to be asked inside `beyond`."""
    return Target.objects.filter(campaign=campaign, outcome=Outcome.OPEN).count()


def targets_of_household(*, household_id: int) -> QuerySet[Target]:
    """In which campaigns a household is to be reached; to be asked inside `beyond`."""
    return Target.objects.filter(household_id=household_id).select_related("campaign")


def by_number(*, numbers: list[int]) -> dict[int, Campaign]:
    """Campaigns by their numbers; to be asked inside `beyond`."""
    return Campaign.objects.in_bulk(numbers)
