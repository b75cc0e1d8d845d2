"""Where a person stands on a day: the stretch that counts, and what was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from niangjia.kernel.access import Scope
from niangjia.kernel.dated import holds_on
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.sealing import unseal
from niangjia.members.models import Membership
from niangjia.members.rules import Standing, State
from niangjia.network.rules import OrgKind


@dataclass(frozen=True, slots=True)
class Counting:
    """A counting stretch with the place where it stands."""

    path: str
    standing: Standing


def counting_from(*, person_id: int, day: date) -> list[Counting]:
    """The counting stretches of a person that reach into the days from `day` on, whoever may see them.

    To be asked inside `beyond`: the rule that one membership counts holds over all unions.
    """
    rows = Membership.objects.filter(Q(until=None) | Q(until__gt=day), person=person_id, counts=True)
    return [
        Counting(row.path, Standing(row.union_id, row.union.name, State(row.state), row.since, row.until))
        for row in rows.select_related("union").order_by("since")
    ]


def was_member(*, person_id: int, day: date) -> bool:
    """Whether the person counted somewhere before a day: then he joins again."""
    return Membership.objects.filter(person=person_id, counts=True, since__lt=day).exists()


def counting_now(*, person_id: int, day: date) -> Membership | None:
    """The stretch that counts a person on a day, if the running scope shows it."""
    rows = Membership.objects.filter(holds_on(day), person=person_id, counts=True)
    return rows.select_related("union", "employer", "workplace", "group").first()


def stretches_of(*, person_id: int) -> QuerySet[Membership]:
    """Every stretch of a person that the running scope shows, newest first."""
    rows = Membership.objects.filter(person=person_id).select_related(
        "union", "employer", "workplace", "group"
    )
    return rows.order_by("-since", "-id")


def stretch_of(*, person_id: int, membership_id: int) -> Membership:
    """One stretch of a person; another's does not exist (404)."""
    row = Membership.objects.select_related("union").filter(person=person_id, pk=membership_id).first()
    if row is None:
        raise NotVisible
    return row


def memberships_in_scope(*, scope: Scope) -> QuerySet[Membership]:
    """Every stretch at the unions of the scope; the public sees none."""
    return within(Membership.objects.all(), scope=scope).select_related(
        "union", "employer", "workplace", "group"
    )


def membership_in_scope(*, membership_id: int, scope: Scope) -> Membership:
    """One stretch of the scope, or 404."""
    return the_one(memberships_in_scope(scope=scope).filter(pk=membership_id))


def fee_base_of(*, membership: Membership) -> int | None:
    """The wage base of a member's dues in fen, if told: for who records dues there, and for himself."""
    if membership.fee_base is None:
        return None
    table, person_id = "members_membership", membership.person_id
    return int(unseal(membership.fee_base, table=table, person_id=person_id, field="fee_base"))


def newest_stretch(*, person_id: int, union_id: int) -> Membership:
    """A person's newest stretch at a union, or 404."""
    return the_one(stretches_of(person_id=person_id).filter(union=union_id))


def kind_of_union(*, membership: Membership) -> OrgKind:
    """The kind of the union where a stretch stands."""
    return OrgKind(membership.union.kind)


def union_ids_with_members(*, unit_ids: Sequence[int], day: date) -> set[int]:
    """Which of these unions have members of their own on a day, of whatever state."""
    rows = Membership.objects.filter(Q(until=None) | Q(until__gt=day), union_id__in=list(unit_ids))
    return set(rows.values_list("union_id", flat=True).distinct())
