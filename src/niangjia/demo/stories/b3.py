"""B3 Gaojia: a village federation, 335 small firms, its members; the five zeros come later (S-NB-19)."""

from itertools import islice
from typing import Any

from niangjia.demo.actions.crowding import Joining, enrol_many
from niangjia.demo.actions.laying import Ground, lay_in_bulk
from niangjia.demo.rules.crowds import crowd
from niangjia.demo.rules.dice import Dice, shares
from niangjia.demo.rules.firms import Firms
from niangjia.demo.rules.sketch import EmployerSketch, OrganisationSketch, Sketch, general_unions
from niangjia.demo.stories import recount
from niangjia.demo.stories.reading import Figure, Reading
from niangjia.kernel import clock
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.counting import Style, wording
from niangjia.members import actions as members
from niangjia.members import queries as roll
from niangjia.network import actions as network
from niangjia.network import queries as register
from niangjia.network.rules import EmployerKind, Mode, OrgKind

FIRMS = (EmployerKind.ENTERPRISE,)


def play(facts: dict[str, Any]) -> Reading:
    """The village's federation is laid down with its firms and members, then counted."""
    today, village = clock.today(), facts["village"]
    ground = Ground(today=today, at=clock.now(), by=SYSTEM)
    dice = Dice(facts["seed"])
    sketch = _village(facts, dice)
    lay_in_bulk(sketch=sketch, on=ground)
    since = village["members_since"]
    heads = shares(
        village["members"], [dice.number("heads", row.key, low=2, high=30) for row in sketch.employers]
    )
    workers = crowd(how_many=village["members"], dice=dice)
    rows = (
        Joining(worker, ground.units["joint"], since, ground.employers[row.key])
        for row, n in zip(sketch.employers, heads, strict=True)
        for worker in islice(workers, n)
    )
    enrol_many(joinings=list(rows), on=ground)
    network.recount_tallies(today=today, at=clock.now())
    members.recount_tallies(today=today, at=clock.now())
    return _read(ground.units["federation"], today)


def _village(facts: dict[str, Any], dice: Dice) -> Sketch:
    village, sketch = facts["village"], Sketch(organisations=general_unions(facts["place"]))
    since = village["since"]
    sketch.organisations += [
        OrganisationSketch(
            "federation", OrgKind.FEDERATION, village["name"], since, "town", mode=Mode.VILLAGE
        ),
        OrganisationSketch("joint", OrgKind.JOINT, village["joint"], since, "federation", composed_on=since),
    ]
    firms = Firms(dice)
    for i in range(village["firms"]):
        name = firms.name("gaojia", i, place=village["place"])
        sketch.employers.append(
            EmployerSketch(
                key=f"firm{i}", keeper="town", name=name,
                kind=EmployerKind.ENTERPRISE, since=since,
                uscc=firms.uscc(EmployerKind.ENTERPRISE), headcount=9, unions=(("joint", since),),
            )
        )  # fmt: skip
    return sketch


def _read(federation: int, today: Any) -> Reading:
    counts = register.counts(unit_id=federation, day=today)
    n = roll.member_counts(unit_id=federation, day=today).members
    firms = recount.employers(top=federation, day=today, kinds=FIRMS)
    return {
        "B3.firms": Figure(counts.employers(), wording(counts.employers(), "家", Style.EXACT), (firms,)),
        "B3.members": Figure(n, wording(n, "名", Style.MANY), (recount.members(top=federation, day=today),)),
    }
