"""What the page names outside Ningbo: Dazhou, Gudangwan, Tuankou, Hengdian, Wenzhou, industry. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from niangjia.bodies.rules import FacilityKind, Obtained, ZoneKind
from niangjia.demo.rules import dazhou
from niangjia.demo.rules.clusters import Cluster, drawn
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.firms import Firms
from niangjia.demo.rules.sketch import (
    EmployerSketch,
    FacilitySketch,
    OrganisationSketch,
    RelationSketch,
    RenamingSketch,
    Sketch,
    ZoneSketch,
)
from niangjia.demo.rules.terms import last_term
from niangjia.network.rules import EmployerKind, Mode, OrgKind

DAZHOU = "330803110"
TRADES = ("交通", "教育", "医疗卫生", "建设", "金融", "邮电", "财贸", "机械冶金", "轻纺")
PLANTS = ("磁材一厂", "磁材二厂", "器件厂", "电机厂")


def dazhou_town(facts: Mapping[str, Any], *, today: date) -> Sketch:
    """Dazhou with its federations, firms and facilities, on the days of the start data."""
    sketch = dazhou.unions(facts, town=DAZHOU)
    sketch.employers += dazhou.employers(facts, town=DAZHOU, heads=1500)
    since = today - timedelta(days=1900)
    sketch.facilities += [
        FacilitySketch(
            organisation=DAZHOU,
            kind=FacilityKind.CULTURE_CENTRE,
            name="大洲镇职工文化活动中心",
            obtained_by=Obtained.BUILT,
            since=since,
            area_mu="8.00",
            rooms=("篮球场", "门球场", "健身房", "娱乐室", "图书室"),
            investment="600000.00",
            opening_hours="每天 8:00—20:30",
            is_shared=True,
        ),
        FacilitySketch(
            organisation="江洲碱业工会",
            kind=FacilityKind.WORKERS_HOME,
            name="江洲碱业职工之家",
            obtained_by=Obtained.CONVERTED,
            since=since + timedelta(days=90),
            area_m2=260,
            rooms=("阅览室", "乒乓球室"),
            opening_hours="工作日 17:00—20:00",
            is_shared=True,
            owner_employer="江洲碱业",
        ),
    ]
    return sketch


def elsewhere(*, today: date, dice: Dice, firms: Firms) -> Sketch:
    """The other places of the page."""
    return Sketch.of(
        (
            _gudangwan(today, dice, firms),
            _tuankou(firms, today),
            _hengdian(firms, today),
            _wenzhou(firms, today),
            _industry(firms, today),
        )
    )


def _gudangwan(today: date, dice: Dice, firms: Firms) -> Sketch:
    town, since = "330106005", today - timedelta(days=2200)
    cluster = Cluster(
        key="gudangwan",
        name="翠苑街道古荡湾社区工会联合会",
        parent=town,
        town=town,
        mode=Mode.VILLAGE,
        since=since,
        place="杭州西湖",
        joints=("古荡湾社区楼宇联合工会", "古荡湾社区商铺联合工会"),
        singles=4,
        firms=26,
        merchants=15,
        social=3,
        workers=1180,
        division=town,
    )
    sketch = drawn(cluster, today=today, dice=dice, firms=firms)
    floors = tuple(row.key for row in sketch.employers[:12])
    sketch.zones.append(ZoneSketch("古荡湾一号楼宇", ZoneKind.BUILDING, town, since, town, "", floors))
    sketch.zones.append(ZoneSketch("古荡湾社区", ZoneKind.VILLAGE, town, since, town, "", floors[4:]))
    return sketch


def _tuankou(firms: Firms, today: date) -> Sketch:
    return _company(
        "湍口温泉度假酒店", "330112111", firms, since=today - timedelta(days=3100), heads=180, today=today
    )


def _hengdian(firms: Firms, today: date) -> Sketch:
    """The company union with a branch in each subordinate factory (S-DC-04)."""
    since = date(1995, 6, 1)
    sketch = _company("东磁", "330783123", firms, since=since, heads=13_600, today=today, women=6012)
    for i, plant in enumerate(PLANTS):
        branch = OrganisationSketch(f"东磁-{i}", OrgKind.BRANCH, f"东磁{plant}分工会", since, "东磁工会")
        group = OrganisationSketch(f"东磁-{i}-g", OrgKind.GROUP, f"{plant}第一工会小组", since, branch.key)
        sketch.organisations += [branch, group]
    return sketch


def _wenzhou(firms: Firms, today: date) -> Sketch:
    since = date(2001, 5, 1)
    trades = [
        OrganisationSketch(f"wz-{i}", OrgKind.INDUSTRY, f"温州市{trade}工会", since, "3303", division="3303")
        for i, trade in enumerate(TRADES)
    ]
    sketch = _company("文成客运", "330328100", firms, since=date(2009, 4, 1), heads=140, today=today)
    sketch.organisations[:0] = trades
    sketch.relations.append(RelationSketch("文成客运工会", "wz-0", "line", date(2010, 1, 1)))
    return sketch


def _industry(firms: Firms, today: date) -> Sketch:
    """A provincial industry union with an institution, and a name it bore before (D9, S-JX-20)."""
    since, key = date(1998, 3, 1), "industry"
    _, ends = last_term(since, years=5, today=today)
    union = OrganisationSketch(
        key,
        OrgKind.INDUSTRY,
        "浙江省能源化工工会",
        since,
        "33",
        division="33",
        term_years=5,
        term_ends_on=ends,
    )
    sketch = Sketch(organisations=[union])
    sketch.add(
        _company(
            "省电检所",
            key,
            firms,
            since=date(2002, 9, 1),
            heads=320,
            today=today,
            kind=EmployerKind.INSTITUTION,
        )
    )
    sketch.renamings.append(
        RenamingSketch(key, "浙江省能源产业工会", date(2012, 1, 1), "省总工会关于产业工会更名的批复")
    )
    return sketch


def _company(  # noqa: PLR0913 - what is known of a company
    name: str,
    parent: str,
    firms: Firms,
    *,
    since: date,
    heads: int,
    today: date,
    kind: EmployerKind = EmployerKind.ENTERPRISE,
    women: int | None = None,
) -> Sketch:
    """An employer and its own single union."""
    union = OrganisationSketch(
        key=f"{name}工会",
        kind=OrgKind.SINGLE,
        name=f"{name}工会",
        established_on=since,
        parent=parent,
        uscc=firms.union_uscc(),
        term_years=3,
        term_ends_on=last_term(since, years=3, today=today)[1],
    )
    employer = EmployerSketch(
        key=name,
        keeper=parent,
        name=name,
        kind=kind,
        since=since,
        uscc=firms.uscc(kind),
        headcount=heads,
        female_headcount=women if women is not None else heads * 2 // 5,
        migrant_headcount=heads // 4,
        unions=((union.key, since),),
    )
    return Sketch(organisations=[union], employers=[employer])
