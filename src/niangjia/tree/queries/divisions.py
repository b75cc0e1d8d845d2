"""Reads of the administrative divisions: step by step, by name, by code, one with its past."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length

from niangjia.kernel.dated import holds_on
from niangjia.kernel.errors import NotVisible
from niangjia.tree.models import Division, DivisionCode

NBS = DivisionCode.System.NBS
_COUNTY_DIGITS = 6
_CITY_DIGITS = 4
_MOST = 50


def divisions_of(*, parent: Division | None, day: date, everywhere: bool = False) -> QuerySet[Division]:
    """The divisions right below one on a day, in the order of their codes.

    At the top only provinces that are loaded down to their towns, unless `everywhere`: the others hold
    counties only, for places that people come from.
    """
    found = Division.objects.filter(holds_on(day), parent=parent)
    if parent is None:
        found = found.filter(level=Division.Level.PROVINCE)
        if not everywhere:
            towns = Division.objects.filter(level=Division.Level.TOWN, parent__parent__parent=OuterRef("pk"))
            found = found.filter(Exists(towns))
    return found.order_by("id")


def division_by_id(*, division_id: int | None) -> Division | None:
    """The division of that number, or None where none is said."""
    return Division.objects.filter(pk=division_id).first() if division_id is not None else None


def division_by_code(*, code: str, day: date, system: str = NBS) -> Division | None:
    """The division that carried an official code on a day."""
    row = (
        DivisionCode.objects.filter(holds_on(day), code=code, system=system)
        .select_related("division")
        .first()
    )
    return row.division if row else None


def division_chain(*, division_id: int) -> tuple[Division, ...]:
    """The division and those above it, the province first; empty where there is none of that number."""
    above = "parent__parent__parent__parent"
    division = Division.objects.select_related(above).filter(pk=division_id).first()
    chain: list[Division] = []
    while division is not None:
        chain.insert(0, division)
        division = division.parent
    return tuple(chain)


@dataclass(frozen=True, slots=True)
class PickerStep:
    """One select of the picker: the choices of a level and the chosen one."""

    level: int
    label: str
    options: Sequence[Division]
    chosen: int | None


def division_steps(*, division_id: int | None, day: date, everywhere: bool = False) -> list[PickerStep]:
    """The selects of the picker, province first, as far as was chosen and one step further.

    Without script each is a select with a button beside it; with htmx each change asks for the steps anew.
    """
    chain = division_chain(division_id=division_id) if division_id is not None else ()
    if division_id is not None and not chain:
        raise NotVisible
    steps, parent = [], None
    for chosen in (*chain, None):
        options = list(divisions_of(parent=parent, day=day, everywhere=everywhere))
        if options:
            level = options[0].level
            label = str(Division.Level(level).label)
            steps.append(PickerStep(level, label, options, chosen.pk if chosen else None))
        parent = chosen
    return steps


def find_divisions(*, text: str, day: date, level: int | None = None, limit: int = 20) -> list[Division]:
    """Divisions of a day by name, by name with those above (“临安 湍口”), or by the beginning of a code.

    An exact name comes first, then names that begin so, higher divisions before lower ones.
    """
    words = text.split()
    if not words:
        return []
    found = Division.objects.filter(holds_on(day))
    if level is not None:
        found = found.filter(level=level)
    if re.fullmatch(r"\d{2,12}", text.strip(), re.ASCII):
        codes = DivisionCode.objects.filter(holds_on(day), code__startswith=text.strip())
        found = found.filter(pk__in=codes.values("division")).order_by("level", "id")
    else:
        for word in words:
            found = found.filter(full_name__contains=word)
        found = found.filter(name__contains=words[-1]).order_by(_closeness(words[-1]), "level", "id")
    return list(found[: min(limit, _MOST)])


def _closeness(word: str) -> Case:
    return Case(
        When(name=word, then=Value(0)),
        When(Q(name__startswith=word), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


@dataclass(frozen=True, slots=True)
class DivisionPage:
    """A division with the way to it, its codes in both systems, its past, and what lies below on the day."""

    division: Division
    chain: Sequence[Division]
    codes: Sequence[DivisionCode]
    before: Sequence[Division]
    after: Division | None
    below: Sequence[Division]
    counts: dict[int, int]


def division_page(*, division_id: int, day: date) -> DivisionPage:
    """Everything the page of a division shows on a day. Raises NotVisible for a number that is not there."""
    chain = division_chain(division_id=division_id)
    if not chain:
        raise NotVisible
    division = chain[-1]
    return DivisionPage(
        division=division,
        chain=chain,
        codes=list(division.codes.order_by("system", "since")),
        before=list(division.predecessors.order_by("since", "id")),
        after=division.successor,
        below=list(divisions_of(parent=division, day=day)),
        counts=division_counts(division=division, day=day),
    )


def division_counts(*, division: Division, day: date) -> dict[int, int]:
    """How many divisions of each level lie below one on a day (Zhejiang: 11, 90, 1,387, 25,547)."""
    depths = range(1, Division.Level.VILLAGE - division.level + 1)
    under = Q()
    for depth in depths:
        under |= Q(**{"__".join(["parent"] * depth): division.pk})
    if not under:
        return {}
    rows = Division.objects.filter(under, holds_on(day)).values("level").annotate(n=Count("pk"))
    return {row["level"]: row["n"] for row in rows}


def area_codes_ever() -> frozenset[str]:
    """Every six-digit area code that the lists ever had: an unknown one deserves a warning only.

    People born before the tables begin carry codes that no list has (data.md §3), so this never refuses a
    number.
    """
    rows = (
        DivisionCode.objects.filter(system=NBS)
        .annotate(digits=Length("code"))
        .filter(digits__in=(_CITY_DIGITS, _COUNTY_DIGITS))
    )
    return frozenset(
        code.ljust(_COUNTY_DIGITS, "0") for code in rows.values_list("code", flat=True).distinct()
    )
