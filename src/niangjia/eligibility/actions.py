"""The leaflet 政策告知单 is printed and left at the door."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.eligibility import queries, rules
from niangjia.households import queries as homes
from niangjia.households.rules import KIND as HOUSEHOLD
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.reaching import beyond
from niangjia.papers import actions as papers

if TYPE_CHECKING:
    from niangjia.papers.models import Paper


@transaction.atomic
def issue_leaflet(*, household_id: int, filed: bool = False, by: Actor, at: datetime) -> "Paper":
    """Which policies this household may use, in plain words, with what would change the answer (S-LA-01)."""
    home = homes.household_for(household_id=household_id, actor=by)
    day = day_of(at)
    offers = queries.leaflet_of(household=home, day=day, filed=filed)
    situation = queries.situation_of(household=home, day=day)
    verdict = rules.judge(situation, queries.standards_at(path=home.path, day=day))
    with beyond():
        values = {
            "worker": homes.name_of(household=home),
            "unit": home.keeper.name,
            "category": verdict.words,
            "offers": [[str(one.label), str(one.told), str(one.why), str(one.how)] for one in offers],
            "ways": [[str(one.words)] for one in verdict.ways],
            "day": day,
        }
    return papers.issue(
        template=rules.LEAFLET, values=values, about_kind=HOUSEHOLD, about_id=home.pk, unit_id=home.keeper_id,
        person_id=home.head_id, by=by, at=at,
    )  # fmt: skip
