"""B2 Ningbo: 2,513 federations, 80,214 enterprises and institutions, 86 business districts (S-NB-01)."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from niangjia.demo.actions.crowding import Joining, enrol_many
from niangjia.demo.actions.laying import Ground, lay_in_bulk
from niangjia.demo.rules.crowds import crowd
from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.firms import Firms
from niangjia.demo.rules.growing import Scale, Town, grow
from niangjia.demo.rules.sketch import OrganisationSketch, Sketch
from niangjia.demo.stories import merging, pages, recount
from niangjia.demo.stories.officers import officer
from niangjia.demo.stories.reading import Figure, Reading
from niangjia.kernel import clock
from niangjia.kernel.access import SYSTEM, Actor, Role
from niangjia.kernel.counting import Style, wording
from niangjia.kernel.words import say
from niangjia.members import actions as members
from niangjia.members import queries as roll
from niangjia.network import actions as network
from niangjia.network import queries as register
from niangjia.network.permissions import Word
from niangjia.network.rules import MODE_LABELS, EmployerKind, Mode, OrgKind

DRAWN = 60
BODIES = (EmployerKind.ENTERPRISE, EmployerKind.INSTITUTION)


def play(facts: dict[str, Any]) -> Reading:
    """The city's federations are laid down, then read by the city's officer and on the public pages."""
    today = clock.today()
    ground = Ground(today=today, at=clock.now(), by=SYSTEM)
    dice = Dice(facts["seed"])
    sketch, towns = _general_unions(facts)
    sketch.add(grow(scale=scale_of(facts), towns=towns, today=today, dice=dice, firms=Firms(dice)))
    lay_in_bulk(sketch=sketch, on=ground)
    enrol_many(joinings=_workers(sketch, ground, dice), on=ground)
    network.recount_tallies(today=today, at=clock.now())
    members.recount_tallies(today=today, at=clock.now())
    actor = officer(role=Role.MUN, unit_id=ground.units["city"])
    federations = _federations(actor, today)
    city = ground.units["city"]
    found = {**_counted(city, today), **_districts(city, federations, today)}
    found |= {"B2.cards": _cards(federations, today)}
    found |= pages.read(city=city, federations=federations, day=today)
    return {**found, **merging.merged(city=city, federations=federations, on=ground)}


def _workers(sketch: Sketch, ground: Ground, dice: Dice) -> Iterator[Joining]:
    """Who works in a business district is a member of the union there, whoever employs him (S-NB-06)."""
    district = {row.key for row in sketch.organisations if row.mode == Mode.BUSINESS_DISTRICT}
    inside = {row.key for row in sketch.organisations if row.parent in district}
    firms = [row for row in sketch.employers if row.unions[0][0] in inside]
    workers = crowd(how_many=sum(row.headcount for row in firms), dice=dice)
    for row in firms:
        union, since = row.unions[0]
        for worker in islice(workers, row.headcount):
            yield Joining(worker, ground.units[union], since, ground.employers[row.key])


def _districts(city: int, federations: Sequence[Any], today: date) -> dict[str, Figure]:
    """The distinct workers of all business districts, by the roll-up of each federation."""
    paths = [row.path for row in federations if row.mode == Mode.BUSINESS_DISTRICT]
    if not paths:
        return {"B2.workers": Figure(0, wording(0), (0,))}
    found = sum(one.members for one in roll.member_counts_at(paths=paths, day=today))
    again = recount.members_of_mode(top=city, day=today, mode=Mode.BUSINESS_DISTRICT)
    return {"B2.workers": Figure(found, wording(found), (again,))}


def scale_of(facts: dict[str, Any]) -> Scale:
    """How much the start data ask for."""
    modes = {Mode(name): weight for name, weight in facts["modes"].items()}
    return Scale(**facts["scale"], modes=modes)


def _general_unions(facts: dict[str, Any]) -> tuple[Sketch, list[Town]]:
    place, since = facts["place"], facts["place"]["since"]
    rows = [
        OrganisationSketch("province", OrgKind.PROVINCE, place["province"], since),
        OrganisationSketch("city", OrgKind.CITY, place["city"], since, "province"),
    ]
    towns = []
    for county in facts["counties"]:
        key = county["name"]
        rows.append(OrganisationSketch(key, OrgKind.COUNTY, f"{key}总工会", since, "city"))
        for name in county["towns"]:
            towns.append(Town(f"{key}/{name}", name, key, key))
            rows.append(OrganisationSketch(towns[-1].key, OrgKind.TOWN, f"{name}总工会", since, key))
    return Sketch(organisations=rows), towns


def _counted(city: int, today: date) -> dict[str, Figure]:
    counts = register.counts(unit_id=city, day=today)
    federations = counts.federations()
    districts = counts.federations(Mode.BUSINESS_DISTRICT)
    bodies = counts.enterprises_and_institutions
    by_mode = sum(counts.federations(mode) for mode in Mode)

    def again(mode: str = "") -> int:
        return recount.organisations(top=city, day=today, kind=OrgKind.FEDERATION, mode=mode)

    return {
        "B2.federations": Figure(federations, wording(federations, "家"), (again(),)),
        "B2.employers": Figure(
            bodies,
            f"{wording(bodies, '家')}企事业单位",
            (recount.employers(top=city, day=today, kinds=BODIES),),
        ),
        "B2.business_districts": Figure(
            districts, wording(districts, "家", Style.EXACT), (again(Mode.BUSINESS_DISTRICT),)
        ),
        "B2.modes": Figure(by_mode, _modes(counts), (sum(again(mode) for mode in Mode),)),
    }


def _modes(counts: register.Counts) -> str:
    return "、".join(f"{say(MODE_LABELS[mode])} {counts.federations(mode)} 家" for mode in Mode)


def _federations(actor: Actor, today: date) -> list[Any]:
    filters = register.Filters(under=actor.unit_path)
    scope = actor.scope_for(Word.READ)
    return list(register.federations_in_scope(scope=scope, filters=filters, today=today))


def _cards(federations: Sequence[Any], today: date) -> Figure:
    """How many federations show a 1+N+X that equals the recount; of a sample the drawing is read too."""
    counted = register.counts_at(paths=[row.path for row in federations], day=today)
    again = recount.cards(day=today)
    drawn = {row.pk for row in pages.sample(federations, DRAWN)}
    agree = 0
    for row, counts in zip(federations, counted, strict=True):
        parts = (OrgKind.SINGLE, OrgKind.JOINT)
        card = (*(counts.organisations(part) for part in parts), counts.employers())
        same = card == again.get(row.pk, (0, 0, 0))
        if same and row.pk in drawn:
            sums = register.compositions(federation=row, day=today).sums
            same = card == (sums.n_unions, sums.x_unions, sums.employers)
        agree += same
    return Figure(agree, wording(agree, "家", Style.EXACT), (len(federations),))
