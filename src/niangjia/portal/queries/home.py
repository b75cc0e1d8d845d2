"""The home page: the newspaper's figures and places to go, each number opening its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.kernel.errors import NotVisible
from niangjia.network import queries as network
from niangjia.portal.queries.board import Number, numbers_of
from niangjia.portal.queries.nearby import Near, facilities_near, some_facilities
from niangjia.portal.queries.standing import Standing, standing_of
from niangjia.portal.rules import HEADLINE, Position


@dataclass(frozen=True, slots=True)
class Home:
    """What a worker can get now."""

    standing: Standing | None
    headline: Sequence[Number]
    facilities: Sequence[Near]


def home(*, here: Position | None, today: date) -> Home:
    """The home page; an installation without unions shows no figures."""
    facilities = facilities_near(here=here, under="", day=today) if here else some_facilities(day=today)
    try:
        standing = standing_of(unit_id=None, day=None, today=today)
    except NotVisible:
        return Home(None, (), facilities)
    counts = network.counts_at(paths=[standing.path], day=today)[0]
    return Home(standing, numbers_of(standing=standing, counts=counts, measures=HEADLINE), facilities)
