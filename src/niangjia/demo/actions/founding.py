"""Federations that are being founded in the demo world, taken through the public actions as far as told."""

from datetime import datetime, timedelta
from typing import Any

from niangjia.demo.actions.laying import Ground, organisation
from niangjia.demo.actions.tasking import actor_of
from niangjia.demo.rules import names
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.foundings import FOUNDINGS, POSTS, SEATS, TERM, FoundingSketch, Stage
from niangjia.founding import actions
from niangjia.founding import queries as founding_queries
from niangjia.founding.rules import Meeting
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.network.rules import OrgKind

GROUP, TELLERS = 3, 2
ABSENT = 6


def found_federations(*, dice: Dice, on: Ground) -> None:
    """One establishment stands in each state that is worth a look."""
    for row in FOUNDINGS:
        _Founders(row, dice, on).go()


class _Founders:
    """The town asks for the founders and reviews, the county decides; elsewhere the platform does."""

    def __init__(self, row: FoundingSketch, dice: Dice, on: Ground) -> None:
        self.row, self.on = row, on
        hand = dice.hand("founding", row.name)
        self.people = list(
            dict.fromkeys(names.person_name(dice.hand("founder", row.name, i)) for i in range(12))
        )
        self.congress_days = hand.number(8, 10)
        self.town: Actor = actor_of(login="twn", on=on) if row.by_log_ins else on.by
        self.county: Actor = actor_of(login="cty", on=on) if row.by_log_ins else on.by
        self.number = 0

    def go(self) -> None:
        """As far as the sketch says; each step some days after the one before."""
        self._draft(self._at(0))
        if self.row.stage >= Stage.SUBMITTED:
            self._step(actions.submit_establishment, self.town, self._at(1))
        if self.row.stage >= Stage.PREPARING:
            self._prepare()
        if self.row.stage >= Stage.REPORTED:
            self._elect(self._at(self.congress_days + 12))
        if self.row.stage >= Stage.APPROVED:
            at = self._at(self.congress_days + 20)
            self._step(actions.approve_establishment, self.county, at, approved_on=clock.day_of(at))

    def _at(self, days: int) -> datetime:
        return self.on.at - timedelta(days=self.row.days_ago - days)

    def _draft(self, at: datetime) -> None:
        row = self.row
        draft = actions.RequestDraft(
            kind=OrgKind.FEDERATION,
            name=row.name,
            workers=row.workers,
            members=row.members,
            term_years=TERM,
            mode=row.mode,
            phone="0570-8800000",
            words=row.words,
        )
        parent = organisation(unit_id=self.on.units[row.parent])
        made = actions.draft_establishment(draft=draft, parent=parent, by=self.town, at=at)
        self.number = made.pk
        for place, name in enumerate(self.people[:GROUP]):
            actions.join_founding_group(
                establishment_id=self.number, name=name, duty="行业职工代表", leads=not place,
                by=self.town, at=at,
            )  # fmt: skip

    def _prepare(self) -> None:
        self._step(actions.review_establishment, self.town, self._at(4))
        at = self._at(9)
        self._step(actions.approve_preparation, self.county, at, prepared_on=clock.day_of(at))

    def _elect(self, at: datetime) -> None:
        """Six stand for five seats; everybody who came has voted, the last one misses the half."""
        standing = [
            actions.propose_candidate(
                establishment_id=self.number, name=name, post=post, relative="no", by=self.town, at=at
            )
            for name, post in zip(self.people, POSTS, strict=False)
        ]
        members = self.row.members
        present = members - ABSENT
        congress = actions.Congress(Meeting.MEMBERS, clock.day_of(at), members, present, SEATS)
        self._step(actions.hold_congress, self.town, at, congress=congress)
        votes = {one.pk: present - place for place, one in enumerate(standing)}
        votes[standing[-1].pk] = members // 4
        tellers = self.people[len(POSTS) : len(POSTS) + TELLERS]
        self._step(actions.submit_result, self.town, at + timedelta(days=1), votes=votes, tellers=tellers)

    def _step(self, action: Any, by: Actor, at: datetime, **told: Any) -> None:
        row = founding_queries.establishment_for(establishment_id=self.number, actor=self.on.by)
        action(establishment_id=self.number, version=row.version, by=by, at=at, **told)
