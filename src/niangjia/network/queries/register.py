"""The register's rows: organisations, employers, 1+N+X, as a scope or the public sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeVar

from django.db import connection
from django.db.models import Count, Exists, F, Min, Model, OuterRef, Q, QuerySet

from niangjia.kernel.access import PUBLIC_ROWS, Scope
from niangjia.kernel.dated import holds_on
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.paths import CEILING
from niangjia.kernel.scoping import within
from niangjia.network.models import (
    Composition,
    Coverage,
    Employer,
    EmployerWas,
    Organisation,
    OrganisationWas,
)
from niangjia.network.rules import Composition1NX, EmployerKind, OrgKind, Part, Status

Row = TypeVar("Row", bound=Model)

FOUND_AT_MOST = 500
"""A name search stops at so many; where there are more the page says so and asks for more of the name."""


COVERING = {"union_id": F("coverages__union"), "union_name": F("coverages__union__name")}
"""Which union counts an employer of a list, told with the row itself."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a register list is narrowed to; every field comes from the URL and goes back into it.

    `among` is a query of the numbers that an app above knows of, such as the employers of a zone.
    `found` are the numbers that the name leads to, `more` whether there are others (`with_names_found`).
    """

    under: str = ""
    day: date | None = None
    kinds: Sequence[str] = ()
    modes: Sequence[str] = ()
    sectors: Sequence[str] = ()
    name: str = ""
    covered: bool | None = None
    state: str = "living"
    among: QuerySet[Any] | None = None
    federation_id: int | None = None
    found: Sequence[int] | None = None
    more: bool = False


def living_on(day: date, *, prefix: str = "") -> Q:
    """Organisations founded by and not closed on a day; those still in preparation do not count."""
    founded = Q(**{f"{prefix}established_on__lte": day})
    open_ = Q(**{f"{prefix}closed_on__isnull": True}) | Q(**{f"{prefix}closed_on__gt": day})
    return founded & open_ & ~Q(**{f"{prefix}status": Status.PREPARING})


def organisations_in_scope(*, scope: Scope, filters: Filters, today: date) -> QuerySet[Organisation]:
    """The organisations of the scope on a day, in the order of their `place`: where each stood then."""
    rows = _organisations(scope)
    return _narrowed(rows, filters=filters, today=today).select_related("unit").order_by(F("place"))


def _organisations(scope: Scope) -> QuerySet[Organisation]:
    """The public reads every organisation but those in preparation; officers read their scope."""
    if not scope.public:
        return within(Organisation.objects.all(), scope=scope)
    return (
        Organisation.objects.exclude(status=Status.PREPARING)
        if not scope.tops
        else Organisation.objects.all()
    )


def public_organisations(*, filters: Filters, today: date) -> QuerySet[Organisation]:
    """Every living organisation, for public pages: names, kinds and places, no inner data."""
    return organisations_in_scope(scope=PUBLIC_ROWS, filters=filters, today=today)


def _in_state(state: str, day: date) -> Q:
    if state == "preparing":
        return Q(status=Status.PREPARING)
    return Q(closed_on__lte=day) if state == "closed" else living_on(day)


def _range(under: str, *, field: str = "path") -> Q:
    return Q(**{f"{field}__gte": under, f"{field}__lt": under + CEILING}) if under else Q()


def _narrowed(rows: QuerySet[Organisation], *, filters: Filters, today: date) -> QuerySet[Organisation]:
    day = filters.day or today
    past = day != today
    rows = rows.filter(_in_state(filters.state, day))
    if past and filters.state == "living":
        placed = holds_on(day, prefix="unit__placements__")
        rows = rows.filter(placed & _range(filters.under, field="unit__placements__path"))
        rows = rows.annotate(place=F("unit__placements__path"))
    else:
        rows = rows.filter(_range(filters.under)).annotate(place=F("path"))
    was = OrganisationWas.objects.filter(holds_on(day), organisation=OuterRef("pk")) if past else None
    rows = _as_it_was(rows, was, {"kind": filters.kinds, "mode": filters.modes})
    if filters.sectors:
        rows = rows.filter(sector__in=filters.sectors)
    if filters.federation_id is not None:
        parts = Composition.objects.filter(holds_on(day), federation=filters.federation_id)
        rows = rows.filter(pk__in=parts.values("child"))
    if filters.name:
        filters = with_names_found(filters=filters, of="organisation", today=today)
        rows = rows.filter(pk__in=filters.found or ())
    return rows


def _as_it_was(
    rows: QuerySet[Row], was: QuerySet[Any] | None, wanted: Mapping[str, Sequence[str]]
) -> QuerySet[Row]:
    """Rows by what they were on the day: where an edit came later, by what they were before it."""
    for column, values in wanted.items():
        if values and was is None:
            rows = rows.filter(**{f"{column}__in": values})
        elif values and was is not None:
            now = ~Exists(was) & Q(**{f"{column}__in": values})
            rows = rows.filter(Exists(was.filter(**{f"{column}__in": values})) | now)
    return rows


def employers_in_scope(*, scope: Scope, filters: Filters, today: date) -> QuerySet[Employer]:
    """The employers of the scope covered on the day asked for, each once; or the blind spots.

    A name is searched among merchants only inside an officer's scope: theirs are names of persons.
    """
    day = filters.day or today
    past = day != today
    rows = Employer.objects.all() if scope.public else within(Employer.objects.all(), scope=scope)
    rows = rows.filter(holds_on(day))
    if filters.covered is not False and past:
        rows = _covered_then(rows, under=filters.under, day=day)
    elif filters.covered is False:
        rows = _blind(rows.filter(_range(filters.under)), day).annotate(place=F("path"))
    else:
        rows = rows.filter(_range(filters.under)).filter(
            _counted(day) & _range(filters.under, field="coverages__path")
        )
        rows = rows.annotate(place=F("path"), **({} if scope.public else COVERING))
    was = EmployerWas.objects.filter(holds_on(day), employer=OuterRef("pk")) if past else None
    rows = _as_it_was(rows, was, {"kind": filters.kinds, "sector": filters.sectors})
    if filters.among is not None:
        rows = rows.filter(pk__in=filters.among)
    if filters.name:
        filters = with_names_found(filters=filters, of="employer", today=today)
        rows = rows.filter(pk__in=filters.found or ())
        rows = rows.exclude(kind=EmployerKind.MERCHANT) if not scope.tops else rows
    return rows.select_related("keeper").order_by(F("place"), "id")


def _counted(day: date) -> Q:
    """Counted by a union on a day: the one row of coverage, so that a join never doubles an employer."""
    return Q(coverages__counts=True) & holds_on(day, prefix="coverages__")


def _blind(rows: QuerySet[Employer], day: date) -> QuerySet[Employer]:
    """Counted nowhere on a day; those that count for good by then are passed over by the index alone.

    Where they are few they are looked up at once: in tree order they lie far apart.
    """
    covering = Coverage.objects.filter(holds_on(day), counts=True, employer=OuterRef("pk"))
    rows = rows.filter(Q(covered_since=None) | Q(covered_since__gt=day), ~Exists(covering))
    few = list(rows.order_by().values_list("pk", flat=True)[: FOUND_AT_MOST + 1])
    return rows if len(few) > FOUND_AT_MOST else Employer.objects.filter(pk__in=few)


def _covered_then(rows: QuerySet[Employer], *, under: str, day: date) -> QuerySet[Employer]:
    """Counted on the day by a union that stood at or under a path then, in the tree order of that day."""
    places = "coverages__union__unit__placements__"
    there = holds_on(day, prefix=places) & _range(under, field=f"{places}path")
    return rows.filter(_counted(day) & there).annotate(place=F(f"{places}path"), **COVERING)


def with_names_found(*, filters: Filters, of: Literal["organisation", "employer"], today: date) -> Filters:
    """The same filters with what the name, borne at any time (D9), leads to in this transaction's scope."""
    if filters.found is not None or not filters.name:
        return filters
    under = filters.under if filters.day in (None, today) else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT network_{of}_find(%s, %s, %s)", [filters.name, FOUND_AT_MOST + 1, under])
        found = [row[0] for row in cursor.fetchall()]
    return replace(filters, found=found[:FOUND_AT_MOST], more=len(found) > FOUND_AT_MOST)


