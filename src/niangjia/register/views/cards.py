"""The cards of the pages of one organisation, employer, facility or zone."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localtime

from niangjia.bodies import queries as bodies
from niangjia.bodies.permissions import Word as BodiesWord
from niangjia.bodies.queries import Term
from niangjia.bodies.rules import (
    FACILITY_LABELS,
    OBTAINED_LABELS,
    POST_LABELS,
    ZONE_LABELS,
    FacilityKind,
    Obtained,
    PostKind,
    ZoneKind,
)
from niangjia.kernel.access import Actor
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import (
    Act,
    Cell,
    Column,
    Crumb,
    Event,
    Fact,
    Row,
    Table,
    Text,
)
from niangjia.kernel.words import say
from niangjia.network import queries, rules
from niangjia.network.permissions import Word
from niangjia.register.queries import Told, journal_of
from niangjia.register.rules import VERBS
from niangjia.register.views.shown import mode_of, organisation_url

if TYPE_CHECKING:
    from niangjia.bodies.models import CommitteePost, Facility, Zone
    from niangjia.network.models import Coverage, Employer, Organisation
    from niangjia.tree.models import Placement

POST_COLUMNS = (Column(say("姓名")), Column(say("职务")), Column(say("专职")), Column(say("任职日")))
NOBODY_HERE = say("还没有登记单位在这里。可以从“登记一家单位在这里”开始。")


def facts_of(row: "Organisation") -> list[Fact]:
    """What is known of an organisation."""
    sector = say(rules.SECTOR_LABELS[rules.Sector(row.sector)]) if row.sector else "—"
    told = (
        (say("类别"), say(rules.KIND_LABELS[rules.OrgKind(row.kind)])),
        (say("统筹模式"), mode_of(row) or "—"),
        (say("领域"), sector),
        (say("建会日期"), row.established_on),
        (say("批复文号"), row.approval_doc_no or "—"),
        (say("统一社会信用代码"), row.uscc or "—"),
        (say("法人资格证号"), row.legal_person_no or "—"),
        (say("办公电话"), row.phone or "—"),
        (say("地址"), row.address or "—"),
        (say("状态"), say(rules.STATUS_LABELS[rules.Status(row.status)])),
        *([(say("撤销日"), row.closed_on)] if row.closed_on else []),
        (say("内部编号"), str(row.pk)),
    )
    return [Fact(term, value) for term, value in told]


def employer_facts(row: "Employer") -> list[Fact]:
    """What is known of an employer."""
    told = (
        (say("性质"), say(rules.EMPLOYER_LABELS[rules.EmployerKind(row.kind)])),
        (say("领域"), say(rules.SECTOR_LABELS[rules.Sector(row.sector)])),
        (say("统一社会信用代码"), row.uscc or "—"),
        (say("行业代码"), row.industry_code or "—"),
        (say("职工数"), say("{n} 人", n=f"{row.headcount:,}")),
        (say("其中女职工"), say("{n} 人", n=f"{row.female_headcount:,}")),
        (say("其中外来务工"), say("{n} 人", n=f"{row.migrant_headcount:,}")),
        (say("地址"), row.address or "—"),
        (say("入册日"), row.since),
        *([(say("出册日"), row.until)] if row.until else []),
    )
    return [Fact(say("在册组织"), row.keeper.name, organisation_url(row.keeper_id))] + [
        Fact(term, value) for term, value in told
    ]


def period(since: date, until: date | None) -> Text:
    """自…起, or 自…至…（不含当日）, in the reader's way of writing days."""
    if until is None:
        return say("{since} 起", since=since)
    return say("{since} 至 {until}（不含当日）", since=since, until=until)


def placements(rows: "Sequence[Placement]") -> Table:
    """Under whom an organisation stood and when, newest first."""
    return Table(
        caption=say("隶属"),
        columns=(Column(say("上级组织")), Column(say("期间"))),
        rows=[
            Row((row.parent.name if row.parent else say("最高一级"), period(row.since, row.until)))
            for row in rows
        ],
    )


def names(row: "Organisation") -> Table:
    """What an organisation was called and when, newest first, with the paper of each name."""
    return Table(
        caption=say("名称"),
        columns=(Column(say("名称")), Column(say("期间")), Column(say("依据"))),
        rows=[
            Row((one.name, period(one.since, one.until), one.paper or "—"))
            for one in row.names.order_by("-since")
        ],
    )


def posts(rows: "Sequence[CommitteePost]", *, may_end: bool) -> Table:
    """Who holds which committee post."""
    return Table(
        caption=say("委员会成员"),
        columns=(*POST_COLUMNS, Column(say("办理"))) if may_end else POST_COLUMNS,
        rows=[Row((*_post_cells(row), *([_ends_post(row)] if may_end else []))) for row in rows],
        empty=say("还没有登记成员。"),
    )


def _post_cells(row: "CommitteePost") -> tuple[object, ...]:
    return row.person.name, say(POST_LABELS[PostKind(row.kind)]), row.full_time, row.since


def _ends_post(row: "CommitteePost") -> Cell:
    return Cell(say("登记离任"), href=reverse("end-committee-post", args=[row.pk]))


def coverages(rows: "Sequence[Coverage]", *, today: date, may_end: bool) -> Table:
    """Who covers an employer when; one a day counts, the others are affiliations."""

    def ends(row: "Coverage") -> object:
        if not may_end or (row.until is not None and row.until <= today):
            return "—"
        return Cell(say("结束这条覆盖"), href=reverse("end-coverage", args=[row.pk]))

    words = {True: say("计入统计"), False: say("挂靠，不重复计")}
    return Table(
        caption=say("覆盖关系"),
        columns=(Column(say("工会")), Column(say("期间")), Column(say("统计")), Column(say("办理"))),
        rows=[
            Row(
                (row.union.name, period(row.since, row.until), words[row.counts], ends(row)),
                href=organisation_url(row.union_id),
            )
            for row in rows
        ],
        empty=say("还没有工会覆盖它，是一个盲点。"),
    )


