"""A small Ningbo through public actions: places, unions, federations of two modes, every kind of employer."""

from datetime import date
from types import SimpleNamespace

from niangjia.bodies.models import Facility
from niangjia.kernel.access import SYSTEM
from niangjia.network import actions
from niangjia.network.rules import EmployerKind, OrgKind, Sector
from niangjia.tree.models import Division, DivisionCode
from tests.conftest import AT, TODAY

SINCE = date(2016, 1, 1)
LATER = date(2018, 3, 1)
PLACES = (
    ("33", "浙江省", None),
    ("3302", "宁波市", "33"),
    ("3301", "杭州市", "33"),
    ("330212", "鄞州区", "3302"),
    ("330203", "海曙区", "3302"),
    ("330212001", "下应街道", "330212"),
    ("330212103", "塘溪镇", "330212"),
    ("330212001001", "湾底村", "330212001"),
)


def places():
    found = {}
    for level, (code, name, above) in enumerate(PLACES):
        parent = found.get(above)
        depth = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}[len(code)]
        full = f"{parent.full_name}{name}" if parent else name
        row = Division.objects.create(
            parent=parent, level=depth, name=name, full_name=full, since=date(2000, 1, 1)
        )
        DivisionCode.objects.create(
            division=row,
            system="nbs",
            code=code.ljust(12, "0") if level % 2 else code,
            since=date(2000, 1, 1),
        )
        found[code] = row
    return found


def union(kind, name, parent=None, division=None, **more):
    more.setdefault("established_on", SINCE)
    draft = actions.OrganisationDraft(
        kind=kind, name=name, division_id=division.pk if division else None, **more
    )
    return actions.found_organisation(
        draft=draft, parent_id=parent.pk if parent else None, today=TODAY, by=SYSTEM, at=AT
    )


def employer(name, keeper, kind=EmployerKind.ENTERPRISE, sector=Sector.OTHER, since=SINCE):
    draft = actions.EmployerDraft(name=name, kind=kind, since=since, headcount=4242, sector=sector, uscc="")
    return actions.register_employer(draft=draft, keeper_id=keeper.pk, by=SYSTEM, at=AT)


def cover(by_union, firm, since=SINCE):
    return actions.cover_employer(union=by_union, employer=firm, since=since, by=SYSTEM, at=AT)


def compose(federation, child, since=date(2016, 1, 2)):
    actions.compose(federation=federation, child=child, since=since, today=TODAY, by=SYSTEM, at=AT)
    child.refresh_from_db()


def ningbo():
    """The world of the portal's tests."""
    at = places()
    world = SimpleNamespace(at=at)
    _general_unions(world)
    _federations(world)
    _singles(world)
    _everybody_in_the_joint(world)
    employer("湾底果蔬合作社", world.town)
    _what_came_later(world)
    return world


def _general_unions(world):
    at = world.at
    world.province = union(OrgKind.PROVINCE, "浙江省总工会", division=at["33"])
    world.city = union(OrgKind.CITY, "宁波市总工会", world.province, at["3302"])
    union(OrgKind.CITY, "杭州市总工会", world.province, at["3301"])
    world.county = union(
        OrgKind.COUNTY, "宁波市鄞州区总工会", world.city, at["330212"], short_name="鄞州区总工会"
    )
    union(OrgKind.COUNTY, "宁波市海曙区总工会", world.city, at["330203"], short_name="海曙区总工会")
    world.town = union(
        OrgKind.TOWN,
        "下应街道总工会",
        world.county,
        at["330212001"],
        address="启明路818号",
        phone="0574-88236688",
    )
    union(OrgKind.TOWN, "塘溪镇总工会", world.county, at["330212103"])


def _federations(world):
    world.mall = union(
        OrgKind.FEDERATION,
        "下应商圈工会联合会",
        world.town,
        mode="business_district",
        latitude=29.83,
        longitude=121.60,
        phone="13800000000",
    )
    world.village = union(
        OrgKind.FEDERATION,
        "湾底村工会联合会",
        world.town,
        world.at["330212001001"],
        mode="village_community",
    )
    world.joint = union(OrgKind.JOINT, "下应商圈联合工会", world.mall)
    compose(world.mall, world.joint)


def _singles(world):
    """Four unions of one firm each; two of them are N of the federation."""
    world.singles = [union(OrgKind.SINGLE, f"甬东第{i}厂工会", world.town) for i in range(4)]
    for place, single in enumerate(world.singles):
        cover(single, employer(f"甬东第{place}厂", world.town))
    for single in world.singles[:2]:
        compose(world.mall, single)


def _everybody_in_the_joint(world):
    kinds = [EmployerKind.INSTITUTION, EmployerKind.MERCHANT, EmployerKind.SOCIAL, EmployerKind.AGENCY]
    names = ["鄞州区实验小学", "王小明面馆", "下应邻里中心", "下应街道办事处"]
    for name, kind in zip(names, kinds, strict=True):
        cover(world.joint, employer(name, world.town, kind))
    shop = employer("甬江电子商务有限公司", world.town, sector=Sector.ECOMMERCE)
    cover(world.joint, shop, since=LATER)


def _what_came_later(world):
    actions.rename_organisation(
        organisation=world.village,
        name="湾底村社区工会联合会",
        since=date(2018, 1, 1),
        paper="鄞总工〔2018〕1号",
        by=SYSTEM,
        at=AT,
    )
    Facility.objects.create(
        organisation=world.mall,
        kind="service_station",
        name="下应职工服务站",
        obtained_by="rented",
        opening_hours="每天 8:30–20:30",
        is_shared=True,
        address="启明路 1 号",
        latitude=29.831,
        longitude=121.601,
        since=SINCE,
    )
