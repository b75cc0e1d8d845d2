"""What the union rules say of the network: kinds, what stands under what, 1+N+X, coverage. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.identifiers import parse_uscc
from niangjia.kernel.periods import Period
from niangjia.kernel.words import Said, listed, say


class OrgKind(StrEnum):
    """Kinds of organisation (domain.md §2.2 `OrgUnit.kind`), one general union kind a level."""

    PROVINCE = "provincial_union"
    CITY = "city_union"
    COUNTY = "county_union"
    TOWN = "town_union"
    INDUSTRY = "industry_union"
    FEDERATION = "union_federation"
    SINGLE = "single_primary_union"
    JOINT = "joint_primary_union"
    BRANCH = "branch_union"
    GROUP = "union_group"


class Mode(StrEnum):
    """The five coverage modes of a second-tier federation (S-NB-05), and none for the trades' own."""

    PARK = "park"
    VILLAGE = "village_community"
    AREA = "area"
    BUSINESS_DISTRICT = "business_district"
    TRADE = "trade"


class Sector(StrEnum):
    """Where new forms of business leave blind spots (S-NB-04)."""

    ECOMMERCE = "ecommerce"
    LOGISTICS = "logistics"
    COMPLEX = "urban_complex"
    FEATURED_TOWN = "featured_town"
    SOCIAL = "social_org"
    OTHER = "other"


class EmployerKind(StrEnum):
    """Kinds of employer (domain.md §2.2); 企事业单位 are enterprises and institutions together."""

    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"
    AGENCY = "agency"
    SOCIAL = "social_org"
    MERCHANT = "self_employed_merchant"


class Status(StrEnum):
    """The life of an organisation (domain.md §3 states of OrgUnit)."""

    PREPARING = "preparing"
    ACTIVE = "active"
    RESTRUCTURING = "restructuring"
    DISSOLVED = "dissolved"
    MERGED = "merged"


class Part(StrEnum):
    """The role of a union in a federation (S-NB-10): N covers one employer, X several."""

    N = "N"
    X = "X"


KIND_LABELS: Mapping[OrgKind, str] = {
    OrgKind.PROVINCE: "省总工会",
    OrgKind.CITY: "市总工会",
    OrgKind.COUNTY: "县（市、区）总工会",
    OrgKind.TOWN: "镇街总工会",
    OrgKind.INDUSTRY: "产业工会",
    OrgKind.FEDERATION: "工会联合会",
    OrgKind.SINGLE: "单建会",
    OrgKind.JOINT: "联合基层工会",
    OrgKind.BRANCH: "分工会",
    OrgKind.GROUP: "工会小组",
}
COUNTED_KINDS: Mapping[OrgKind, Said] = {
    OrgKind.FEDERATION: say("几家\x04工会联合会"),
    OrgKind.SINGLE: say("几家\x04单建会"),
    OrgKind.JOINT: say("几家\x04联合基层工会"),
}
"""Labels that stand over a number: other languages say them in the plural."""
COUNTED_PRIMARIES = say("几家\x04基层工会")
COUNTED_EMPLOYERS: Mapping[EmployerKind, Said] = {
    EmployerKind.ENTERPRISE: say("几家\x04企业"),
    EmployerKind.INSTITUTION: say("几家\x04事业单位"),
    EmployerKind.AGENCY: say("几家\x04机关"),
    EmployerKind.SOCIAL: say("几家\x04社会组织"),
    EmployerKind.MERCHANT: say("几家\x04个体商户"),
}
MODE_LABELS: Mapping[Mode, str] = {
    Mode.PARK: "园区统筹",
    Mode.VILLAGE: "村社统筹",
    Mode.AREA: "片区统筹",
    Mode.BUSINESS_DISTRICT: "商圈统筹",
    Mode.TRADE: "行业统筹",
}
SECTOR_LABELS: Mapping[Sector, str] = {
    Sector.ECOMMERCE: "电子商务",
    Sector.LOGISTICS: "物流货运",
    Sector.COMPLEX: "城市综合体",
    Sector.FEATURED_TOWN: "特色小镇",
    Sector.SOCIAL: "新社会组织",
    Sector.OTHER: "其他",
}
EMPLOYER_LABELS: Mapping[EmployerKind, str] = {
    EmployerKind.ENTERPRISE: "企业",
    EmployerKind.INSTITUTION: "事业单位",
    EmployerKind.AGENCY: "机关",
    EmployerKind.SOCIAL: "社会组织",
    EmployerKind.MERCHANT: "个体商户",
}
STATUS_LABELS: Mapping[Status, str] = {
    Status.PREPARING: "筹备中",
    Status.ACTIVE: "正常运行",
    Status.RESTRUCTURING: "撤并改办理中",
    Status.DISSOLVED: "已撤销",
    Status.MERGED: "已并入其他组织",
}
GENERAL = (OrgKind.PROVINCE, OrgKind.CITY, OrgKind.COUNTY, OrgKind.TOWN)
PRIMARY = (OrgKind.SINGLE, OrgKind.JOINT)
LIVING = (Status.ACTIVE, Status.RESTRUCTURING)

