"""Whom to visit online: the targets of the officer's union, and what is known of the one chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from niangjia.campaigns import queries as campaigns
from niangjia.campaigns.rules import Outcome
from niangjia.households import queries as homes
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Column, Fact, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.tree import queries as tree
from niangjia.visits import queries as visits

if TYPE_CHECKING:
    from niangjia.campaigns.models import Target
    from niangjia.households.models import Household
    from niangjia.tree.models import Unit

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom the officer may choose from."""

    table: Table
    acts: Sequence[Act]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the form needs of the one chosen."""

    title: Said
    words: Said | str
    known: Sequence[Fact]
    form: Mapping[str, Any]


def choice_for(*, actor: Actor, at: datetime) -> Choice:
    """The open targets of the officer's union and his own, in the campaigns that run."""
    running = {one.pk: one for one in campaigns.running_for(actor=actor, today=day_of(at))}
    mine = Q(unit_id=actor.unit_id) | Q(holder_id=actor.user_id)
    rows = campaigns.targets_for(actor=actor).filter(
        mine, campaign_id__in=list(running), outcome=Outcome.OPEN
    )
    here = reverse("new-visit")
    lines = [
        Row([one.name, one.place or "—", running[one.campaign_id].name], href=f"{here}?target={one.pk}")
        for one in rows.order_by("planned_on", "pk")[:SHOWN]
    ]
    columns = (Column(say("职工")), Column(say("住处或单位")), Column(say("专项行动")))
    acts = [Act(say("登记一户不在名单上的"), f"{here}?door=1", icon="plus")]
    acts += [
        Act(say("不在名单上的，算在“{name}”里", name=one.name), f"{here}?campaign={one.pk}")
        for one in running.values()
    ]
    table = Table(say("要走访的人家"), columns, lines, empty=say("名单上没有要走访的人家了。"))
    return Choice(table, acts)


def whom_for(*, actor: Actor, asked: Mapping[str, int], at: datetime) -> Chosen:
    """The target or household that the address names, or a family to be met at the door; or 404."""
    target, home = None, None
    if "target" in asked:
        target = campaigns.target_for(target_id=asked["target"], actor=actor)
    if "campaign" in asked:
        campaigns.campaign_for(campaign_id=asked["campaign"], actor=actor)
    home_id = target.household_id if target else asked.get("household")
    if home_id is not None:
        home = homes.household_for(household_id=home_id, actor=actor)
    with beyond():
        unit = tree.public_unit(unit_id=target.unit_id if target else actor.unit_id or 0)
    return _chosen(actor, asked, target, home, unit, at)


def _chosen(
    actor: Actor,
    asked: Mapping[str, int],
    target: "Target | None",
    home: "Household | None",
    unit: "Unit",
    at: datetime,
) -> Chosen:
    told = visits.home_told(household=home) if home else None
    person_id = home.head_id if home else target.person_id if target else None
    family = homes.relatives_of(person_id=person_id) if person_id else frozenset()
    officers = visits.officers_for(unit=unit, user_ids=[actor.user_id or 0], day=day_of(at))
    name = homes.name_of(household=home) if home else target.name if target else ""
    count = len(told["facts"]) + sum(len(one["facts"]) for one in told["members"]) if told else 0
    return Chosen(
        title=say("登记走访：{name}", name=name) if name else say("登记走访"),
        words=say("帮您带出了 {n} 项，无需再填。改了哪项，只登记哪项。", n=count) if count else "",
        known=[Fact(say("家庭编号"), str(home.pk))] if home else [],
        form={
            "catalogue": visits.catalogue(unit_id=actor.unit_id, at=at),
            "home": told,
            "whom": {**asked, "household": home.pk if home else None},
            "officers": [(one.user_id, one.name) for one in officers if one.person_id not in family],
            "name": name,
        },
    )
