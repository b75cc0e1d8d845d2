"""Reads behind the decision: the household's situation and the county's standards."""

from niangjia.eligibility.queries.situations import (
    around_of,
    county_of,
    leaflet_of,
    situation_of,
    standards_at,
)

__all__ = ["around_of", "county_of", "leaflet_of", "situation_of", "standards_at"]
