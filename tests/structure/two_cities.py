"""Two cities like each other: what belongs to one bears its mark, so a leak can be read on the page."""

from dataclasses import dataclass, field
from datetime import date

from tests.conftest import AT, TODAY
from tests.structure import (
    aid_rows,
    desks,
    founding_rows,
    hardship_rows,
    joining_rows,
    matching_rows,
    members_rows,
    outreach_rows,
    payments_rows,
    restructuring_rows,
    rights,
    sympathy_rows,
    visits_rows,
    vitality_rows,
)

from niangjia.accounts.models import Opening, Post, User
from niangjia.bodies.models import Committee, CommitteePost, Facility, Zone, ZoneEmployer
from niangjia.exchange.models import Batch, Chunk, Leaving, Piece, Row, StoredFile
from niangjia.exchange.queries.sealed import RowSeal
from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.models import JournalLine
from niangjia.network import actions
from niangjia.network.models import EmployerWas, OrganisationWas
from niangjia.network.rules import EmployerKind, OrgKind
from niangjia.notices.models import Objection, PublicNotice
from niangjia.papers.models import Attachment, Content, Paper, Series
from niangjia.people import actions as people
from niangjia.people import rules
from niangjia.people.models import Person
from niangjia.policies.models import LocalValue
from niangjia.tree.models import Relation

SINCE = date(2017, 1, 1)
SEATS = {
    Role.PRV: "province", Role.IND: "industry", Role.MUN: "city", Role.CTY: "county", Role.TWN: "town",
    Role.FED: "federation", Role.AUD: "county", Role.ACC: "county", Role.CSH: "county", Role.SEC: "city",
    Role.SYS: "province", Role.LOG: "province", Role.GOV: "town", Role.PTY: "single", Role.INS: "county",
}  # fmt: skip


@dataclass
class World:
    """Every object by kind as `(id, path, mark)`; the marks are words that stand nowhere else."""

    things: dict[str, list[tuple[object, str, str]]] = field(default_factory=dict)
    seats: dict[str, object] = field(default_factory=dict)
    secrets: list[tuple[str, str]] = field(default_factory=list)
    owners: dict[tuple[str, object], int] = field(default_factory=dict)
    """Whose an object is, where a person may see his own wherever it lies."""

    def add(self, kind, identity, path, mark="", owner=None):
        self.things.setdefault(kind, []).append((identity, path, mark))
        self.owners[kind, identity] = owner


def found(kind, name, parent=None, **more):
    draft = actions.OrganisationDraft(kind=kind, name=name, established_on=SINCE, **more)
    return actions.found_organisation(
        draft=draft, parent_id=parent.pk if parent else None, today=TODAY, by=SYSTEM, at=AT
    )


def build() -> World:
    """A province, two cities, in each two counties, with all that hangs on them."""
    world = World()
    province = found(OrgKind.PROVINCE, "浙江省总工会")
    world.seats["province"] = province
    world.add("unit_id", province.pk, province.path)
    for c in "甲乙":
        city = found(OrgKind.CITY, f"暗{c}市总工会", province)
        world.add("unit_id", city.pk, city.path, city.name)
        for k in "子丑":
            county = found(OrgKind.COUNTY, f"暗{c}{k}县总工会", city)
            world.add("unit_id", county.pk, county.path, county.name)
            seats = _county(world, f"暗{c}{k}", county)
            if c + k == "甲子":
                industry = found(OrgKind.INDUSTRY, "暗甲市交通产业工会", city)
                world.add("unit_id", industry.pk, industry.path, industry.name)
                line = Relation.objects.create(
                    child=seats["town"].unit, guide=industry.unit, kind="line", since=SINCE
                )
                world.add("relation_id", line.pk, seats["town"].path)
                world.seats |= {"city": city, "county": county, "industry": industry, **seats}
    return world


