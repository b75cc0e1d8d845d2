"""An organisation's public page: what and where it is, its former names, its facilities, its 1+N+X."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from niangjia.bodies.queries import public_facilities
from niangjia.bodies.rules import FACILITY_LABELS, FacilityKind
from niangjia.kernel import shapes
from niangjia.kernel.words import Said, say
from niangjia.network import queries as network
from niangjia.network.queries.public import former_names
from niangjia.network.rules import KIND_LABELS, MODE_LABELS, STATUS_LABELS, Mode, OrgKind, Status
from niangjia.portal.queries.board import Number, numbers_of
from niangjia.portal.queries.drawing import drawing_of
from niangjia.portal.queries.standing import Standing, crumbs_of, standing_of
from niangjia.portal.rules import Measure, office_phone
from niangjia.portal.rules.measures import EMPLOYERS, FEDERATIONS, JOINTS, SINGLES, headline_of
from niangjia.restructuring.queries import Successor, successors_of

if TYPE_CHECKING:
    from niangjia.bodies.models import Facility
    from niangjia.network.models import Organisation

FACILITIES_AT_MOST = 12
_PRIMARY = (OrgKind.SINGLE, OrgKind.JOINT, OrgKind.BRANCH, OrgKind.GROUP)


@dataclass(frozen=True, slots=True)
class PublicPage:
    """Everything the public page of an organisation shows."""

    standing: Standing
    subtitle: Said
    crumbs: Sequence[shapes.Crumb]
    facts: Sequence[shapes.Fact]
    numbers: Sequence[Number]
    facilities: shapes.Table
    drawing: shapes.Drawing | None
    above: Any
    is_closed: bool
    heirs: Sequence[Successor] = ()


def public_page(*, unit_id: int, day: date | None, today: date) -> PublicPage:
    """The public page of an organisation on a day."""
    standing = standing_of(unit_id=unit_id, day=day, today=today)
    organisation, kind = standing.organisation, OrgKind(standing.organisation.kind)
    counts = network.counts_at(paths=[standing.path], day=standing.day)[0]
    drawn = kind is OrgKind.FEDERATION
    closed = organisation.status in {Status.DISSOLVED, Status.MERGED}
    crumbs = crumbs_of(standing=standing)
    return PublicPage(
        standing=standing,
        subtitle=say(KIND_LABELS[kind]),
        crumbs=crumbs,
        facts=_facts(organisation),
        numbers=numbers_of(standing=standing, counts=counts, measures=_measures(kind)),
        facilities=_facilities(standing),
        drawing=drawing_of(standing=standing, employers=counts.employers(), road="public-organisation")
        if drawn
        else None,
        above=crumbs[-2] if len(crumbs) > 1 else None,
        is_closed=closed,
        heirs=successors_of(unit_ids=[unit_id]).get(unit_id, ()) if closed else (),
    )


def _measures(kind: OrgKind) -> tuple[Measure, ...]:
    lower = kind is OrgKind.FEDERATION or kind in _PRIMARY
    return headline_of(kind) if lower else (FEDERATIONS, SINGLES, JOINTS, EMPLOYERS)


def _facts(row: "Organisation") -> list[shapes.Fact]:
    """What the public may know; lines without an answer are left out."""
    names = former_names(unit_ids=[row.pk])
    facts = [
        shapes.Fact(say("统筹模式"), say(MODE_LABELS[Mode(row.mode)]) if row.mode else ""),
        shapes.Fact(say("成立"), row.established_on),
        shapes.Fact(say("状态"), say(STATUS_LABELS[Status(row.status)])),
        shapes.Fact(say("地址"), row.address),
        shapes.Fact(say("办公电话"), office_phone(row.phone)),
    ]
    facts += [
        shapes.Fact(say("曾用名"), say("{name}（用到 {until}）", name=old.name, until=old.until))
        for old in names
    ]
    return [fact for fact in facts if fact.value]


def _facilities(standing: Standing) -> shapes.Table:
    rows = public_facilities(day=standing.day, under=standing.path)[:FACILITIES_AT_MOST]
    columns = [say("阵地"), say("类别"), say("开放时间"), say("地址"), say("共享")]
    return shapes.Table(
        caption=say("可以去的地方"),
        columns=[shapes.Column(label) for label in columns],
        rows=[shapes.Row(_facility_cells(row)) for row in rows],
        empty=say("还没有登记阵地。可以先问上一级工会。"),
    )


def _facility_cells(row: "Facility") -> list[Any]:
    """A facility as the public reads it."""
    shared = say("联合会各单位共用") if row.is_shared else "—"
    kind = say(FACILITY_LABELS[FacilityKind(row.kind)])
    return [row.name, kind, row.opening_hours or "—", row.address or row.organisation.address or "—", shared]
