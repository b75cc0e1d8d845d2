"""Ningbo: what the page names, and around it federations grown to the page's scale or to a sample. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from niangjia.bodies.rules import FacilityKind, Obtained, ZoneKind
from niangjia.demo.rules.clusters import Cluster, drawn
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.firms import Firms
from niangjia.demo.rules.growing import Scale, grow
from niangjia.demo.rules.places import Places, grown_towns
from niangjia.demo.rules.sketch import EmployerSketch, FacilitySketch, Sketch, ZoneSketch
from niangjia.network.rules import EmployerKind, Mode, Sector

CITY = "3302"
DRIVEN = "高家村小微园一号楼"
"""The building through which the village's squad goes in the demo world."""
WEIGHTS: Mapping[Mode, int] = {Mode.PARK: 21, Mode.VILLAGE: 46, Mode.AREA: 17, Mode.TRADE: 16}


class Size(StrEnum):
    """How much of Ningbo is built."""

    SMALL = "small"
    FULL = "full"


SCALES = {
    Size.SMALL: Scale(20, 240, 4, institutions=14, merchants=30, second_affiliations=6, modes=WEIGHTS),
    Size.FULL: Scale(
        2509, 79_829, 84, institutions=4210, merchants=4000, second_affiliations=640, modes=WEIGHTS
    ),
}
"""What is grown beside the four federations of the page: together 2,513, 80,214 and 86 at full size (B2)."""


def ningbo(
    *, size: Size, places: Places, today: date, dice: Dice, firms: Firms, codes: Sequence[str]
) -> Sketch:
    """The federations of the page and those grown in the towns, zones, and 12 culture centres (S-NB-18)."""
    sketch = Sketch.of(drawn(cluster, today=today, dice=dice, firms=firms) for cluster in _clusters(today))
    sketch.employers += _counters(firms, today)
    sketch.zones += _zones(sketch.employers, today)
    sketch.facilities += _facilities(places, today)
    towns = grown_towns(places, codes)
    return sketch.add(grow(scale=SCALES[size], towns=towns, today=today, dice=dice, firms=firms))


def _clusters(today: date) -> tuple[Cluster, ...]:
    return (*_village_and_mall(today), *_drivers_and_town(today))


def _village_and_mall(today: date) -> tuple[Cluster, ...]:
    return (
        Cluster(
            key="gaojia",
            name="匡堰镇高家村工会联合会",
            parent="330282110",
            town="330282110",
            mode=Mode.VILLAGE,
            since=date(2007, 11, 20),
            place="慈溪",
            joints=tuple(f"高家村第{i}联合工会" for i in "一二三四五六七八"),
            singles=7,
            firms=335,
            workers=3012,
            division="330282110",
        ),
        Cluster(
            key="xinhualian",
            name="新华联商厦工会联合会",
            parent="330203002",
            town="330203002",
            mode=Mode.BUSINESS_DISTRICT,
            since=today - timedelta(days=2400),
            place="新华联商厦",
            joints=("新华联商厦导购员联合工会", "新华联商厦商户联合工会"),
            singles=2,
            firms=12,
            merchants=46,
            workers=860,
            sector=Sector.COMPLEX,
            division="330203002",
        ),
    )


def _drivers_and_town(today: date) -> tuple[Cluster, ...]:
    return (
        Cluster(
            key="drivers",
            name="江北区货运司机工会联合会",
            parent="330205",
            town="330205",
            mode=Mode.TRADE,
            since=today - timedelta(days=1500),
            place="江北",
            joints=("江北区货运企业联合工会",),
            singles=5,
            firms=26,
            workers=20_140,
            sector=Sector.LOGISTICS,
            division="330205",
        ),
        Cluster(
            key="youth",
            name="1986云创青年小镇工会联合会",
            parent="330205007",
            town="330205007",
            mode=Mode.BUSINESS_DISTRICT,
            since=today - timedelta(days=1100),
            place="云创小镇",
            joints=("1986云创青年小镇商户联合工会",),
            singles=3,
            firms=12,
            merchants=24,
            social=2,
            workers=410,
            sector=Sector.FEATURED_TOWN,
            division="330205007",
        ),
    )


