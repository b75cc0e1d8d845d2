"""Where things lie: codes, short names, positions on the tile map, distances."""

import math
from dataclasses import dataclass
from typing import Self

from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import say

EARTH_RADIUS_KM = 6371.0
WIDEST = 6
"""Columns of an automatic grid: what a phone still shows as a map."""

_CODE = 6
_COUNTY_ENDINGS = ("自治县", "市", "区", "县")
_PEOPLES = ("畲族",)
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Position:
    """A reader's position, given for this one request and kept nowhere."""

    latitude: float
    longitude: float

    @classmethod
    def given(cls, latitude: float | None, longitude: float | None) -> Self | None:
        """The position if both numbers are given and lie on the earth; one alone is refused."""
        if latitude is None and longitude is None:
            return None
        if latitude is None or longitude is None:
            raise BadInput(say("位置不完整：纬度和经度要一起给。也可以改用按地方查找。"), field="lat")
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 - degrees
            raise BadInput(say("这个位置不在地球上：纬度在 ±90 之间，经度在 ±180 之间。"), field="lat")
        return cls(latitude, longitude)


def distance_km(here: Position, there: Position) -> float:
    """The great-circle distance in kilometres.

    >>> round(distance_km(Position(30.25, 120.17), Position(29.87, 121.55)))
    139
    """
    lat_a, lat_b = math.radians(here.latitude), math.radians(there.latitude)
    half_lat = (lat_b - lat_a) / 2
    half_lon = math.radians(there.longitude - here.longitude) / 2
    square = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, square)))


def place_code(code: str) -> str:
    """The six digits of GB/T 2260 from a code of any length; a town or village keeps all of its digits.

    >>> place_code("3302"), place_code("330203000000"), place_code("330203001")
    ('330200', '330203', '330203001')
    """
    bare = code.rstrip("0") if len(code) > _CODE else code
    return code[:_CODE].ljust(_CODE, "0") if len(bare) <= _CODE else code


def short_place(name: str) -> str:
    """A city's or county's name without its ending, as a map has room for it.

    >>> short_place("宁波市"), short_place("景宁畲族自治县"), short_place("大洲镇")
    ('宁波', '景宁', '大洲镇')
    """
    for ending in _COUNTY_ENDINGS:
        if name.endswith(ending):
            bare = name.removesuffix(ending)
            for people in _PEOPLES:
                bare = bare.removesuffix(people)
            return bare if len(bare) >= _SHORTEST else name
    return name


def automatic_grid(count: int, *, after_row: int = 0) -> list[tuple[int, int]]:
    """Rows and columns for places without positions of their own, in the order of their codes.

    >>> automatic_grid(3, after_row=2)
    [(3, 1), (3, 2), (4, 1)]
    """
    width = min(WIDEST, max(1, math.ceil(math.sqrt(count))))
    return [(after_row + 1 + place // width, 1 + place % width) for place in range(count)]