PARENTS: Mapping[OrgKind, tuple[OrgKind, ...]] = {
    OrgKind.PROVINCE: (),
    OrgKind.CITY: (OrgKind.PROVINCE,),
    OrgKind.COUNTY: (OrgKind.CITY,),
    OrgKind.TOWN: (OrgKind.COUNTY,),
    OrgKind.INDUSTRY: (OrgKind.PROVINCE, OrgKind.CITY),
    OrgKind.FEDERATION: (OrgKind.TOWN, OrgKind.COUNTY, OrgKind.CITY, OrgKind.INDUSTRY),
    OrgKind.SINGLE: (
        OrgKind.FEDERATION,
        OrgKind.TOWN,
        OrgKind.COUNTY,
        OrgKind.CITY,
        OrgKind.PROVINCE,
        OrgKind.INDUSTRY,
    ),
    OrgKind.JOINT: (OrgKind.FEDERATION, OrgKind.TOWN, OrgKind.COUNTY, OrgKind.INDUSTRY),
    OrgKind.BRANCH: (OrgKind.SINGLE, OrgKind.JOINT),
    OrgKind.GROUP: (OrgKind.SINGLE, OrgKind.JOINT, OrgKind.BRANCH),
}


def require_parent_kind(kind: OrgKind, *, parent: OrgKind | None) -> None:
    """Refuse a parent of a kind under which this kind cannot stand."""
    allowed = PARENTS[kind]
    if parent is None and not allowed:
        return
    if parent not in allowed:
        words, *names = (say(KIND_LABELS[item]) for item in (kind, *(allowed or (OrgKind.PROVINCE,))))
        text = "{kind}的上级只能是：{choices}。请另选上级组织。"
        raise Refused(say(text, kind=words, choices=listed(names)), field="parent")


def require_room_for_employer(kind: OrgKind, *, covered: int) -> None:
    """A single union covers one employer, a joint union several; others cover none directly (S-NB-10)."""
    if kind not in PRIMARY:
        raise Refused(
            say("{kind}不直接覆盖单位。请选它下面的单建会或联合基层工会。", kind=say(KIND_LABELS[kind])),
            field="union",
        )
    if kind is OrgKind.SINGLE and covered:
        raise Refused(say("单建会只覆盖一家单位，它已有一家。请改用联合基层工会。"), field="union")


def part_of(kind: OrgKind) -> Part:
    """The part that a primary union plays in 1+N+X: single unions are N, joint unions X (S-NB-10)."""
    if kind is OrgKind.SINGLE:
        return Part.N
    if kind is OrgKind.JOINT:
        return Part.X
    raise Refused(say("只有单建会和联合基层工会可以编入联合会。"), field="child")


