"""Rows and figures of the register in the shapes of the page furniture."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from django.urls import reverse

from niangjia.kernel.access import Scope
from niangjia.kernel.paths import unit_id_of
from niangjia.kernel.shapes import (
    Act,
    Cell,
    Column,
    Crumb,
    Drawing,
    DrawnUnion,
    Figure,
    Row,
    Tab,
    Table,
    Text,
)
from niangjia.kernel.templatetags.furniture_words import about
from niangjia.kernel.words import say
from niangjia.network import queries, rules
from niangjia.network.queries import Counts, Drawing1NX

if TYPE_CHECKING:
    from collections.abc import Callable

    from niangjia.network.models import Employer, EmployerWas, Organisation, OrganisationWas
    from niangjia.tree.models import Unit

Record = TypeVar("Record")
DRAWN = 12
ORGANISATIONS_THEN = "类别、统筹模式和覆盖单位是 {day} 的；名称、届满日和状态是今天的。"
EMPLOYERS_THEN = "性质、领域、人数和覆盖它的工会是 {day} 的；名称是今天的。"
ORGANISATION_COLUMNS = (
    Column(say("名称"), sort="name"),
    Column(say("类别")),
    Column(say("覆盖单位"), right=True),
    Column(say("建会日期"), sort="established"),
    Column(say("届满日")),
    Column(say("状态")),
)
EMPLOYER_COLUMNS = (
    Column(say("名称"), sort="name"),
    Column(say("性质")),
    Column(say("领域")),
    Column(say("职工数（人）"), right=True),
    Column(say("覆盖它的工会")),
)
STATES = {
    rules.Status.PREPARING: "now",
    rules.Status.ACTIVE: "done",
    rules.Status.RESTRUCTURING: "warn",
    rules.Status.DISSOLVED: "stop",
    rules.Status.MERGED: "stop",
}


def organisation_url(unit_id: int) -> str:
    """The register page of an organisation."""
    return reverse("organisation", args=[unit_id])


def listed(name: str, **filters: object) -> str:
    """A list of the register with its filters in the address; what is empty is left out."""
    told = {key: str(value) for key, value in filters.items() if value not in (None, "")}
    return f"{reverse(name)}?{urlencode(told)}" if told else reverse(name)


def crumbs(units: "Iterable[Unit]", *here: Text, scope: Scope) -> list[Crumb]:
    """The way here: those above, linked where the reader may go, and the page itself."""
    way = [Crumb(unit.name, organisation_url(unit.pk) if scope.covers(unit.path) else "") for unit in units]
    return [Crumb(say("工会名册"), reverse("organisations")), *way, *(Crumb(word) for word in here)]


def figures(counts: Counts, *, under: int | None, day: date | None) -> list[Figure]:
    """What stands at or under a unit; each figure opens exactly its rows."""
    single, joint, federation = rules.OrgKind.SINGLE, rules.OrgKind.JOINT, rules.OrgKind.FEDERATION
    orgs = {
        federation: counts.federations(),
        single: counts.organisations(single),
        joint: counts.organisations(joint),
    }
    unit = say("家")
    shown = [
        Figure(
            rules.COUNTED_KINDS[kind], n, listed("organisations", under=under, kind=kind, day=day), unit=unit
        )
        for kind, n in orgs.items()
    ]
    n = counts.employers()
    words = about(n, "家") if n >= 100 else ""  # noqa: PLR2004 - below, the newspaper says the number itself
    href = listed("employers", under=under, day=day)
    return [*shown, Figure(say("覆盖单位"), n, href, unit=unit, wording=words, note=say("每家只计一次"))]


def employer_figures(counts: Counts, *, under: int | None, day: date | None) -> list[Figure]:
    """The covered employers by kind; each figure opens its rows."""
    kinds = [(rules.COUNTED_EMPLOYERS[kind], kind, counts.employers(kind)) for kind in rules.EmployerKind]
    told = [(say("覆盖单位"), "", counts.employers()), *kinds]
    return [
        Figure(label, n, listed("employers", under=under, kind=kind, day=day), unit=say("家"))
        for label, kind, n in told
        if n or not kind
    ]


def organisations(
    rows: "Sequence[Organisation]",
    *,
    counted: Sequence[Counts],
    day: date,
    today: date,
    first: Act | None = None,
) -> Table:
    """The list of organisations: what they are, the employers they count, until when their term runs."""
    asked = None if day == today else day
    then = [row.pk for row in rows] if asked else []
    was = queries.organisations_as_they_were(organisations=then, day=day) if then else {}
    return Table(
        caption=say("工会组织"),
        columns=ORGANISATION_COLUMNS,
        rows=[
            _line(_as_of(row, was.get(row.pk)), found, asked, today)
            for row, found in zip(rows, counted, strict=True)
        ],
        note=say(ORGANISATIONS_THEN, day=asked) if asked else "",
        empty=say("没有符合条件的组织。可以放宽筛选条件再看。"),
        first=first,
    )


def _line(row: "Organisation", counts: Counts, asked: date | None, today: date) -> Row:
    employers_here = Cell(counts.employers(), href=listed("employers", under=row.pk, day=asked))
    kind = Cell(say(rules.KIND_LABELS[rules.OrgKind(row.kind)]), note=mode_of(row))
    cells = (row.name, kind, employers_here, row.established_on, _term_cell(row, today), _status(row))
    return Row(cells, href=organisation_url(row.pk))


def mode_of(row: "Organisation") -> Text:
    """The coverage mode of a federation, or nothing."""
    return say(rules.MODE_LABELS[rules.Mode(row.mode)]) if row.mode else ""


def _status(row: "Organisation") -> Cell:
    state = rules.Status(row.status)
    return Cell(say(rules.STATUS_LABELS[state]), status=STATES[state])


def _term_cell(row: "Organisation", today: date) -> object:
    ended = row.term_ends_on is not None and row.term_ends_on <= today
    return Cell(row.term_ends_on, note=say("已届满")) if ended else row.term_ends_on or "—"


def employers(
    rows: "Sequence[Employer]",
    *,
    day: date,
    today: date,
    ends: "Callable[[Employer], Cell] | None" = None,
    empty: Text = "",
) -> Table:
    """The list of employers: what they are, how many workers, who covers them; `ends` adds a last column.

    On a past day kind, sector and workers are those of the day, which the note says.
    """
    ids = [row.pk for row in rows]
    covering = _covering(rows, day)
    was = queries.employers_as_they_were(employers=ids, day=day) if day != today else {}
    return Table(
        caption=say("用人单位"),
        columns=(*EMPLOYER_COLUMNS, Column(say("办理"))) if ends else EMPLOYER_COLUMNS,
        rows=[_employer_row(row, was.get(row.pk), covering.get(row.pk), ends) for row in rows],
        note=say(EMPLOYERS_THEN, day=day) if day != today else "",
        empty=empty or say("没有符合条件的单位。可以放宽筛选条件再看。"),
    )


def _employer_row(
    row: "Employer",
    was: "EmployerWas | None",
    union: tuple[int, str] | None,
    ends: "Callable[[Employer], Cell] | None",
) -> Row:
    last = (ends(row),) if ends else ()
    cells = (*_employer_cells(_as_of(row, was)), _covered_by(union), *last)
    return Row(cells, href=reverse("employer", args=[row.pk]))


def _employer_cells(row: "Employer") -> tuple[object, ...]:
    kind = say(rules.EMPLOYER_LABELS[rules.EmployerKind(row.kind)])
    return row.name, kind, say(rules.SECTOR_LABELS[rules.Sector(row.sector)]), row.headcount


def _as_of(row: Record, was: "EmployerWas | OrganisationWas | None") -> Record:
    """The row as it was on a day: where an edit came later, with what it was before it. Never saved."""
    if was is not None:
        for column in ("kind", "mode", "sector", "headcount"):
            if hasattr(was, column):
                setattr(row, column, getattr(was, column))
    return row


def _covering(rows: "Sequence[Employer]", day: date) -> dict[int, tuple[int, str]]:
    """Number and name of the union that counts each employer: some lists told it with the row."""
    if rows and hasattr(rows[0], "union_name"):
        told: Sequence[Any] = rows
        return {row.pk: (row.union_id, row.union_name) for row in told}
    found = queries.unions_covering(employers=[row.pk for row in rows], day=day)
    return {employer: (one.union_id, one.union.name) for employer, one in found.items()}


def _covered_by(union: tuple[int, str] | None) -> Cell:
    if union is None:
        return Cell(say("盲点：尚未覆盖"), status="warn")
    return Cell(union[1], href=organisation_url(union[0]))


def drawing(found: Drawing1NX, *, day: date | None) -> Drawing:
    """The 1+N+X drawing with the first of each side; the rest is one link away (R-ORG-03)."""
    federation, sums = found.federation.pk, found.sums
    parts = {"under": federation, "federation": federation, "day": day}
    return Drawing(
        name=found.federation.name,
        singles=[DrawnUnion(n.name, organisation_url(n.unit_id), n.employer_name) for n in found.n[:DRAWN]],
        joints=[
            DrawnUnion(
                row.name,
                organisation_url(row.unit_id),
                employer_href=listed("employers", under=row.unit_id, day=day),
                employers=row.employers,
            )
            for row in found.x[:DRAWN]
        ],
        n=sums.n_unions,
        x=sums.x_unions,
        employers=sums.employers,
        rows_href=listed("employers", under=federation, day=day),
        singles_href=listed("organisations", kind=rules.OrgKind.SINGLE, **parts),
        joints_href=listed("organisations", kind=rules.OrgKind.JOINT, **parts),
    )


def paths_of(scope: Scope) -> list[str]:
    """The places a scope begins at, those inside others left out, so that sums count once."""
    return [
        top for top in scope.tops if top and not any(top != one and top.startswith(one) for one in scope.tops)
    ]


def units_of(scope: Scope) -> list[int]:
    """The units a scope begins at."""
    return [unit_id_of(path) for path in paths_of(scope)]


def list_tabs(current: str) -> list[Tab]:
    """The lists of the register as neighbours."""
    words = {
        "organisations": say("工会组织"),
        "employers": say("用人单位"),
        "zones": say("商圈与园区"),
        "facilities": say("阵地"),
    }
    return [Tab(word, reverse(name), current=name == current) for name, word in words.items()]