def _county(world, mark, county):
    town = found(OrgKind.TOWN, f"{mark}镇总工会", county)
    federation = found(OrgKind.FEDERATION, f"{mark}联合会", town, mode="park")
    single = found(OrgKind.SINGLE, f"{mark}单厂工会", federation)
    joint = found(OrgKind.JOINT, f"{mark}联合工会", federation)
    for union in (single, joint):
        actions.compose(federation=federation, child=union, since=TODAY, today=TODAY, by=SYSTEM, at=AT)
    for org in (town, federation, single, joint):
        world.add("unit_id", org.pk, org.path, org.name)
    for union, count in ((single, 1), (joint, 2)):
        for i in range(count):
            _employer(world, f"{mark}{union.kind[0]}{i}厂", union)
    person = _hangings(world, mark, town, single)
    members_rows.lay(world, mark, single, joint, person)
    vitality_rows.lay(world, mark, federation)
    restructuring_rows.lay(world, mark, federation, joint, single)
    return {"town": town, "federation": federation, "single": single, "joint": joint}


def _employer(world, name, union):
    secret = 70_000 + len(world.secrets) * 7 + 1
    draft = actions.EmployerDraft(name=name, kind=EmployerKind.ENTERPRISE, since=SINCE, headcount=secret)
    employer = actions.register_employer(draft=draft, keeper_id=union.pk, by=SYSTEM, at=AT)
    EmployerWas.objects.create(
        employer=employer, kind="enterprise", sector="other", headcount=1, since=SINCE, until=TODAY
    )
    coverage = actions.cover_employer(union=union, employer=employer, since=SINCE, by=SYSTEM, at=AT)
    world.add("employer_id", employer.pk, union.path, name)
    world.add("coverage_id", coverage.pk, union.path)
    line = JournalLine.objects.filter(kind="network.employer", object_id=employer.pk).latest("id")
    world.add("line_id", line.pk, union.path)
    world.secrets.append((str(secret), union.path))


def _numbers(world, person, union):
    """A paper and a mobile of the person; their full numbers are secrets of the union."""
    count = len(world.things["person_id"])
    number, mobile = f"EA{5000000 + count}", f"139574{count:05}"
    by = {"by": SYSTEM, "at": AT, "since": SINCE, "person_id": person.pk}
    document = people.add_document(paper=rules.Paper(IdKind.PASSPORT, number), today=TODAY, **by)
    contact = people.add_contact(mobile=mobile, **by)
    world.add("document_id", document.pk, union.path)
    world.add("contact_id", contact.pk, union.path)
    world.secrets += [(number, union.path), (mobile, union.path)]


def _hangings(world, mark, town, union):  # noqa: PLR0915 - one of each, in order
    files_in_and_out(world, mark, town)
    zone = Zone.objects.create(keeper=town.unit, name=f"{mark}商圈", kind="business_district", since=SINCE)
    world.add("zone_id", zone.pk, town.path, zone.name)
    facility = Facility.objects.create(
        organisation=town, name=f"{mark}活动站", kind="service_station", obtained_by="built", since=SINCE
    )
    ZoneEmployer.objects.create(zone=zone, employer_id=world.things["employer_id"][-1][0], since=SINCE)
    world.add("facility_id", facility.pk, town.path, facility.name)
    OrganisationWas.objects.create(
        organisation=union, kind=union.kind, mode=union.mode, since=SINCE, until=TODAY
    )
    person = Person.objects.create(
        name=f"{mark}人", name_key=f"{mark}人", sex="female", keeper=union.unit, created_at=AT
    )
    world.add("person_id", person.pk, union.path, person.name)
    _numbers(world, person, union)
    matching_rows.lay(world, mark, union, person)
    committee = Committee.objects.create(organisation=union, number=1, since=SINCE, until=date(2022, 1, 1))
    world.add("committee_id", committee.pk, union.path)
    post = CommitteePost.objects.create(
        committee=committee, organisation=union, person=person, kind="chair", since=SINCE
    )
    world.add("committee_post_id", post.pk, union.path)
    user = User.objects.create(username=f"{mark}-user", name=f"{mark}账号", created_at=AT)
    seat = Post.objects.create(user=user, unit=union.unit, role=Role.PRI, since=SINCE, granted_at=AT)
    world.add("user_id", user.pk, union.path, user.name)
    world.add("post_id", seat.pk, union.path)
    Opening.objects.create(user=user, unit=union.unit, opened_at=AT)
    rights.lay(world, person, union.path, user.pk)
    value = LocalValue.objects.create(
        unit=town.unit, key="federation.dormant_days", value=60, paper=f"{mark}文件", since=SINCE, set_at=AT
    )
    world.add("value_id", value.pk, town.path)
    _files(world, mark, town)
    desks.lay(world, mark, town, union, user)
    founding_rows.lay(world, mark, town, person)
    joining_rows.lay(world, mark, town, union, None)
    outreach_rows.lay(world, mark, union, person)
    hardship_rows.lay(world, mark, union, person)
    visits_rows.lay(world, mark, union, person, user)
    payments_rows.lay(world, mark, town, person)
    sympathy_rows.lay(world, mark, union, person)
    aid_rows.lay(world, mark, union, person)
    return person


