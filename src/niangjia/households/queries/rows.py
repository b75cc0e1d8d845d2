"""Households as a scope sees them, and who lives in one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from niangjia.households import rules
from niangjia.households.models import Fact, Household, HouseholdMember
from niangjia.households.permissions import Word
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.people import queries as people

if TYPE_CHECKING:
    from niangjia.people.models import IdentityDocument


def households_within(*, scope: Scope) -> QuerySet[Household]:
    """Those kept by the unions of a scope, and the reader's own."""
    rows = within(Household.objects.all(), scope=scope)
    return rows | Household.objects.filter(head_id=scope.own) if scope.own is not None else rows


def household_for(*, household_id: int, actor: Actor, word: Word = Word.READ) -> Household:
    """One of them, or 404."""
    return the_one(households_within(scope=actor.scope_for(word)).filter(pk=household_id))


def household_in_scope(*, household_id: int, scope: Scope) -> Household:
    """The same within a scope."""
    return the_one(households_within(scope=scope).filter(pk=household_id))


def household_by_number(*, household_id: int) -> Household:
    """One by its number, wherever it is kept; to be asked inside `beyond`."""
    return the_one(Household.objects.filter(pk=household_id))


def household_of(*, person_id: int) -> Household | None:
    """The household in which somebody lives now, wherever it is kept; to be asked inside `beyond`."""
    lives = HouseholdMember.objects.filter(person_id=person_id, until=None)
    return Household.objects.filter(pk__in=lives.values("household_id")).first()


def households_of(*, person_ids: Collection[int]) -> dict[int, int]:
    """The household of each person who lives in one; to be asked inside `beyond`."""
    rows = HouseholdMember.objects.filter(person_id__in=person_ids, until=None)
    return dict(rows.values_list("person_id", "household_id"))


@dataclass(frozen=True, slots=True)
class Inmate:
    """Somebody of a household, as the office sees him."""

    number: int
    person_id: int
    name: str
    relation: str
    born: date | None
    tail: str
    real: bool
    since: date | None = None
    sex: str = ""


def members_of(*, household: Household) -> list[Inmate]:
    """Who lives there now, the head first; read past the scope, the household was admitted before."""
    with beyond():
        rows = list(HouseholdMember.objects.filter(household=household, until=None).select_related("person"))
        papers = people.latest_papers(person_ids=[row.person_id for row in rows])
    ordered = sorted(rows, key=lambda row: (row.relation != rules.SELF, row.pk))
    return [_inmate(row, papers.get(row.person_id)) for row in ordered]


def _inmate(row: HouseholdMember, found: "IdentityDocument | None") -> Inmate:
    real = found is not None and found.until is None and found.matchable
    return Inmate(
        row.pk,
        row.person_id,
        row.person.name,
        row.relation,
        row.person.birth_date,
        found.tail if found else "",
        real or (found is not None and found.confirmed_by is not None),
        row.since,
        row.person.sex,
    )


def left_of(*, household: Household) -> list[HouseholdMember]:
    """Who lived there once and why no longer, the last to leave first; read past the scope."""
    with beyond():
        rows = HouseholdMember.objects.filter(household=household, until__isnull=False)
        return list(rows.select_related("person").order_by("-until", "-pk"))


def member_of(*, household: Household, member_id: int) -> HouseholdMember:
    """One who lives there now, or 404; to be asked inside `beyond`."""
    row = HouseholdMember.objects.filter(household=household, pk=member_id, until=None).first()
    if row is None:
        raise NotVisible
    return row


def has_household(*, person_id: int | None) -> bool:
    """Whether somebody lives in a household that is on file."""
    with beyond():
        return HouseholdMember.objects.filter(person_id=person_id or 0, until=None).exists()


def own_household(*, person_id: int | None) -> Household:
    """The household in which the reader himself lives, or 404 saying where to have it entered."""
    with beyond():
        home = household_of(person_id=person_id) if person_id is not None else None
    if home is None:
        raise NotVisible(rules.NO_HOUSEHOLD)
    return home


def head_name(*, household: Household, actor: Actor) -> str:
    """The worker's name in a list: whole for whoever keeps the household, masked for others (SC-11)."""
    with beyond():
        name: str = household.head.name
    return name if actor.may(Word.KEEP, at=household.path) else mask_name(name)


def name_of(*, household: Household) -> str:
    """The worker's name as on the card, for whoever was admitted to the household."""
    with beyond():
        return household.head.name


def keeper_name(*, household: Household) -> str:
    """The union that keeps the household, which is no secret."""
    with beyond():
        return household.keeper.name


def relatives_of(*, person_id: int) -> frozenset[int]:
    """Whoever lives with somebody, he himself included: none of them decides his matter (R-G-06)."""
    with beyond():
        home = household_of(person_id=person_id)
        if home is None:
            return frozenset({person_id})
        rows = HouseholdMember.objects.filter(household=home, until=None)
        return frozenset({person_id, *rows.values_list("person_id", flat=True)})


def touched_since(*, day: date) -> QuerySet[Fact]:
    """The numbers of the households of which something was told on or after a day."""
    return Fact.objects.filter(told_at__date__gte=day).values("household_id")  # type: ignore[return-value]
