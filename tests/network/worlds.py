"""Small worlds of the register, built through the actions."""

from datetime import date

from tests import standing
from tests.conftest import AT, TODAY

from niangjia.kernel.access import SYSTEM
from niangjia.network import actions
from niangjia.network.rules import EmployerKind, OrgKind

SINCE = date(2016, 1, 1)


def found(kind, name, parent=None, *, since=SINCE, today=TODAY, by=SYSTEM, at=AT, composed_on=None, **more):
    draft = actions.OrganisationDraft(kind=kind, name=name, established_on=since, **more)
    return actions.found_organisation(
        draft=draft,
        parent_id=parent.pk if parent else None,
        today=today,
        by=by,
        at=at,
        composed_on=composed_on,
    )


def employer(
    name, keeper, *, kind=EmployerKind.ENTERPRISE, headcount=10, since=SINCE, by=SYSTEM, at=AT, **more
):
    draft = actions.EmployerDraft(name=name, kind=kind, since=since, headcount=headcount, **more)
    return actions.register_employer(draft=draft, keeper_id=keeper.pk, by=by, at=at)


def cover(union, firm, *, since=SINCE, by=SYSTEM, at=AT):
    return actions.cover_employer(union=union, employer=firm, since=since, by=by, at=at)


def zhejiang():
    """Two counties of one city, each with a town; the left town has a federation with one N and one X."""
    return standing.HERE.taken(build)


def build():
    """Founded through the actions, one after the other."""
    made = {}
    made["province"] = found(OrgKind.PROVINCE, "浙江省总工会")
    made["city"] = found(OrgKind.CITY, "衢州市总工会", made["province"])
    for side, name in (("left", "衢江区"), ("right", "柯城区")):
        made[f"{side}_county"] = found(OrgKind.COUNTY, f"{name}总工会", made["city"])
        made[f"{side}_town"] = found(OrgKind.TOWN, f"{name}大洲镇总工会", made[f"{side}_county"])
        made[f"{side}_fed"] = found(
            OrgKind.FEDERATION, f"{name}大洲镇工会联合会", made[f"{side}_town"], mode="village_community"
        )
        made[f"{side}_single"] = found(
            OrgKind.SINGLE, f"{name}东磁工会", made[f"{side}_fed"], composed_on=SINCE
        )
        made[f"{side}_joint"] = found(
            OrgKind.JOINT, f"{name}小散远联合工会", made[f"{side}_fed"], composed_on=SINCE
        )
        made[f"{side}_firm"] = employer(f"{name}东磁公司", made[f"{side}_town"])
        made[f"{side}_shop"] = employer(f"{name}张三杂货店", made[f"{side}_town"], kind=EmployerKind.MERCHANT)
        cover(made[f"{side}_single"], made[f"{side}_firm"])
    return made
