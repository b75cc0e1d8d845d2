"""A town with two federations, what hangs on them, its officers, and the way of a plan."""

from dataclasses import replace
from datetime import date

from django.db import connection

from niangjia.accounts.models import Post, User
from niangjia.bodies.models import Committee, CommitteePost, Facility, Zone
from niangjia.kernel.access import Role
from niangjia.network import actions as network
from niangjia.network import queries
from niangjia.network.models import Organisation
from niangjia.network.rules import OrgKind
from niangjia.people.models import Person
from niangjia.restructuring import actions
from niangjia.restructuring.models import Restructure
from niangjia.restructuring.rules import Kind
from tests.conftest import AT, TODAY
from tests.network.acting import officer
from tests.network.worlds import SINCE, cover, employer, found

NOT_OURS = (
    "kernel_", "tasks_", "messaging_", "restructuring_", "procrastinate_", "django_", "network_tally",
    "accounts_shared", "papers_",
)  # fmt: skip


def town(name="大洲镇"):
    """Two counties of a city; in the left one a town with federations A and B, each with N and X."""
    made = {"province": found(OrgKind.PROVINCE, "浙江省总工会")}
    made["city"] = found(OrgKind.CITY, "衢州市总工会", made["province"])
    for key, county in (("county", "衢江区"), ("other_county", "柯城区")):
        made[key] = found(OrgKind.COUNTY, f"{county}总工会", made["city"])
    made["town"] = found(OrgKind.TOWN, f"{name}总工会", made["county"])
    made["next_town"] = found(OrgKind.TOWN, "上方镇总工会", made["county"])
    made["far_town"] = found(OrgKind.TOWN, "石梁镇总工会", made["other_county"])
    for key, parent in (("a", "town"), ("b", "town"), ("c", "far_town")):
        _federation(made, key, made[parent])
    hang(made, made["a"])
    return {
        key: Organisation.objects.get(pk=row.pk) if isinstance(row, Organisation) else row
        for key, row in made.items()
    }


def _federation(made, key, parent):
    fed = made[key] = found(OrgKind.FEDERATION, f"{key.upper()}工业园工会联合会", parent, mode="park")
    for n in (1, 2):
        union = found(OrgKind.SINGLE, f"{key}第{n}厂工会", fed, composed_on=SINCE)
        firm = employer(f"{key}第{n}厂", parent)
        cover(union, firm)
        made[f"{key}{n}"], made[f"{key}{n}_firm"] = union, firm
    joint = made[f"{key}_joint"] = found(OrgKind.JOINT, f"{key}小散远联合工会", fed, composed_on=SINCE)
    for n in (1, 2, 3):
        firm = made[f"{key}_small{n}"] = employer(f"{key}小店{n}", parent, headcount=3)
        cover(joint, firm)
    made[f"{key}_blind"] = employer(f"{key}未覆盖厂", fed)


def hang(made, union):
    """A committee with its chair, a station, a zone and an account's post at a union."""
    person = Person.objects.create(
        name="王慧", name_key="王慧", sex="female", keeper=union.unit, created_at=AT
    )
    committee = Committee.objects.create(organisation=union, number=1, since=SINCE, until=date(2021, 1, 1))
    CommitteePost.objects.create(
        committee=committee, organisation=union, person=person, kind="chair", since=SINCE
    )
    made["station"] = Facility.objects.create(
        organisation=union, name="服务站", kind="service_station", obtained_by="built", since=SINCE
    )
    made["zone"] = Zone.objects.create(keeper=union.unit, name="工业园", kind="park", since=SINCE)
    user = User.objects.create(username="fed-a", name="王慧", created_at=AT)
    made["post"] = Post.objects.create(user=user, unit=union.unit, role=Role.FED, since=SINCE, granted_at=AT)


def acting(made):
    """The officers of the way of a plan, each with an account of his own."""
    seats = {
        "fed": (Role.FED, "a"), "town": (Role.TWN, "town"), "county": (Role.CTY, "county"),
        "audit": (Role.AUD, "county"), "city": (Role.MUN, "city"), "far": (Role.CTY, "other_county"),
        "city_audit": (Role.AUD, "city"),
    }  # fmt: skip
    return {
        key: replace(officer(role, made[seat], name=key), user_id=100 + n, post_id=100 + n)
        for n, (key, (role, seat)) in enumerate(seats.items())
    }


def draft(made, kind=Kind.MERGE, sources=("a",), heir="b", day=TODAY, **more):
    ids = [made[key].pk for key in sources]
    heir_id = made[heir].pk if heir else None
    told = {"reason": "联合会小而散，合并后统一服务。", "asset_plan": "结余全部转入接收组织。"}
    return actions.RestructureDraft(
        kind=kind, source_ids=ids, heir_id=heir_id, effective_on=day, **told | more
    )


def consulted(row, who, *, present=30, votes_for=28, votes_against=1):
    held = actions.Consultation(TODAY, present, votes_for, votes_against, "会员代表大会纪要")
    return actions.consult(restructure_id=row.pk, version=row.version, held=held, by=who, at=AT)


def decided(row, who):
    return actions.approve(
        restructure_id=row.pk, version=row.version, decision_no="衢总工〔2018〕21 号", by=who, at=AT
    )


def audited(row, who, *, deed="移交书 3 号"):
    found = actions.Audit("衢经审〔2018〕5 号", 1_234_500, deed)
    return actions.audit(restructure_id=row.pk, version=row.version, found=found, by=who, at=AT)


def ready(made, who, **more):
    """A plan that only waits for its day."""
    row = actions.propose(draft=draft(made, **more), by=who["town"], at=AT)
    return passed(row, who)


def passed(row, who):
    row = decided(consulted(row, who["town"]), who["county"])
    return audited(row, who["audit"])


def execute(row, who, at=AT):
    return actions.execute(restructure_id=row.pk, by=who["county"], at=at)


def undo(row, who, reason="决定有误，经复核撤销"):
    row = Restructure.objects.get(pk=row.pk)
    return actions.undo(restructure_id=row.pk, version=row.version, reason=reason, by=who["county"], at=AT)


def tables():
    """Every row of every table that a restructure may touch, as PostgreSQL tells it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = sorted(name for (name,) in cursor.fetchall() if not name.startswith(NOT_OURS))
        told = {}
        for name in names:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {name} AS t ORDER BY 1")  # noqa: S608
            told[name] = [row for (row,) in cursor.fetchall()]
    return told


def counted(made, key="county", day=TODAY):
    counts = queries.counts(unit_id=made[key].pk, day=day)
    return counts.federations(), counts.organisations(), counts.employers(), counts.workers


def tallies_hold():
    """A recount finds no difference, on any day."""
    return network.recount_tallies(today=TODAY, at=AT) == []
