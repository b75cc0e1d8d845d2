"""Policies for other systems: the same answers as the pages."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from niangjia.kernel import clock, policy
from niangjia.kernel.asked import Day, Whole
from niangjia.kernel.doors import open_to_all
from niangjia.policies import queries
from niangjia.policies.queries import InForce

router = Router(tags=["policies"])
_HIGHEST = 2**63 - 1


class InForceOut(Schema):
    """A policy in force: the value as data and in words, whose it is, since when, on what paper."""

    key: str
    label: str
    dims: dict[str, str]
    value: object | None
    value_text: str
    unit: str
    source_unit_id: int | None
    source: str
    since: date | None
    until: date | None
    paper: str
    verified: bool
    example: bool
    mark: str


class HistoryOut(Schema):
    """A value that a union set."""

    unit_id: int
    unit: str
    value: object | None
    dims: dict[str, str]
    low: object | None
    high: object | None
    locked: bool
    since: date
    until: date | None
    paper: str


def _out(row: InForce) -> InForceOut:
    found = row.decided
    return InForceOut(
        key=row.definition.key,
        label=row.definition.label.zh,
        dims=dict(row.dims),
        value=policy.dump(found.value) if found else None,
        value_text=str(row.value),
        unit=row.definition.unit,
        source_unit_id=found.source if found else None,
        source=str(row.whose),
        since=found.since if found else None,
        until=found.until if found else None,
        paper=found.paper if found else "",
        verified=found.verified if found else False,
        example=row.is_example,
        mark=row.definition.mark,
    )


@router.get("/", response=list[InForceOut])
@open_to_all("what is in force is public")
def policies(
    request: HttpRequest, unit: Whole | None = None, day: Day | None = None, area: str = ""
) -> list[InForceOut]:
    """Every policy as it holds for a union (none: as the platform ships it) on a day."""
    areas = queries.what_is_in_force(unit_id=_unit(unit), day=day or clock.today(), area=area)
    return [_out(row) for found in areas for row in found.rows]


@router.get("/{key}", response=list[InForceOut])
@open_to_all("what is in force is public")
def policy_in_force(
    request: HttpRequest, key: str, unit: Whole | None = None, day: Day | None = None
) -> list[InForceOut]:
    """One policy in all its cases."""
    found = queries.policy_page(key=key, unit_id=_unit(unit), day=day or clock.today())
    return [_out(row) for row in found.cases]


@router.get("/{key}/history", response=list[HistoryOut])
@open_to_all("what was in force is public")
def policy_history(request: HttpRequest, key: str, unit: Whole, day: Day | None = None) -> list[HistoryOut]:
    """Every value that a union and those above it set for a policy, the newest first."""
    found = queries.policy_page(key=key, unit_id=_unit(unit), day=day or clock.today())
    return [
        HistoryOut(
            unit_id=one.value.unit_id,
            unit=one.unit_name,
            value=one.value.value,
            dims=dict(one.value.dims),
            low=one.value.low,
            high=one.value.high,
            locked=one.value.locked,
            since=one.value.since,
            until=one.value.until,
            paper=one.value.paper,
        )
        for one in found.history
    ]


def _unit(unit: int | None) -> int | None:
    return unit if unit is None or 0 < unit <= _HIGHEST else 0
