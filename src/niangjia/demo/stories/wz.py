"""WZ the half-year cycle; of it the drivers of Jiangbei, who join by code (S-NB-21). The rest comes later."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Any

from niangjia.demo.actions.laying import Ground, lay_in_bulk
from niangjia.demo.rules.crowds import WorkerSketch, crowd
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.numbers import mobile
from niangjia.demo.rules.sketch import OrganisationSketch, Sketch, general_unions
from niangjia.demo.stories import recount
from niangjia.demo.stories.reading import Figure, Reading
from niangjia.joining import actions, queries
from niangjia.joining.rules import CONSENTS
from niangjia.kernel import clock
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.counting import wording
from niangjia.kernel.identifiers import IdKind
from niangjia.members import actions as members
from niangjia.members import queries as roll
from niangjia.members.rules import Form
from niangjia.network import actions as network
from niangjia.network.rules import Mode, OrgKind
from niangjia.people.rules import Paper

GOOD_FOR = timedelta(days=90)


def play(facts: dict[str, Any]) -> Reading:
    """The federation of drivers hangs up codes; the drivers scan and join; then they are counted."""
    today, told = clock.today(), facts["drivers"]
    ground = Ground(today=today, at=clock.now(), by=SYSTEM)
    lay_in_bulk(sketch=_county(facts), on=ground)
    network.recount_tallies(today=today, at=clock.now())
    members.recount_tallies(today=today, at=clock.now())
    federation = ground.units["federation"]
    workers = crowd(how_many=told["members"], dice=Dice(facts["seed"]))
    drivers = (replace(one, mobile=mobile(place)) for place, one in enumerate(workers))
    for place, group in enumerate(_groups(drivers, told["each_code"]), 1):
        _join_by_code(group, f"货运站{place}号", federation, told["joined_since"], ground)
    members.fold_tallies()
    found = roll.member_counts(unit_id=federation, day=today).members
    again = recount.members(top=federation, day=today)
    return {"WZ.drivers": Figure(found, f"{wording(found)}名", (again,))}


def _groups(drivers: Iterator[WorkerSketch], size: int) -> Iterator[list[WorkerSketch]]:
    while group := list(islice(drivers, size)):
        yield group


def _join_by_code(
    group: Sequence[WorkerSketch], label: str, federation: int, since: Any, ground: Ground
) -> None:
    """One code, as many uses as drivers scan it."""
    draft = actions.CodeDraft(label, ground.today + GOOD_FOR, len(group))
    code = actions.make_code(unit_id=federation, draft=draft, by=ground.by, at=ground.at)
    drafts = [
        actions.ApplicationDraft(
            name=one.name, paper=Paper(IdKind.RESIDENT, one.number), mobile=one.mobile, form=Form.DRIVER,
            consent=len(CONSENTS),
        )
        for one in group
    ]  # fmt: skip
    token = queries.token_of(code=code)
    actions.join_all(drafts=drafts, token=token, since=since, by=ground.by, at=ground.at)


def _county(facts: dict[str, Any]) -> Sketch:
    told = facts["drivers"]
    federation = OrganisationSketch(
        "federation", OrgKind.FEDERATION, told["federation"], told["since"], "county", mode=Mode.TRADE
    )
    return Sketch(organisations=[*general_unions(facts["place"], down_to="county"), federation])
