"""What the records tell of federations: signs of life, maturity, hints to merge, each opening its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from niangjia.bodies import queries as bodies
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.clock import day_of
from niangjia.kernel.models import JournalLine
from niangjia.kernel.policing import value_of
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.shapes import Act, Panel
from niangjia.kernel.words import Said, say
from niangjia.members import queries as members
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.restructuring.rules import Size, size_hints
from niangjia.vitality.models import Activity, SevenHaves
from niangjia.vitality.permissions import Word
from niangjia.vitality.rules import ActivityKind, Goal, Life, Signs, life_of, maturity

if TYPE_CHECKING:
    from niangjia.network.models import Organisation

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Standing:
    """A federation with its signs, its life and what a merger would be suggested for."""

    organisation: "Organisation"
    signs: Signs
    life: Life
    employers: int
    is_small: bool
    hints: tuple[Said, ...] = ()

    def goals(self, *, today: date, dormant_days: int) -> dict[Goal, Any]:
        """The conditions of the three goals."""
        return maturity(self.signs, today=today, dormant_days=dormant_days)


def dormant_days(*, unit_id: int | None, day: date) -> int:
    """After how many days without a sign a federation counts as dormant there (R-ORG-13)."""
    return value_of(key="federation.dormant_days", unit_id=unit_id, day=day).of(int)


def items_asked(*, unit_id: int, day: date) -> tuple[str, ...]:
    """The items of the seven haves in force for a union (policy)."""
    return tuple(value_of(key="org.seven_haves_items", unit_id=unit_id, day=day).of(tuple))


def federations_in_scope(*, scope: Scope, under: str, today: date) -> "QuerySet[Organisation]":
    """The living federations of a scope, in tree order."""
    filters = network.Filters(kinds=(OrgKind.FEDERATION,), under=under)
    return network.organisations_in_scope(scope=scope, filters=filters, today=today)


def standings(*, rows: "Sequence[Organisation]", scope: Scope, today: date) -> list[Standing]:
    """How each federation stands, in a few queries for all of them."""
    ids = [row.pk for row in rows]
    did = {row["organisation"]: row for row in _done(ids)}
    work = {row["unit_id"]: row["last"] for row in _worked(ids)}
    stations = _by_unit(bodies.public_facilities(day=today).filter(organisation__in=ids), "organisation")
    haves = {
        row.organisation_id: row for row in SevenHaves.objects.filter(organisation__in=ids, year=today.year)
    }
    paths = [row.path for row in rows]
    now, before = (members.member_counts_at(paths=paths, day=day) for day in (today, today - YEAR))
    counts = network.counts_at(paths=paths, day=today)
    found = []
    for place, row in enumerate(rows):
        done, check = did.get(row.pk, {}), haves.get(row.pk)
        worked = work.get(row.pk)
        signs = Signs(
            founded=row.established_on,
            last_meeting=done.get("meeting"),
            last_activity=done.get("other"),
            last_work=day_of(worked) if worked else None,
            stations=stations.get(row.pk, 0),
            staff=0,
            term_runs=row.term_ends_on is not None and row.term_ends_on > today,
            haves=check.met if check else 0,
            haves_asked=len(check.items) if check else 0,
            members=now[place].members,
            members_before=before[place].members,
        )
        found.append(_standing(row, signs, counts[place].employers(), today))
    return found


def standing_of(*, unit_id: int, scope: Scope, today: date) -> Standing:
    """How one federation stands, with its committee."""
    row = network.organisation_in_scope(unit_id=unit_id, scope=scope)
    one = standings(rows=[row], scope=scope, today=today)[0]
    counts = network.counts(unit_id=row.pk, day=today)
    term = bodies.term_of(organisation=row, day=today, counts=counts)
    staff = sum(post.kind != "chair" or post.full_time for post in term.posts)
    values = {name: getattr(one.signs, name) for name in Signs.__dataclass_fields__} | {"staff": staff}
    return _standing(row, Signs(**values), one.employers, today)


def _standing(row: "Organisation", signs: Signs, employers: int, today: date) -> Standing:
    days = dormant_days(unit_id=row.pk, day=today)
    few = value_of(key="federation.merge_min_employers", unit_id=row.pk, day=today).of(int)
    small = value_of(key="federation.merge_min_members", unit_id=row.pk, day=today).of(int)
    is_small = employers < few and signs.members < small
    hints = tuple(size_hints(Size(employers, signs.members, few, small)))
    life = life_of(signs, today=today, dormant_days=days)
    return Standing(row, signs, life, employers, is_small, hints)


def _done(ids: Sequence[int]) -> Any:
    rows = Activity.objects.filter(organisation__in=ids, void_reason="").values("organisation").order_by()
    meeting = Q(kind=ActivityKind.MEETING)
    return rows.annotate(
        meeting=Max("held_on", filter=meeting), other=Max("held_on", filter=~meeting), times=Count("pk")
    )


def _worked(ids: Sequence[int]) -> Any:
    rows = JournalLine.objects.filter(unit_id__in=ids, user_id__isnull=False)
    return rows.values("unit_id").order_by().annotate(last=Max("at"))


def _by_unit(rows: "QuerySet[Any]", name: str) -> dict[int, int]:
    return {row[name]: row["n"] for row in rows.values(name).order_by().annotate(n=Count("pk"))}


def activities_of(*, unit_id: int, scope: Scope) -> QuerySet[Activity]:
    """What an organisation did, newest first."""
    return within(Activity.objects.filter(organisation=unit_id), scope=scope).order_by("-held_on", "-id")


def activity_in_scope(*, activity_id: int, scope: Scope) -> Activity:
    """One activity of the scope, or 404."""
    rows = within(Activity.objects.select_related("organisation"), scope=scope)
    return the_one(rows.filter(pk=activity_id))


def seven_haves_of(*, unit_id: int, year: int) -> SevenHaves | None:
    """The self-check of a year, if it was made."""
    return SevenHaves.objects.filter(organisation=unit_id, year=year).first()


def organisation_panel(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """The way from a federation's page to its life (port `NIANGJIA_ORGANISATION_PANELS`)."""
    if organisation.kind != OrgKind.FEDERATION or not actor.may(Word.READ, at=organisation.path):
        return Panel()
    here = reverse("vitality-of", args=[organisation.pk])
    return Panel(acts=[Act(say("查看活力与七有自查"), here, icon="calendar-days")])