@dataclass(frozen=True, slots=True)
class CodeHolder:
    """Who holds a social credit code, in whichever register: an employer's kind, or `organisation`."""

    kind: str
    number: int
    name: str
    keeper: str

    @property
    def is_union(self) -> bool:
        """Whether a union holds it."""
        return self.kind == "organisation"

    @property
    def is_merchant(self) -> bool:
        """Whether its name is often a person's name."""
        return self.kind == EmployerKind.MERCHANT


def holder_of_code(*, code: str) -> CodeHolder | None:
    """Who holds the code; until the transaction ends nobody else can be given it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, id, name, keeper FROM network_uscc_holder(%s)", [code])
        row = cursor.fetchone()
    return CodeHolder(*row) if row else None


def federations_in_scope(*, scope: Scope, filters: Filters, today: date) -> QuerySet[Organisation]:
    """The federations of the scope."""
    return organisations_in_scope(scope=scope, filters=filters, today=today).filter(kind=OrgKind.FEDERATION)


def organisation_in_scope(*, unit_id: int, scope: Scope) -> Organisation:
    """The organisation, if the scope covers it; otherwise it does not exist for the reader (404)."""
    found = within(Organisation.objects.select_related("unit"), scope=scope).filter(pk=unit_id).first()
    if found is None:
        raise NotVisible
    return found


def public_organisation(*, unit_id: int) -> Organisation:
    """An organisation as the public sees it; those in preparation are not public yet."""
    found = (
        Organisation.objects.select_related("unit")
        .exclude(status=Status.PREPARING)
        .filter(pk=unit_id)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True, slots=True)
class PartRow:
    """One N or X of a federation with the employers it covers: for N the one employer's name."""

    unit_id: int
    name: str
    part: Part
    employers: int
    employer_name: str = ""