def facilities(rows: "Iterable[Facility]", *, first: Act | None = None) -> Table:
    """Facilities: what, whose, how large, how obtained, shared or not."""
    columns = (say("名称"), say("类别"), say("所属组织"), say("面积"), say("投入"), say("共享"), say("期间"))
    return Table(
        caption=say("阵地"),
        columns=[Column(word) for word in columns],
        rows=[
            Row(
                (
                    row.name,
                    say(FACILITY_LABELS[FacilityKind(row.kind)]),
                    row.organisation.name,
                    _area(row),
                    Yuan(row.investment_fen) if row.investment_fen is not None else "—",
                    row.is_shared,
                    period(row.since, row.until),
                ),
                href=reverse("facility", args=[row.pk]),
            )
            for row in rows
        ],
        empty=say("还没有登记阵地。请打开所属工会的页面，从“登记一个阵地”开始。"),
        first=first,
    )


def _area(row: "Facility") -> Text:
    if row.area_m2 is not None:
        return say("{n} 平方米", n=f"{row.area_m2:,}")
    return say("{n} 亩", n=row.area_mu) if row.area_mu is not None else "—"


def zones(rows: "Iterable[Zone]", *, first: Act | None = None) -> Table:
    """Zones: what kind, who keeps them."""
    return Table(
        caption=say("商圈与园区"),
        columns=[Column(word) for word in (say("名称"), say("类别"), say("登记组织"), say("期间"))],
        rows=[
            Row(
                (
                    row.name,
                    say(ZONE_LABELS[ZoneKind(row.kind)]),
                    row.keeper.name,
                    period(row.since, row.until),
                ),
                href=reverse("zone", args=[row.pk]),
            )
            for row in rows
        ],
        empty=say("还没有登记商圈或园区。请打开所属工会的页面，从“登记一个商圈或园区”开始。"),
        first=first,
    )


def events(lines: Sequence[Told]) -> list[Event]:
    """The journal of a record, newest first."""
    return [
        Event(
            localtime(told.line.at),
            told.who or say("系统"),
            say(VERBS.get(told.line.verb, "办理了一步")),
            note=" · ".join(filter(None, (told.unit, told.line.reason))),
        )
        for told in lines
    ]


def organisation_cards(row: "Organisation", term: Term, actor: Actor, today: date) -> dict[str, Any]:
    """The cards of an organisation's page."""
    may = actor.may(BodiesWord.COMMITTEE, at=row.path)
    return {
        "facts": facts_of(row),
        "names": names(row),
        "places": placements(queries.placements_of(organisation=row)),
        "relations": queries.relations_of(organisation=row, day=today),
        "may_relate": actor.may(Word.MOVE, at=row.path),
        "may_appoint": may,
        "posts": posts(term.posts, may_end=may),
        "facilities": facilities(
            bodies.facilities_in_scope(scope=actor.scope_for(Word.READ), organisation=row)[:20]
        ),
        "events": events(journal_of(kind="network.organisation", object_id=row.pk)),
    }


def leaves(zone: "Zone", employer: "Employer") -> Cell:
    """The road to register that an employer lies in a zone no longer."""
    return Cell(say("登记离开"), href=reverse("leave-zone", args=[zone.pk, employer.pk]))


def employer_crumbs(row: "Employer") -> list[Crumb]:
    """The way to an employer."""
    return [Crumb(say("用人单位"), reverse("employers")), Crumb(row.name)]


def zone_crumbs(row: "Zone") -> list[Crumb]:
    """The way to a zone."""
    return [Crumb(say("商圈与园区"), reverse("zones")), Crumb(row.name)]


def facility_crumbs(row: "Facility") -> list[Crumb]:
    """The way to a facility."""
    here = Crumb(row.organisation.name, organisation_url(row.organisation_id))
    return [Crumb(say("阵地"), reverse("facilities")), here, Crumb(row.name)]


def zone_facts(row: "Zone") -> list[Fact]:
    """What is known of a zone."""
    return [
        Fact(say("类别"), say(ZONE_LABELS[ZoneKind(row.kind)])),
        Fact(say("登记组织"), row.keeper.name, organisation_url(row.keeper_id)),
        Fact(say("地址"), row.address or "—"),
        Fact(say("期间"), period(row.since, row.until)),
    ]


def facility_facts(row: "Facility") -> list[Fact]:
    """Everything that R-SRV-04 asks of a facility."""
    told = (
        (say("类别"), say(FACILITY_LABELS[FacilityKind(row.kind)])),
        (say("取得方式"), say(OBTAINED_LABELS[Obtained(row.obtained_by)])),
        (say("面积"), say("{n} 平方米", n=f"{row.area_m2:,}") if row.area_m2 is not None else "—"),
        (say("占地"), say("{n} 亩", n=row.area_mu) if row.area_mu is not None else "—"),
        (say("功能"), "、".join(row.rooms) or "—"),
        (say("投入"), Yuan(row.investment_fen) if row.investment_fen is not None else "—"),
        (say("开放时间"), row.opening_hours or "—"),
        (say("与联合会各单位共享"), row.is_shared),
        (say("地址"), row.address or "—"),
        (say("期间"), period(row.since, row.until)),
    )
    return [Fact(say("所属组织"), row.organisation.name, organisation_url(row.organisation_id))] + [
        Fact(term, value) for term, value in told
    ]
