"""What the public pages say and how: measures, steps of the map, places, names as the public reads them."""

from niangjia.portal.rules.measures import HEADLINE, MEASURES, Measure, Rows, measure_named, measures_of
from niangjia.portal.rules.places import Position, automatic_grid, distance_km, place_code, short_place
from niangjia.portal.rules.publishing import employer_name, office_phone
from niangjia.portal.rules.steps import Ramp, ramp

__all__ = [
    "HEADLINE",
    "MEASURES",
    "Measure",
    "Position",
    "Ramp",
    "Rows",
    "automatic_grid",
    "distance_km",
    "employer_name",
    "measure_named",
    "measures_of",
    "office_phone",
    "place_code",
    "ramp",
    "short_place",
]
