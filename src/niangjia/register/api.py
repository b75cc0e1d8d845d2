"""The register for other systems: filters, rows and figures of the pages; public columns for the public."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator

from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC_ROWS, Scope
from niangjia.kernel.asked import WHOLE, Day, Flag, Number
from niangjia.kernel.doors import actor_of, open_to_all, requires
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.listing import MOST, part_of
from niangjia.network import queries
from niangjia.network.permissions import Word
from niangjia.network.rules import EmployerKind, Mode, OrgKind, Part, Sector

if TYPE_CHECKING:
    from niangjia.network.models import Employer, Organisation

router = Router(tags=["network"])


def _clean(text: str) -> str:
    if "\x00" in text:
        raise ValueError("no NUL")
    return text


Text = Annotated[str, Field(max_length=60), AfterValidator(_clean)]


class Asked(Schema):
    """What a list is narrowed to, and which part of it: `after` is the key that the part before gave."""

    under: Number | None = None
    day: Day | None = None
    name: Text = ""
    sector: Sector | None = None
    after: Annotated[str, Field(max_length=600), AfterValidator(_clean)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST), WHOLE] = 50


class AskedOrganisations(Asked):
    """Filters of the list of organisations."""

    kind: OrgKind | None = None
    mode: Mode | None = None


class AskedEmployers(Asked):
    """Filters of the list of employers; `covered=false` gives the blind spots."""

    kind: EmployerKind | None = None
    covered: Flag = True


class OrganisationOut(Schema):
    """An organisation in public columns."""

    id: int
    name: str
    short_name: str
    kind: OrgKind
    mode: str
    sector: str
    parent_id: int | None
    established_on: date
    closed_on: date | None
    address: str
    phone: str


class OrganisationRow(OrganisationOut):
    """An organisation as its officers read it."""

    status: str
    uscc: str
    legal_person_no: str
    approval_doc_no: str
    term_years: int | None
    term_ends_on: date | None
    version: int


class EmployerOut(Schema):
    """An employer in public columns; a merchant's name, often a person's, is masked."""

    id: int
    name: str
    kind: EmployerKind
    sector: Sector


class EmployerRow(EmployerOut):
    """An employer as officers read it."""

    uscc: str
    industry_code: str
    headcount: int
    female_headcount: int
    migrant_headcount: int
    address: str
    keeper_id: int
    since: date
    until: date | None
    version: int


class OrganisationsOut(Schema):
    """Part of a list; without `after` it is the last."""

    items: list[OrganisationOut]
    after: str


class OrganisationRows(Schema):
    """Part of a list; without `after` it is the last."""

    items: list[OrganisationRow]
    after: str


class EmployersOut(Schema):
    """Part of a list; without `after` it is the last."""

    items: list[EmployerOut]
    after: str


class EmployerRows(Schema):
    """Part of a list; without `after` it is the last."""

    items: list[EmployerRow]
    after: str


class CountsOut(Schema):
    """The figures of a unit on a day, the same as on every page; each names its measure."""

    unit_id: int
    day: date
    organisations: int
    federations: int
    employers: int
    enterprises_and_institutions: int
    workers: int
    measures: dict[str, int]


class PartOut(Schema):
    """One N or X of a federation."""

    id: int
    name: str
    part: Part
    employers: int


class CompositionOut(Schema):
    """1+N+X of a federation on a day (R-ORG-03)."""

    federation_id: int
    day: date
    n_unions: int
    x_unions: int
    n_employers: int
    x_employers: int
    employers: int
    parts: list[PartOut]


def _filters(asked: AskedOrganisations | AskedEmployers, **more: Any) -> queries.Filters:
    day = asked.day or clock.today()
    return queries.Filters(
        under=queries.path_on(unit_id=asked.under, day=day) if asked.under else "",
        day=asked.day,
        kinds=(asked.kind,) if asked.kind else (),
        sectors=(asked.sector,) if asked.sector else (),
        name=asked.name,
        **more,
    )


def _columns(row: Any, schema: type[Schema]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in schema.model_fields if hasattr(row, name)}


def _organisation(row: "Organisation", schema: type[Schema] = OrganisationOut) -> dict[str, Any]:
    return _columns(row, schema) | {"id": row.pk, "parent_id": row.unit.parent_id}


def _employer(row: "Employer") -> dict[str, Any]:
    name = mask_name(row.name) if row.is_merchant else row.name
    return _columns(row, EmployerOut) | {"name": name}


def _part(rows: QuerySet[Any], asked: Asked, shape: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    part = part_of(rows=rows, sort="place", after=asked.after, size=asked.limit)
    return {"items": [shape(row) for row in part.rows], "after": part.after}


def _organisations(scope: Scope, asked: AskedOrganisations) -> QuerySet["Organisation"]:
    filters = _filters(asked, modes=(asked.mode,) if asked.mode else ())
    return queries.organisations_in_scope(scope=scope, filters=filters, today=clock.today())


def _employers(scope: Scope, asked: AskedEmployers) -> QuerySet["Employer"]:
    filters = _filters(asked, covered=asked.covered)
    return queries.employers_in_scope(scope=scope, filters=filters, today=clock.today())


@router.get("/organisations", response=OrganisationsOut, url_name="network-organisations")
@open_to_all("names, kinds and places of unions are public")
def organisations(request: HttpRequest, asked: Query[AskedOrganisations]) -> dict[str, Any]:
    """The living organisations, in tree order."""
    return _part(_organisations(PUBLIC_ROWS, asked), asked, _organisation)


@router.get("/organisations/{unit_id}", response=OrganisationOut, url_name="network-organisation")
@open_to_all("names, kinds and places of unions are public")
def organisation(request: HttpRequest, unit_id: Number) -> dict[str, Any]:
    """One organisation; a closed one stays readable."""
    return _organisation(queries.public_organisation(unit_id=unit_id))


@router.get("/organisations/{unit_id}/counts", response=CountsOut, url_name="network-counts")
@open_to_all("figures of unions are public and the same for every reader")
def counts(request: HttpRequest, unit_id: Number, day: Day | None = None) -> dict[str, Any]:
    """The figures at or under an organisation on a day."""
    row = queries.public_organisation(unit_id=unit_id)
    found = queries.counts(unit_id=row.pk, day=day or clock.today())
    return {
        "unit_id": row.pk,
        "day": found.day,
        "organisations": found.organisations(),
        "federations": found.federations(),
        "employers": found.employers(),
        "enterprises_and_institutions": found.enterprises_and_institutions,
        "workers": found.workers,
        "measures": dict(found.amounts),
    }


@router.get("/organisations/{unit_id}/composition", response=CompositionOut, url_name="network-composition")
@open_to_all("what a federation is made of is public")
def composition(request: HttpRequest, unit_id: Number, day: Day | None = None) -> dict[str, Any]:
    """The 1+N+X of a federation on a day; of any other organisation it is empty."""
    row = queries.public_organisation(unit_id=unit_id)
    on = day or clock.today()
    found = queries.compositions(federation=row, day=on)
    parts = [_columns(part, PartOut) | {"id": part.unit_id} for part in found.parts]
    return _columns(found.sums, CompositionOut) | {"federation_id": row.pk, "day": on, "parts": parts}


@router.get("/employers", response=EmployersOut, url_name="network-employers")
@open_to_all("which employers a union covers is public; merchants are masked and not found by name")
def employers(request: HttpRequest, asked: Query[AskedEmployers]) -> dict[str, Any]:
    """The covered employers, each once."""
    return _part(_employers(PUBLIC_ROWS, asked), asked, _employer)


@router.get("/register/organisations", response=OrganisationRows, url_name="register-organisations")
@requires(Word.READ)
def register_organisations(request: HttpRequest, asked: Query[AskedOrganisations]) -> dict[str, Any]:
    """The organisations of the acting post's scope, in all columns."""
    rows = _organisations(actor_of(request).scope_for(Word.READ), asked)
    return _part(rows, asked, lambda row: _organisation(row, OrganisationRow))


@router.get("/register/employers", response=EmployerRows, url_name="register-employers")
@requires(Word.READ)
def register_employers(request: HttpRequest, asked: Query[AskedEmployers]) -> dict[str, Any]:
    """The employers of the acting post's scope, in all columns."""
    rows = _employers(actor_of(request).scope_for(Word.READ), asked)
    return _part(rows, asked, lambda row: _columns(row, EmployerRow))