def _files(world, mark, town):
    """A file and a paper of a town union."""
    unit, about = town.unit, {"about_kind": "network.organisation", "about_id": town.pk}
    kept = [Content.objects.create(unit=unit, body=mark.encode(), size=9, sha256="0") for _ in range(3)]
    file = Attachment.objects.create(
        unit=unit, kind="other", name=f"{mark}附件.pdf", media_type="application/pdf", given_sha256=mark,
        content=kept[0], attached_at=AT, **about,
    )  # fmt: skip
    paper = Paper.objects.create(
        unit=unit, template="register.covering_list", title="单位覆盖名册", issuer=town.name, series=mark,
        year=2018, sequence=1, number=f"{mark}-1", code="x", pdf=kept[1], told=kept[2], sha256="0",
        issued_on=TODAY, issued_at=AT, **about,
    )  # fmt: skip
    Series.objects.create(unit=unit, name=mark, year=2018, last=1)
    world.add("attachment_id", file.pk, town.path, file.name)
    world.add("paper_id", paper.pk, town.path, paper.number)
    notice = PublicNotice.objects.create(
        unit=unit, token=mark, kind="general", title=f"{mark}公示", place="board", columns=[["name", "姓名"]],
        rows=[["王某"]], k=5, workdays=5, starts_on=TODAY, ends_on=date(2018, 8, 25), opened_at=AT,
    )  # fmt: skip
    objection = Objection.objects.create(
        notice=notice, receipt=mark.encode(), words=f"{mark}异议", received_at=AT
    )
    world.add("notice_id", notice.pk, town.path, notice.title)
    world.add("objection_id", objection.pk, town.path, objection.words)


def files_in_and_out(world, mark, town):
    """A batch that was checked with its one row, and a list that waits for a second person."""
    name = f"{mark}名册.csv"
    kept = {"unit": town.unit, "name": name, "kind": "csv", "size": 1, "sha256": "0" * 64, "salt": "0" * 32}
    file = StoredFile.objects.create(**kept, made_at=AT, expires_at=AT.replace(year=2099))
    Piece.objects.create(file=file, number=0, sealed=b"0")
    batch = Batch.objects.create(
        kind="employers", unit=town.unit, who=f"{mark}经办", file=file, file_name=name, file_size=1,
        sha256="0" * 64, state="checked", counts={"new": 1}, rows_read=1, created_at=AT, beat_at=AT,
        checked_at=AT, header={"row": 1, "places": {"name": 0}},
    )  # fmt: skip
    Chunk.objects.create(batch=batch, number=0, rows=1, digest=b"0")
    firm = f"{mark}待入册厂"
    told = {"cells": [firm], "values": {"name": firm}, "problems": [], "changes": {}}
    content = RowSeal(batch).shut(told, number=2)
    Row.objects.create(batch=batch, chunk=0, number=2, verdict="new", content=content, leaf=b"0")
    leaving = Leaving.objects.create(
        kind="employers", unit=town.unit, who=f"{mark}申请人", format="csv", purpose=f"{mark}用途",
        is_personal=True, state="asked", rows=200, limit=100, created_at=AT, beat_at=AT,
    )  # fmt: skip
    world.add("batch_id", batch.pk, town.path, name)
    world.add("leaving_id", leaving.pk, town.path, f"{mark}用途")
