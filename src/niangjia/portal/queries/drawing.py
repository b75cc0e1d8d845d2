"""The public drawing of 1+N+X: no employer's name, no headcount, each count opens its list (R-ORG-03)."""

from django.urls import reverse

from niangjia.kernel import shapes
from niangjia.network import queries as network
from niangjia.portal.queries.standing import Standing, rows_href
from niangjia.portal.rules.measures import EMPLOYERS, JOINTS, SINGLES

DRAWN_AT_MOST = 12


def drawing_of(*, standing: Standing, employers: int, road: str) -> shapes.Drawing:
    """The 1+N+X of a federation on a day; unions lead along `road`, what is not drawn is one tap away."""
    found = network.compositions(federation=standing.organisation, day=standing.day)
    return shapes.Drawing(
        name=standing.organisation.name,
        singles=[_drawn(standing, part, road) for part in found.n[:DRAWN_AT_MOST]],
        joints=[_drawn(standing, part, road) for part in found.x[:DRAWN_AT_MOST]],
        n=len(found.n),
        x=len(found.x),
        employers=employers,
        rows_href=rows_href(standing=standing, measure=EMPLOYERS),
        singles_href=rows_href(standing=standing, measure=SINGLES),
        joints_href=rows_href(standing=standing, measure=JOINTS),
    )


def _drawn(standing: Standing, part: network.PartRow, road: str) -> shapes.DrawnUnion:
    return shapes.DrawnUnion(
        name=part.name,
        href=reverse(road, args=[part.unit_id]) + standing.query(),
        employers=part.employers,
        employer_href=rows_href(standing=standing, measure=EMPLOYERS, unit_id=part.unit_id),
    )
