"""What an office sees of its notices: all states, objections; and what a notice is made with."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from niangjia.kernel import policy
from niangjia.kernel.access import Scope
from niangjia.kernel.policy import Decided
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.workdays import Calendar
from niangjia.notices.models import Objection, PublicNotice
from niangjia.notices.rules import RollEntry
from niangjia.people import queries as people
from niangjia.policies import queries as policies
from niangjia.tree import queries as tree


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to."""

    state: str = ""
    waiting: bool = False


def notices_in_scope(*, scope: Scope, filters: Filters | None = None) -> QuerySet[PublicNotice]:
    """The notices of a scope with the number of objections without an answer."""
    asked = filters or Filters()
    rows = within(PublicNotice.objects.select_related("unit"), scope=scope)
    rows = rows.annotate(unanswered=Count("objections", filter=Q(objections__outcome="")))
    if asked.state:
        rows = rows.filter(state=asked.state)
    return rows.filter(unanswered__gt=0) if asked.waiting else rows


def notice_in_scope(*, notice_id: int, scope: Scope, lock: bool = False) -> PublicNotice:
    """The notice of the scope, or 404; `lock` holds it until the transaction ends."""
    rows = within(PublicNotice.objects.all(), scope=scope)
    return the_one((rows.select_for_update() if lock else rows).filter(pk=notice_id))


def objections_of(*, notice: PublicNotice) -> list[Objection]:
    """The objections to a notice, the oldest first."""
    return list(Objection.objects.filter(notice=notice).order_by("id"))


def objection_in_scope(*, objection_id: int, scope: Scope) -> Objection:
    """The objection to a notice of the scope, or 404."""
    rows = within(Objection.objects.select_related("notice"), scope=scope, field="notice__path")
    return the_one(rows.filter(pk=objection_id))


def value_at(*, key: str, unit_id: int, day: date) -> Decided:
    """The policy in force for a union."""
    return policies.value_in_force(key=key, unit_id=unit_id, day=day)


def calendar_at(*, unit_id: int, day: date) -> Calendar:
    """The working days as a union knows them on a day."""
    chain = tree.chain_ids_on(unit_id=unit_id, day=day)
    return policy.workday_calendar(policies.values_for(chain=chain, keys=["calendar.workdays"]), chain)


def roll_of(*, path: str) -> list[RollEntry]:
    """The union's own roll: the persons registered at it and below, as far as the scope lets see."""
    rows = people.people_in_scope(scope=Scope(tops=(path,)))
    pairs = rows.filter(erased_at=None).values_list("name", "keeper__name")
    return [RollEntry(name, place) for name, place in pairs]
