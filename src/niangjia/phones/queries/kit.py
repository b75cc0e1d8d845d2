"""The kit 走访资料: what a phone needs for days without signal; nothing known is typed again (R-G-07)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from niangjia.campaigns import queries as campaigns
from niangjia.campaigns.rules import Outcome
from niangjia.households import queries as homes
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.paths import ancestors, unit_id_of
from niangjia.kernel.reaching import beyond
from niangjia.phones.queries.boxes import box_key
from niangjia.visits import queries as visits

if TYPE_CHECKING:
    from niangjia.campaigns.models import Target
    from niangjia.households.models import Household

MOST_TARGETS = 600


def kit_for(*, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything that the phone of an officer takes along: whom to visit, what is known, who may go."""
    day = day_of(at)
    running = {one.pk: one for one in campaigns.running_for(actor=actor, today=day)}
    mine = Q(unit_id=actor.unit_id) | Q(holder_id=actor.user_id)
    rows = campaigns.targets_for(actor=actor).filter(mine, campaign_id__in=list(running))
    targets = list(rows.filter(outcome=Outcome.OPEN).order_by("planned_on", "pk")[:MOST_TARGETS])
    units = {unit_id_of(path) for path in (*ancestors(actor.unit_path), actor.unit_path) if path}
    officers = visits.officers_at(unit_ids=units | {one.unit_id for one in targets}, day=day)
    people = {one.person_id: one.user_id for one in officers if one.person_id}
    return {
        "at": at.isoformat(),
        "user": actor.user_id,
        "unit": {"number": actor.unit_id, "name": actor.unit_name},
        "policy": asdict(visits.policy_at(path=actor.unit_path, day=day)),
        "catalogue": visits.catalogue(unit_id=actor.unit_id, at=at),
        "officers": [{"user": one.user_id, "name": one.name} for one in officers],
        "campaigns": [{"number": one.pk, "name": one.name} for one in running.values()],
        "targets": [_told(one, running, actor, people) for one in targets],
        "key": box_key(),
    }


def _told(
    target: "Target", running: Mapping[int, Any], actor: Actor, people: Mapping[int, int]
) -> dict[str, Any]:
    with beyond():
        home = target.household
    known = home is not None and actor.may("households.read", at=home.path)
    return {
        "number": target.pk,
        "campaign": {"number": target.campaign_id, "name": running[target.campaign_id].name},
        "name": target.name,
        "place": target.place,
        "words": target.words,
        "planned_on": target.planned_on.isoformat() if target.planned_on else "",
        "mine": target.holder_id == actor.user_id,
        "recused": _recused(target, home, people),
        "home": visits.home_told(household=home) if home is not None and known else None,
    }


def _recused(target: "Target", home: "Household | None", people: Mapping[int, int]) -> list[int]:
    """The officers who belong to the family (R-G-06)."""
    person_id = home.head_id if home else target.person_id
    family: Iterable[int] = homes.relatives_of(person_id=person_id) if person_id else ()
    return sorted(people[one] for one in family if one in people)
