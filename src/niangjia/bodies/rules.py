"""What the union rules say of committees, terms, zones and facilities. Pure."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum

from niangjia.kernel.errors import Refused
from niangjia.kernel.periods import add_months
from niangjia.kernel.words import Said, listed, say
from niangjia.network.rules import PRIMARY, OrgKind


class PostKind(StrEnum):
    """Committee posts (domain.md §3 `CommitteePost`)."""

    CHAIR = "chair"
    VICE = "vice"
    MEMBER = "member"
    WOMEN = "women_director"
    AUDIT = "audit_chair"
    ORGANISER = "organiser"


class FacilityKind(StrEnum):
    """Kinds of facility 阵地 (S-NB-11, S-NB-18, S-NB-22, S-DZ-15)."""

    STATION = "service_station"
    CULTURE_CENTRE = "culture_centre"
    SPORTS_CENTRE = "sports_centre"
    WORKERS_HOME = "workers_home"
    DRIVERS_HOME = "drivers_home"
    OUTDOOR_STATION = "outdoor_station"


class Obtained(StrEnum):
    """How a facility was obtained (S-NB-11)."""

    BUILT = "built"
    EXTENDED = "extended"
    CONVERTED = "converted"
    JOINT = "joint"
    RENTED = "rented"


class ZoneKind(StrEnum):
    """Kinds of zone (domain.md §3 `Zone`)."""

    BUSINESS_DISTRICT = "business_district"
    PARK = "park"
    BUILDING = "office_building"
    AREA = "area"
    FEATURED_TOWN = "featured_town"
    VILLAGE = "village_community"


POST_LABELS: Mapping[PostKind, str] = {
    PostKind.CHAIR: "主席",
    PostKind.VICE: "副主席",
    PostKind.MEMBER: "委员",
    PostKind.WOMEN: "女职工委员会主任",
    PostKind.AUDIT: "经费审查委员会主任",
    PostKind.ORGANISER: "组织员",
}
FACILITY_LABELS: Mapping[FacilityKind, str] = {
    FacilityKind.STATION: "服务活动站",
    FacilityKind.CULTURE_CENTRE: "职工文化活动中心",
    FacilityKind.SPORTS_CENTRE: "职工文体中心",
    FacilityKind.WORKERS_HOME: "职工之家",
    FacilityKind.DRIVERS_HOME: "货运司机之家",
    FacilityKind.OUTDOOR_STATION: "户外劳动者服务站",
}
OBTAINED_LABELS: Mapping[Obtained, str] = {
    Obtained.BUILT: "新建",
    Obtained.EXTENDED: "扩建",
    Obtained.CONVERTED: "改建",
    Obtained.JOINT: "联建",
    Obtained.RENTED: "租赁",
}
ZONE_LABELS: Mapping[ZoneKind, str] = {
    ZoneKind.BUSINESS_DISTRICT: "商圈",
    ZoneKind.PARK: "园区",
    ZoneKind.BUILDING: "楼宇",
    ZoneKind.AREA: "片区",
    ZoneKind.FEATURED_TOWN: "特色小镇",
    ZoneKind.VILLAGE: "村社",
}


TASK_KINDS: Mapping[str, Said] = {"bodies.term": say("换届")}
MESSAGE_KINDS: Mapping[str, Said] = {"bodies.term": say("换届提醒")}
"""What the to-do list and the inbox are told of by this app (ports of `niangjia.tasks` and `messaging`)."""


def require_term(years: int | None, *, allowed: Collection[int], kind: OrgKind) -> None:
    """A primary union's term is 3 or 5 years, as the policy says; a local union's 5 (R-ORG-09)."""
    choices = sorted(allowed) if kind in (*PRIMARY, OrgKind.BRANCH) else [max(allowed)]
    if years is not None and years not in choices:
        words = listed(choices)
        raise Refused(say("届期只能是 {words} 年。", words=words), field="term_years")


def require_no_relative(answer: str, *, kind: OrgKind) -> None:
    """A near relative of the enterprise's main head may not sit on its union committee (R-ORG-08)."""
    if kind not in (*PRIMARY, OrgKind.BRANCH):
        return
    if answer == "relative":
        raise Refused(
            say("企业主要负责人的近亲属不得作为本企业基层工会委员会成员（工会法第十条）。请另提人选。"),
            field="relative",
        )
    if answer != "no":
        raise Refused(say("请先由本人声明是不是企业主要负责人的近亲属。"), field="relative")


def term_reminder(ends_on: date | None, *, today: date, months: Collection[int]) -> Said | None:
    """What is said of a term that has ended or ends soon: 6, 3 and 1 months before, as the policy says."""
    if ends_on is None:
        return None
    if ends_on <= today:
        return say("已届满，尚未换届")
    due = [mark for mark in months if add_months(ends_on, -mark) <= today]
    return say("{n} 个月内届满", n=min(due)) if due else None


def reminders_due(ends_on: date, *, today: date, months: Collection[int], late_by: int) -> tuple[int, ...]:
    """The reminders of a term whose day has come, at most so many days ago: 6, 3 and 1 months before the end.

    >>> reminders_due(date(2019, 2, 28), today=date(2018, 8, 28), months=[6, 3, 1], late_by=7)
    (6,)
    """
    if ends_on < today:
        return ()
    days = {mark: (today - add_months(ends_on, -mark)).days for mark in months}
    return tuple(mark for mark, gone in days.items() if 0 <= gone <= late_by)


def renewal(name: str, ends_on: date | None, *, today: date) -> Said:
    """What is to be done about a term that has ended, ends soon, or is not on record (R-ORG-09)."""
    if ends_on is None:
        return say("{unit}还没有登记委员会届期", unit=name)
    if ends_on <= today:
        return say("{unit}已于 {day}届满，请尽快换届并登记", unit=name, day=ends_on)
    return say("{unit}将于 {day}届满，请筹备换届", unit=name, day=ends_on)


def committee_advice(
    kind: OrgKind,
    *,
    workers: int,
    posts: Collection[tuple[str, bool]],
    required_from: int,
    full_time_from: int,
) -> Iterator[Said]:
    """What a primary union is advised: a committee from 25 on (R-ORG-05), a full-time chair (R-ORG-10).

    `posts` are kind and full-time of the posts held; members are counted when membership comes,
    until then workers.
    """
    if kind not in PRIMARY:
        return
    if workers >= required_from and not posts:
        words = say("覆盖单位有职工 {n} 人；会员达到 {m} 人应当设工会委员会。", n=workers, m=required_from)
        yield words
    chairs = [full_time for post, full_time in posts if post == PostKind.CHAIR]
    if workers >= full_time_from and not any(chairs):
        yield say("覆盖单位有职工 {n} 人；达到 {m} 人可以设专职工会主席。", n=workers, m=full_time_from)
