"""Applications as an officer's scope sees them, and what stands already behind a number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from niangjia.joining.models import MembershipApplication
from niangjia.joining.rules import KIND
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.dated import holds_on
from niangjia.kernel.identifiers import IdKind, PersonalId, Sex
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.sealing import INSTALLATION, SealBroken, blind_index, unseal
from niangjia.members import queries as members
from niangjia.members.permissions import Word as MembersWord
from niangjia.papers import queries as papers
from niangjia.papers.rules import Subject
from niangjia.people import queries as people
from niangjia.people.rules import Paper, read_paper

TABLE = "joining_membershipapplication"
OPEN = ("submitted", "supported", "routed", "reviewed")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; all of it comes from the address."""

    state: str = ""
    channel: str = ""
    drive_id: int | None = None
    stop_id: int | None = None
    code_id: int | None = None
    union_id: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What the exact number leads to: a person, where he counts already, other applications of his."""

    person_id: int | None = None
    keeper: str = ""
    union: str = ""
    union_id: int | None = None
    visible: bool = False
    affiliated: bool = False
    others: int = 0

    @property
    def is_member(self) -> bool:
        """Whether he counts somewhere already."""
        return self.union_id is not None


def applications_in_scope(*, scope: Scope, filters: Filters | None = None) -> QuerySet[MembershipApplication]:
    """The applications to the unions of a scope."""
    rows = within(MembershipApplication.objects.all(), scope=scope).select_related(
        "union", "employer", "workplace", "qr"
    )
    return rows if filters is None else _narrowed(rows, filters)


def _narrowed(rows: QuerySet[MembershipApplication], filters: Filters) -> QuerySet[MembershipApplication]:
    if filters.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif filters.state:
        rows = rows.filter(state=filters.state)
    asked = {
        "channel": filters.channel,
        "drive_id": filters.drive_id,
        "stop_id": filters.stop_id,
        "qr": filters.code_id,
        "union": filters.union_id,
        "name__contains": filters.name,
    }
    return rows.filter(**{name: value for name, value in asked.items() if value})


def application_in_scope(*, application_id: int, scope: Scope) -> MembershipApplication:
    """One of them, or 404."""
    return the_one(applications_in_scope(scope=scope).filter(pk=application_id))


def application_subject(*, about_id: int, scope: Scope) -> Subject:
    """The application that a scan hangs on, or 404 (the port of papers)."""
    row = application_in_scope(application_id=about_id, scope=scope)
    href = reverse("application", args=[row.pk])
    return Subject(
        KIND, row.pk, unit_id=row.union_id, path=row.path, name=row.name, href=href, person_id=row.person_id
    )


def has_scan(*, application: MembershipApplication, scope: Scope) -> bool:
    """Whether a scan hangs on it that is not void."""
    rows = papers.attachments_of(about_kind=KIND, about_id=application.pk, scope=scope)
    return rows.filter(voided_at=None).exists()


def opened(*, application: MembershipApplication, field: str) -> str:
    """A sealed column in clear; empty once it is gone."""
    value = getattr(application, field)
    if not value:
        return ""
    try:
        return unseal(value, table=TABLE, person_id=application.person_id or INSTALLATION, field=field)
    except SealBroken:
        return ""


def paper_of(*, application: MembershipApplication) -> Paper | None:
    """The identity paper as it was told; none once it is gone."""
    number = opened(application=application, field="id_sealed")
    return Paper(IdKind(application.id_kind), number) if number else None


def value_of(*, application: MembershipApplication, today: date) -> PersonalId | None:
    """Its number in the form by which persons are found."""
    paper = paper_of(application=application)
    if paper is None:
        return None
    sex = Sex(application.sex) if application.sex else None
    return read_paper(paper, today=today, sex=sex, born=application.born)


def number_index(*, kind: str, number: str) -> bytes:
    """By which applications of one number are found; it leads to no person."""
    return blind_index(f"{kind}:{number}", purpose="joining.number")


def match_of(*, application: MembershipApplication, actor: Actor, today: date) -> Match:
    """What stands already behind the applicant's number, as far as the officer may know it."""
    person_id, keeper = application.person_id, ""
    if person_id is None:
        value = value_of(application=application, today=today)
        holder = people.holder_of(value=value, scope=actor.scope_for("people.find")) if value else None
        person_id, keeper = (holder.person_id, holder.keeper) if holder else (None, "")
    others = _others(application)
    if person_id is None:
        return Match(others=others)
    with beyond():
        counting = members.counting_from(person_id=person_id, day=today)
        beside = members.stretches_of(person_id=person_id).filter(holds_on(today), union=application.union_id)
        affiliated = beside.exists()
    if not counting:
        return Match(person_id, keeper, affiliated=affiliated, others=others)
    one = counting[0]
    return Match(
        person_id,
        keeper,
        union=one.standing.union_name,
        union_id=one.standing.union_id,
        visible=actor.may(MembersWord.READ, at=one.path),
        affiliated=affiliated,
        others=others,
    )


def _others(application: MembershipApplication) -> int:
    """Other applications under the same number that still wait, wherever."""
    if not application.id_blind:
        return 0
    with beyond():
        rows = MembershipApplication.objects.filter(id_blind=bytes(application.id_blind), state__in=OPEN)
        return rows.exclude(pk=application.pk).count()


@dataclass(frozen=True, slots=True)
class Came:
    """What a drive or one of its stops has brought."""

    applications: int = 0
    joined: int = 0


def came_by_stop(*, drive_id: int) -> dict[int | None, Came]:
    """What a drive brought by stop (None: by the drive's own code), also where it was routed on since."""
    with beyond():  # numbers only: a fruit of this drive, wherever it lies now
        rows = MembershipApplication.objects.filter(drive_id=drive_id).values("stop_id").order_by()
        told = rows.annotate(came=Count("pk"), joined=Count("pk", filter=Q(state="approved")))
        return {one["stop_id"]: Came(one["came"], one["joined"]) for one in told}


def came_by_drive(*, drive_ids: Iterable[int]) -> dict[int, Came]:
    """What drives brought, in one query."""
    with beyond():
        rows = (
            MembershipApplication.objects.filter(drive_id__in=list(drive_ids)).values("drive_id").order_by()
        )
        told = rows.annotate(came=Count("pk"), joined=Count("pk", filter=Q(state="approved")))
        return {one["drive_id"] or 0: Came(one["came"], one["joined"]) for one in told}
