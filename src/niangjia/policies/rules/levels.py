"""On which level of the policy catalogue a union stands."""

from collections.abc import Mapping

from niangjia.kernel.policy import Level

_LEVELS: Mapping[str, Level] = {
    "provincial_union": Level.PROVINCE,
    "city_union": Level.CITY,
    "industry_union": Level.CITY,
    "county_union": Level.COUNTY,
    "town_union": Level.TOWN,
    "union_federation": Level.FEDERATION,
    "single_primary_union": Level.PRIMARY,
    "joint_primary_union": Level.PRIMARY,
}


def level_of(kind: str) -> Level | None:
    """The level of a unit's kind, or None for one that sets no policy (branches, groups).

    An industry union decides like a city for its own line (domain.md Appendix C).

    >>> level_of("county_union").value, level_of("union_group")
    ('county', None)
    """
    return _LEVELS.get(kind)
