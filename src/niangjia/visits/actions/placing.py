"""For whom a visit was: target, union and household, which is found before it is opened anew (R-AID-08)."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from niangjia.campaigns import actions as campaigns
from niangjia.campaigns import queries as running
from niangjia.campaigns.rules import Outcome
from niangjia.households import actions as households
from niangjia.households import queries as homes
from niangjia.households.actions import MemberDraft
from niangjia.households.rules import SELF
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.people import queries as people
from niangjia.people.rules import Paper, read_paper
from niangjia.tree import queries as tree
from niangjia.visits import rules
from niangjia.visits.permissions import Word
from niangjia.visits.rules import Dweller, VisitDraft

if TYPE_CHECKING:
    from niangjia.campaigns.models import Target
    from niangjia.households.models import Household
    from niangjia.tree.models import Unit


@dataclass(slots=True)
class Place:
    """Where a visit belongs; `members` leads from what the phone calls somebody to his number on file.

    `bars` are those who could not be entered, each with the reason; `notes` what the record says besides.
    """

    unit: "Unit"
    campaign_id: int | None = None
    target: "Target | None" = None
    home: "Household | None" = None
    is_new: bool = False
    members: dict[str, int] = field(default_factory=dict)
    bars: dict[str, Said] = field(default_factory=dict)
    notes: list[Said] = field(default_factory=list)


def hold(*, thing: str) -> None:
    """Whoever does the same thing meanwhile waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [thing])


def hold_key(*, key: UUID) -> None:
    """Whoever sends the same visit meanwhile waits."""
    hold(thing=f"visits.key {key}")


def placed(*, draft: VisitDraft, by: Actor, at: datetime) -> Place:
    """The union, the target and the household of a visit; one met for the first time is opened."""
    place = _addressed(draft, by=by)
    home_id = place.target.household_id if place.target else None
    home_id = home_id or draft.whom.household_id or _lived_in(draft.head, by=by, at=at)
    if home_id is not None:
        place.home = homes.household_for(household_id=home_id, actor=by)
    elif draft.head is not None:
        place.home, place.is_new = _opened(draft.head, place, by=by, at=at), True
    elif draft.result in rules.AT_HOME:
        raise BadInput(say("请填写职工姓名，或者选一户已经登记的家庭。"), field="head")
    return place


def _addressed(draft: VisitDraft, *, by: Actor) -> Place:
    """The union that makes the visit: the target's, the one told, else the officer's own."""
    whom, target = draft.whom, None
    if whom.target_id is not None:
        hold(thing=f"visits.target {whom.target_id}")
        target = running.target_for(target_id=whom.target_id, actor=by)
    unit_id = target.unit_id if target else whom.unit_id or by.unit_id
    if unit_id is None:
        raise BadInput(say("请选择是哪家工会去走访。"), field="unit")
    unit = tree.unit_in_scope(unit_id=unit_id, scope=by.scope_for(Word.MAKE))
    by.require(Word.MAKE, at=unit.path)
    campaign_id = target.campaign_id if target else whom.campaign_id
    if campaign_id is not None and target is None:
        running.campaign_for(campaign_id=campaign_id, actor=by)
    return Place(unit, campaign_id, target)


def _lived_in(head: Dweller | None, *, by: Actor, at: datetime) -> int | None:
    """The household of whoever bears the number that was shown at the door, if the officer may open it."""
    if head is None or not head.number:
        return None
    with suppress(BadInput), beyond():
        value = read_paper(Paper(head.id_kind, head.number), today=day_of(at))
        holder = people.holder_of(value=value, scope=by.scope_for("people.read"))
        home = homes.household_of(person_id=holder.person_id) if holder and holder.visible else None
        return home.pk if home and by.may("households.keep", at=home.path) else None
    return None


def _opened(head: Dweller, place: Place, *, by: Actor, at: datetime) -> "Household":
    person_id = place.target.person_id if place.target else None
    told = MemberDraft(SELF, head.name, head.number, head.id_kind, person_id=person_id)
    return households.open_household(keeper_id=place.unit.pk, head=told, by=by, at=at)


def mark_target(*, place: Place, draft: VisitDraft, by: Actor, at: datetime) -> None:
    """The target has its outcome; a household met without one comes onto the campaign's list first."""
    if place.target is None and place.campaign_id is not None and place.home is not None:
        place.target = _listed(place, by=by, at=at)
    if place.target is None:
        return
    if draft.result in rules.AT_HOME and place.home is not None:
        with beyond():
            campaigns.mark_visited(target_id=place.target.pk, household_id=place.home.pk, by=by, at=at)
    elif place.target.outcome == Outcome.OPEN:
        outcome = Outcome.DECLINED if draft.result == rules.Result.REFUSED else Outcome.UNREACHABLE
        why = draft.statement or str(rules.RESULTS[draft.result])
        campaigns.settle_target(
            target_id=place.target.pk, outcome=outcome, why=why[:300], version=None, by=by, at=at
        )


def _listed(place: Place, *, by: Actor, at: datetime) -> "Target":
    home, campaign_id = place.home, place.campaign_id
    assert home is not None and campaign_id is not None  # noqa: S101, PT018 - asked by the caller
    with beyond():
        known = running.targets_of_household(household_id=home.pk).filter(campaign_id=campaign_id).first()
    if known is not None:
        return known
    lead = campaigns.Lead(homes.name_of(household=home), person_id=home.head_id, household_id=home.pk)
    return campaigns.report_target(campaign_id=campaign_id, unit_id=place.unit.pk, lead=lead, by=by, at=at)