@dataclass(frozen=True, slots=True)
class Composition1NX:
    """The 1+N+X of a federation: how many N and X, and how many employers each side covers (R-ORG-03)."""

    n_unions: int
    x_unions: int
    n_employers: int
    x_employers: int

    @property
    def employers(self) -> int:
        """Distinct employers covered: an employer counts once, so the two sides simply add (R-ORG-01)."""
        return self.n_employers + self.x_employers


@dataclass(frozen=True, slots=True)
class Cover:
    """A union covers an employer in a period. Covers stand in the order in which they were recorded."""

    union_id: int
    period: Period


def counted(covers: Sequence[Cover]) -> Iterator[tuple[Cover, bool]]:
    """The stretches of each cover and whether they count: on every day exactly one cover counts (R-ORG-01).

    The one recorded first counts as long as it holds; when it ends, the next one steps in, so that
    an employer still
    reached by a union is never lost. A later record never changes the days on which another counts already.

    >>> day = date(2018, 1, 1)
    >>> [(c.union_id, n) for c, n in counted([Cover(1, Period(day)), Cover(2, Period(day))])]
    [(1, True), (2, False)]
    """
    edges = sorted({edge for cover in covers for edge in (cover.period.since, cover.period.until) if edge})
    for rank, cover in enumerate(covers):
        earlier = [one.period for one in covers[:rank]]
        stretch: tuple[Period, bool] | None = None
        for piece in _cut(cover.period, edges):
            counts = not any(period.covers(piece.since) for period in earlier)
            if stretch and stretch[1] == counts:
                stretch = (Period(stretch[0].since, piece.until), counts)
                continue
            if stretch:
                yield Cover(cover.union_id, stretch[0]), stretch[1]
            stretch = (piece, counts)
        if stretch:
            yield Cover(cover.union_id, stretch[0]), stretch[1]


def _cut(period: Period, edges: Sequence[date]) -> Iterator[Period]:
    inside = [edge for edge in edges if edge > period.since and (not period.until or edge < period.until)]
    yield from map(Period, [period.since, *inside], [*inside, period.until])


def require_union_code(text: str) -> str:
    """A union's social credit code begins with 81 or 89 (domain.md §3); none is said by nothing."""
    if not text:
        return ""
    code = parse_uscc(text)
    if not code.holder.is_union:
        raise BadInput(say("这是单位的代码。工会法人的统一社会信用代码以 81 或 89 开头。"), field="uscc")
    return code.code


def require_employer_code(text: str) -> str:
    """An employer's social credit code is never a union's: the two do not share one."""
    if not text:
        return ""
    code = parse_uscc(text)
    if code.holder.is_union:
        raise BadInput(say("以 81、89 开头的是工会的代码。请填写单位自己的统一社会信用代码。"), field="uscc")
    return code.code


def require_not_future(day: date, *, today: date, field: str, words: Said) -> None:
    """Refuse a day that has not come yet."""
    if day > today:
        raise Refused(words, field=field)


def require_mode(kind: OrgKind, mode: str) -> None:
    """Only a federation has a coverage mode (S-NB-05)."""
    if mode and kind is not OrgKind.FEDERATION:
        raise Refused(say("只有工会联合会有统筹模式。请留空。"), field="mode")


def require_coverable(since: date, *, union: Period, employer: Period) -> None:
    """A coverage begins while both the union and the employer stand, and neither is about to end."""
    if since < union.since:
        raise Refused(say("工会自 {day} 起成立，覆盖不能早于这一天。", day=union.since), field="since")
    if since < employer.since:
        raise Refused(say("单位自 {day} 起在册，覆盖不能早于这一天。", day=employer.since), field="since")
    if union.until or employer.until:
        raise Refused(say("工会或单位已经撤销、出册，或者定了日子。请另选。"), field="union")
