"""Two officers of a town in the mountains, a campaign, and what they write down at a door."""

import uuid
from dataclasses import replace
from datetime import timedelta

from niangjia.households import queries as homes
from niangjia.visits import actions, rules
from niangjia.visits.rules import (
    Ask,
    Dweller,
    Family,
    Result,
    Signature,
    Told,
    VisitDraft,
    Visitor,
    Whom,
)
from tests.campaigns.worlds import Drive
from tests.conftest import AT
from tests.households.worlds import FACTS, MEMBER_FACTS, WORKER, Village

STROKES = "M10 20L30 40L50 60"


class Mountain:
    """The village and its campaign, and visits as the town's two officers make them."""

    def __init__(self, land):
        self.land = land
        self.village = Village(land)
        self.drive = Drive(self.village)
        self.town, self.mate = self.village.town, self.village.mate

    def visitors(self, *officers):
        return tuple(
            Visitor(one.user_id, Signature(one.name, STROKES)) for one in officers or (self.town, self.mate)
        )

    def draft(self, whom=None, **more):
        """A confirmed visit, signed by both officers and the wife."""
        told = VisitDraft(
            whom=whom or Whom(campaign_id=self.drive.campaign.pk),
            visited_at=AT - timedelta(hours=5),
            result=Result.CONFIRMED,
            statement="两个孩子上学，妻子患病。",
            visitors=self.visitors(),
            family=Family(Signature("李大山", STROKES), "配偶"),
        )
        return replace(told, **more)

    def at_the_door(self, whom=None, *, name="何秀英", number=WORKER, facts=FACTS, **more):
        """A household met for the first time: the worker and what he told."""
        head = Dweller("n1", Told(dict(MEMBER_FACTS)), name=name, relation="self", number=number)
        return self.draft(whom, head=head, told=Told(dict(facts)), **more)

    def known(self, home, *, whom=None, **values):
        """A visit of a household on file: what is told anew, seen as it stands now."""
        told = Told(values, homes.versions_of(household=home))
        return self.draft(whom or Whom(household_id=home.pk), told=told)

    def record(self, draft, *, key=None, by=None, at=AT):
        return actions.record_visit(draft=draft, key=key or uuid.uuid4(), by=by or self.town, at=at)

    def ask(self, kind="study", ref="n1", words=""):
        return Ask(rules.AskKind(kind), ref, words)