def _counters(firms: Firms, today: date) -> list[EmployerSketch]:
    """Brands whose sales assistants stand in the mall: counted at their union, affiliated at the mall."""
    return [
        EmployerSketch(
            key=f"brand-{i}",
            keeper="330205007",
            name=firms.name("brand", i, place="宁波"),
            kind=EmployerKind.MERCHANT,
            since=today - timedelta(days=2000),
            uscc=firms.uscc(EmployerKind.MERCHANT),
            sector=Sector.COMPLEX,
            headcount=30 + i,
            division="330205007",
            unions=(
                ("youth-x0", today - timedelta(days=1000)),
                ("xinhualian-x0", today - timedelta(days=900)),
            ),
        )
        for i in range(5)
    ]


def _zones(employers: Sequence[EmployerSketch], today: date) -> list[ZoneSketch]:
    def inside(*keys: str) -> tuple[str, ...]:
        return tuple(row.key for row in employers if row.key.partition("-")[0] in keys)

    since = today - timedelta(days=1000)
    mall, village = (*inside("xinhualian"), *inside("brand")), inside("gaojia")
    return [
        ZoneSketch("高家村", ZoneKind.VILLAGE, "330282110", since, "330282110", "", village),
        ZoneSketch(DRIVEN, ZoneKind.BUILDING, "gaojia", since, "330282110", "", village[15:27]),
        ZoneSketch("新华联商厦", ZoneKind.BUSINESS_DISTRICT, "330203002", since, "330203002", "", mall),
        ZoneSketch("新华联商厦写字楼", ZoneKind.BUILDING, "330203002", since, "330203002", "", mall[:6]),
        ZoneSketch(
            "1986云创青年小镇", ZoneKind.FEATURED_TOWN, "330205007", since, "330205007", "", inside("youth")
        ),
        ZoneSketch("洪塘片区", ZoneKind.AREA, "330205007", since, "330205007", "", inside("youth")[:9]),
    ]


def _facilities(places: Places, today: date) -> list[FacilitySketch]:
    since = today - timedelta(days=1600)
    rooms = ("图书室", "健身房", "排练厅", "培训教室")
    counties = {code: name for code, name in places.counties.items() if code.startswith(CITY)}
    owners = [*counties.items(), (CITY, "宁波市"), (CITY, "宁波市东部")]
    centres = [
        FacilitySketch(
            organisation=code,
            kind=FacilityKind.CULTURE_CENTRE,
            name=f"{name}职工文化活动中心",
            obtained_by=tuple(Obtained)[i % len(Obtained)],
            since=since + timedelta(days=20 * i),
            area_m2=2200 + 180 * i,
            rooms=rooms,
            opening_hours="每天 9:00—21:00",
            is_shared=True,
        )
        for i, (code, name) in enumerate(owners)
    ]
    home = FacilitySketch(
        organisation="drivers",
        kind=FacilityKind.DRIVERS_HOME,
        name="货运司机之家",
        obtained_by=Obtained.RENTED,
        since=today - timedelta(days=1400),
        area_m2=420,
        rooms=("休息室", "淋浴间", "洗衣房", "充电区"),
        opening_hours="全天",
        is_shared=True,
    )
    station = FacilitySketch(
        organisation="gaojia",
        kind=FacilityKind.STATION,
        name="高家村服务活动站",
        obtained_by=Obtained.JOINT,
        since=today - timedelta(days=2600),
        area_m2=600,
        rooms=("调解室", "图书室", "乒乓球室"),
        opening_hours="工作日 8:30—17:00",
        is_shared=True,
    )
    return [*centres, home, station]
