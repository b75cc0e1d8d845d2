"""Two tellings of one fact: a person has compared them and says which holds (R-G-09, App. D 15)."""

from datetime import datetime

from django.db import transaction

from niangjia.households import actions as households
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.tasks import actions as tasks
from niangjia.visits import queries, rules
from niangjia.visits.models import HomeVisit


def lay_settling(*, visit: HomeVisit, by: Actor, at: datetime) -> None:
    """Where tellings differ, it lies with the union that somebody compares them."""
    count = sum(one.conflicts and not one.settled for one in queries.tellings_of(visit=visit))
    if not count:
        return
    draft = tasks.TaskDraft(
        key=f"visits.settle:{visit.pk}",
        kind="visits.settle",
        title=say("核定两次填写不一致：第 {home} 号家庭 {n} 处", home=visit.household_id, n=count),
        unit_id=visit.unit_id,
        word="households.keep",
        about=(rules.KIND, visit.pk),
        road="visit",
        road_args=(visit.pk,),
        step="settle",
    )
    tasks.lay(draft=draft, by=by, at=at)


@transaction.atomic
def settle(*, visit_id: int, proposal_id: int, take: bool, by: Actor, at: datetime) -> None:
    """What was told at the visit holds, or what stood stays."""
    visit = queries.visit_for(visit_id=visit_id, actor=by)
    known = {one.proposal for one in queries.tellings_of(visit=visit) if one.conflicts}
    if visit.household_id is None or proposal_id not in known:
        raise NotVisible
    households.settle_proposal(
        household_id=visit.household_id, proposal_id=proposal_id, take=take, by=by, at=at
    )
    left = [one for one in queries.tellings_of(visit=visit) if one.conflicts and not one.settled]
    if not left:
        with beyond():
            tasks.finish(by=by, at=at, about=(rules.KIND, visit.pk), step="settle")
