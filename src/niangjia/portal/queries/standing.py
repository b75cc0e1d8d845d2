"""A union as the board shows it on a day: itself, the way to it, and what its numbers open."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.shapes import Crumb
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.network.queries import Counts
from niangjia.network.rules import OrgKind
from niangjia.portal.rules import Measure, Rows
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.network.models import Organisation


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation and the path at which it stood on a day."""

    organisation: "Organisation"
    path: str
    day: date
    today: date

    @property
    def is_today(self) -> bool:
        """True if the day asked for is today's: then counts come from the roll-up."""
        return self.day == self.today

    def query(self, **more: object) -> str:
        """The end of an address that keeps the day asked for."""
        kept = {} if self.is_today else {"day": self.day.isoformat()}
        pairs = {name: value for name, value in (more | kept).items() if value not in (None, "")}
        return f"?{urlencode(pairs)}" if pairs else ""


def standing_of(*, unit_id: int | None, day: date | None, today: date) -> Standing:
    """Where an organisation stood on a day; without a number, the one at the top of the tree."""
    if unit_id is None:
        unit_id = top_unit_id(today=today)
    organisation, day = network.public_organisation(unit_id=unit_id), day or today
    if day == today:
        return Standing(organisation, organisation.path, day, today)
    try:
        path = network.path_on(unit_id=unit_id, day=day)
    except NotVisible:
        raise Refused(
            say("{name}在 {day} 还没有成立，或者已经撤销。请换一天。", name=organisation.name, day=day)
        ) from None
    return Standing(organisation, path, day, today)


def top_unit_id(*, today: date) -> int:
    """The organisation at the top of the tree; an installation without one has nothing to show yet."""
    filters = network.Filters(kinds=(OrgKind.PROVINCE, OrgKind.CITY, OrgKind.COUNTY, OrgKind.TOWN))
    rows = network.public_organisations(filters=filters, today=today).filter(unit__parent=None)
    found: int | None = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotVisible(say("这里还没有登记任何工会组织。登记以后，数字会自己出现。"))
    return found


def value_of(*, measure: Measure, counts: Counts) -> int:
    """What a measure counts, out of the counts of the network."""
    if measure.mode:
        return counts.amounts.get(f"fed:{measure.mode}", 0)
    if measure.sector:
        return counts.amounts.get(f"sector:{measure.sector}", 0)
    if measure.rows is Rows.ORGANISATIONS:
        return counts.organisations(*(OrgKind(kind) for kind in measure.kinds))
    return (
        sum(counts.amounts.get(f"employer:{kind}", 0) for kind in measure.kinds)
        if measure.kinds
        else counts.employers()
    )


def rows_href(*, standing: Standing, measure: Measure, unit_id: int | None = None) -> str:
    """The address of the rows behind a number, of this or another unit, on the day it was counted."""
    road = reverse(f"board-{measure.rows}", args=[unit_id or standing.organisation.pk])
    return road + standing.query(of=measure.key)


def board_href(*, unit_id: int, standing: Standing, **more: object) -> str:
    """The address of a unit's board on the same day."""
    return reverse("board", args=[unit_id]) + standing.query(**more)


def crumbs_of(*, standing: Standing, last: object = None, **more: object) -> list[Crumb]:
    """The way from the top to here; with `last`, here itself is a link too."""
    above = [
        Crumb(unit.name, board_href(unit_id=unit.pk, standing=standing, **more))
        for unit in tree.chain_above(path=standing.path)
    ]
    here = standing.organisation
    if last is None:
        return [*above, Crumb(here.unit.name)]
    return [*above, Crumb(here.unit.name, board_href(unit_id=here.pk, standing=standing)), Crumb(last)]  # type: ignore[arg-type]
