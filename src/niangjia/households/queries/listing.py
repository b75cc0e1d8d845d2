"""The list of households: narrowed by name, number and what is missing; each count opens its rows (B3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from niangjia.households.models import Household, HouseholdMember
from niangjia.households.rules import SELF
from niangjia.kernel.access import Scope
from niangjia.kernel.identifiers import mask_name, normal_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import within

WHOLE = Q(lacking=0, unproven=0, disputed=0)
STATES: Mapping[str, Q] = {
    "complete": WHOLE,
    "incomplete": ~WHOLE,
    "disputed": Q(disputed__gt=0),
    "unproven": Q(unproven__gt=0),
}
"""What a list may be narrowed to: whole, not whole, two tellings differ, somebody's number not seen."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; `under` is the path of a union with everything beneath it."""

    name: str = ""
    number: int | None = None
    state: str = ""
    under: str = ""


def narrowed(
    *, rows: QuerySet[Household], filters: Filters, scope: Scope, heads: bool = False
) -> QuerySet[Household]:
    """The rows that the filters leave; a name is anybody's who lives there; with `heads` the worker's."""
    if filters.name:
        rows = rows.filter(pk__in=_with_name(filters.name, scope, heads=heads))
    if filters.number is not None:
        rows = rows.filter(pk=filters.number)
    if filters.under:
        rows = rows.filter(path__startswith=filters.under)
    return rows.filter(STATES[filters.state]) if filters.state in STATES else rows


def _with_name(text: str, scope: Scope, *, heads: bool) -> list[int]:
    """Households of the scope in which somebody of that name lives, whoever keeps his own record."""
    key = normal_name(text).replace("·", "").replace(" ", "").casefold()
    named = Q(person__name_key__startswith=key) | Q(person__initials__startswith=key)
    with beyond():
        rows = within(HouseholdMember.objects.filter(until=None), scope=scope, field="household__path")
        rows = rows.filter(relation=SELF) if heads else rows
        return list(rows.filter(named).values_list("household_id", flat=True))


def counts_of(*, rows: QuerySet[Household]) -> dict[str, int]:
    """How many of some households each state has, and all of them."""
    asked = {name: Count("pk", filter=condition) for name, condition in STATES.items()}
    told: dict[str, int] = rows.aggregate(all=Count("pk"), **asked)
    return told


def heads_of(*, rows: QuerySet[Household]) -> dict[int, list[tuple[int, int, str]]]:
    """By union the households of some rows: number, worker, his name as on the card; for a campaign."""
    told: dict[int, list[tuple[int, int, str]]] = {}
    numbers = list(rows.values_list("pk", flat=True))
    with beyond():
        found = Household.objects.filter(pk__in=numbers).order_by("pk")
        for keeper, number, head, name in found.values_list("keeper_id", "pk", "head_id", "head__name"):
            told.setdefault(keeper, []).append((number, head, name))
    return told


@dataclass(frozen=True, slots=True)
class Brief:
    """A household in a list: the worker's masked name, who keeps it, how many live there."""

    head: str
    keeper: str
    members: int


def briefs_of(*, numbers: Collection[int]) -> dict[int, Brief]:
    """The same for many, in two queries; of households that were admitted before."""
    living = Q(members__until=None)
    with beyond():
        rows = Household.objects.filter(pk__in=numbers).select_related("head", "keeper")
        told = rows.annotate(living=Count("members", filter=living))
        return {row.pk: Brief(mask_name(row.head.name), row.keeper.name, row.living) for row in told}