@dataclass(frozen=True, slots=True)
class Drawing1NX:
    """The 1+N+X drawing of a federation on a day (R-ORG-03)."""

    federation: Organisation
    parts: tuple[PartRow, ...]

    @property
    def n(self) -> tuple[PartRow, ...]:
        """The single unions."""
        return tuple(row for row in self.parts if row.part is Part.N)

    @property
    def x(self) -> tuple[PartRow, ...]:
        """The joint unions."""
        return tuple(row for row in self.parts if row.part is Part.X)

    @property
    def sums(self) -> Composition1NX:
        """How many N and X, and the employers on each side."""
        return Composition1NX(
            n_unions=len(self.n),
            x_unions=len(self.x),
            n_employers=sum(row.employers for row in self.n),
            x_employers=sum(row.employers for row in self.x),
        )


def compositions(*, federation: Organisation, day: date) -> Drawing1NX:
    """The parts of a federation on a day with the employers that count there, N before X."""
    rows = Composition.objects.filter(holds_on(day), federation=federation).select_related("child")
    rows = rows.filter(living_on(day, prefix="child__")).order_by("part", "child_id")
    children = [row.child_id for row in rows]
    covered = _employers_by_union(unions=children, day=day)
    parts = [
        PartRow(
            unit_id=row.child_id,
            name=row.child.name,
            part=Part(row.part),
            employers=covered.get(row.child_id, (0, ""))[0],
            employer_name=covered.get(row.child_id, (0, ""))[1] if row.part == Part.N else "",
        )
        for row in rows
    ]
    return Drawing1NX(federation=federation, parts=tuple(parts))


def _employers_by_union(*, unions: list[int], day: date) -> dict[int, tuple[int, str]]:
    rows = Coverage.objects.filter(holds_on(day), union_id__in=unions, counts=True)
    by_union = rows.values("union_id").annotate(
        how_many=Count("employer", distinct=True), one=Min("employer__name")
    )
    return {row["union_id"]: (row["how_many"], row["one"]) for row in by_union}
