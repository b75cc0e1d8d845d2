"""Second-tier federations in number: 1+N+X grown to an exact scale (B2, S-NB-01, S-NB-07, S-NB-10). Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count, islice

from niangjia.bodies.rules import ZoneKind
from niangjia.demo.rules.dice import Dice, shares
from niangjia.demo.rules.firms import Firms
from niangjia.demo.rules.sketch import EmployerSketch, OrganisationSketch, Sketch, ZoneSketch
from niangjia.demo.rules.terms import last_term
from niangjia.network.rules import EmployerKind, Mode, OrgKind, Sector

BUSY = (Sector.COMPLEX, Sector.ECOMMERCE, Sector.COMPLEX, Sector.OTHER)
QUIET = (Sector.OTHER,) * 7 + (Sector.ECOMMERCE, Sector.LOGISTICS, Sector.FEATURED_TOWN)
NAMES = {
    Mode.PARK: "{place}{brand}工业园区工会联合会",
    Mode.VILLAGE: "{place}{village}工会联合会",
    Mode.AREA: "{place}{brand}片区工会联合会",
    Mode.BUSINESS_DISTRICT: "{place}{brand}商圈工会联合会",
    Mode.TRADE: "{county}{trade}行业工会联合会",
}
ZONES = {Mode.PARK: ZoneKind.PARK, Mode.BUSINESS_DISTRICT: ZoneKind.BUSINESS_DISTRICT}
JOINT_HOLDS = 45
FEW = 2


@dataclass(frozen=True, slots=True)
class Town:
    """Where federations grow: a town union's key, its county's key, names, codes and villages."""

    key: str
    name: str
    county_key: str
    county: str
    division: str = ""
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is grown; every figure comes out exactly."""

    federations: int
    employers: int
    business_districts: int = 0
    institutions: int = 0
    merchants: int = 0
    second_affiliations: int = 0
    business_district_workers: int = 0
    modes: Mapping[Mode, int] = field(default_factory=lambda: dict.fromkeys(Mode, 1))


@dataclass(frozen=True, slots=True)
class _Seed:
    number: int
    mode: Mode
    town: Town
    employers: int
    merchants: int

    @property
    def key(self) -> str:
        return f"fed{self.number}"


def grow(*, scale: Scale, towns: Sequence[Town], today: date, dice: Dice, firms: Firms) -> Sketch:
    """Federations in the towns (trades at the county), each with its N and X, their employers and zones."""
    seeds = _seeds(scale, towns, dice)
    institutions = _marks(scale.employers, scale.institutions)
    busy = sum(seed.employers + seed.merchants for seed in seeds if seed.mode is Mode.BUSINESS_DISTRICT)
    weights = [dice.number("workers", i, low=20, high=400) for i in range(busy)]
    workers = iter(shares(scale.business_district_workers, weights))
    taken: set[str] = set()
    sketch = Sketch()
    for seed in seeds:
        gardener = _Gardener(seed, today, dice, firms)
        sketch.add(gardener.grown(institutions, workers if scale.business_district_workers else None, taken))
    _affiliate(sketch, how_many=scale.second_affiliations)
    return sketch


def _seeds(scale: Scale, towns: Sequence[Town], dice: Dice) -> list[_Seed]:
    others = [mode for mode in Mode if mode is not Mode.BUSINESS_DISTRICT]
    parts = shares(
        scale.federations - scale.business_districts, [scale.modes.get(mode, 0) for mode in others]
    )
    modes = [Mode.BUSINESS_DISTRICT] * scale.business_districts
    modes += [mode for mode, part in zip(others, parts, strict=True) for _ in range(part)]
    each = 1 if scale.employers >= scale.federations else 0
    weights = [dice.number("size", i, low=2, high=30) ** 2 for i in range(scale.federations)]
    sizes = shares(scale.employers - each * scale.federations, weights)
    stalls = shares(scale.merchants, [int(mode is Mode.BUSINESS_DISTRICT) for mode in modes])
    return [
        _Seed(i, mode, dice.pick(towns, "town", i), size + each, stall)
        for i, (mode, size, stall) in enumerate(zip(modes, sizes, stalls, strict=True))
    ]


def _marks(of: int, marked: int) -> Iterator[bool]:
    """`of` answers, evenly spread, of which exactly `marked` are true."""
    return ((i + 1) * marked // of > i * marked // of for i in range(of))


def unlike(names: Sequence[str]) -> list[str]:
    """The names, each once: a repeated one says which it is.

    >>> unlike(["甲工会", "乙工会", "甲工会"])
    ['甲工会', '乙工会', '甲工会（2）']
    """
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
    return found


class _Gardener:
    """Grows one federation."""

    def __init__(self, seed: _Seed, today: date, dice: Dice, firms: Firms) -> None:
        self.seed, self.today, self.dice, self.firms = seed, today, dice, firms
        self.founded = today - timedelta(days=dice.number("founded", seed.key, low=200, high=4200))
        self.settled = self.founded + timedelta(days=121)
        self.term_ends_on = last_term(self.founded, years=3, today=today)[1]

    def grown(self, institutions: Iterator[bool], workers: Iterator[int] | None, taken: set[str]) -> Sketch:
        """The federation, its unions, employers and zone."""
        federation = self._federation(taken)
        kinds = [
            EmployerKind.INSTITUTION if mark else EmployerKind.ENTERPRISE
            for mark in islice(institutions, self.seed.employers)
        ]
        kinds += [EmployerKind.MERCHANT] * self.seed.merchants
        unions, rooms = self._unions(kinds)
        heads = workers if self.seed.mode is Mode.BUSINESS_DISTRICT else None
        employers = [
            self._employer(i, kind, room, heads)
            for i, (kind, room) in enumerate(zip(kinds, rooms, strict=True))
        ]
        return Sketch(
            organisations=[federation, *unions],
            employers=employers,
            zones=self._zones(federation, employers),
        )

    def _federation(self, taken: set[str]) -> OrganisationSketch:
        seed, dice = self.seed, self.dice
        parent = seed.town.county_key if seed.mode is Mode.TRADE else seed.town.key
        since, until = last_term(self.founded, years=5, today=self.today)
        return OrganisationSketch(
            key=seed.key,
            kind=OrgKind.FEDERATION,
            name=self._name(taken),
            established_on=self.founded,
            parent=parent,
            mode=seed.mode,
            sector=dice.pick(
                BUSY if seed.mode is Mode.BUSINESS_DISTRICT else QUIET, "fed sector", seed.number
            ),
            division=seed.town.division,
            term_years=5,
            term_ends_on=until,
            approval_doc_no=f"总工批〔{since.year}〕{1 + seed.number % 200}号",
        )

    def _name(self, taken: set[str]) -> str:
        town = self.seed.town
        for attempt in count():
            name = NAMES[self.seed.mode].format(
                place=town.name,
                county=town.county,
                village=self._village(attempt),
                brand=self.firms.brand("fed", self.seed.number, attempt),
                trade=self.firms.trade("fed", self.seed.number, attempt),
            )
            name = name if attempt < len(self.firms.trades) else f"{name}（第{attempt}）"
            if name not in taken:
                taken.add(name)
                return name
        raise AssertionError

    def _village(self, attempt: int) -> str:
        villages = self.seed.town.villages
        if villages and attempt < len(villages):
            start = self.dice.number("village", self.seed.number, low=0, high=len(villages) - 1)
            return villages[(start + attempt) % len(villages)]
        return f"{self.firms.brand('village', self.seed.number, attempt)}村"

    def _unions(self, kinds: Sequence[EmployerKind]) -> tuple[list[OrganisationSketch], list[str]]:
        """N and X, and for each employer the key of the union that covers it."""
        seed = self.seed
        single = min(seed.employers, self.dice.number("single", seed.key, low=2, high=9))
        joint = len(kinds) - single
        called = unlike([f"{self._firm(i, kinds[i])}工会" for i in range(single)])
        singles = [self._union(OrgKind.SINGLE, f"{seed.key}n{i}", name) for i, name in enumerate(called)]
        holds = shares(joint, [1] * -(-joint // JOINT_HOLDS))
        called = unlike([f"{seed.town.name}{self._brand(i)}联合工会" for i in range(len(holds))])
        joints = [self._union(OrgKind.JOINT, f"{seed.key}x{i}", name) for i, name in enumerate(called)]
        rooms = [union.key for union in singles]
        rooms += [union.key for union, room in zip(joints, holds, strict=True) for _ in range(room)]
        return [*singles, *joints], rooms

    def _brand(self, i: int) -> str:
        return self.firms.brand("joint", self.seed.number, i)

    def _firm(self, i: int, kind: EmployerKind) -> str:
        return self.firms.name(self.seed.key, i, place=self.seed.town.county, kind=kind)

    def _union(self, kind: OrgKind, key: str, name: str) -> OrganisationSketch:
        founded = self.founded + timedelta(days=self.dice.number("union", key, low=0, high=120))
        return OrganisationSketch(
            key=key,
            kind=kind,
            name=name,
            established_on=founded,
            parent=self.seed.key,
            division=self.seed.town.division,
            term_years=3,
            term_ends_on=self.term_ends_on,
            composed_on=founded,
        )

    def _employer(
        self, i: int, kind: EmployerKind, union: str, heads: Iterator[int] | None
    ) -> EmployerSketch:
        seed, key = self.seed, f"{self.seed.key}e{i}"
        hand = self.dice.hand("employer", key)
        sector = hand.pick(BUSY if seed.mode is Mode.BUSINESS_DISTRICT else QUIET)
        head = next(heads) if heads is not None else 3 + hand.number(1, 9) ** 2
        return EmployerSketch(
            key=key,
            keeper=seed.town.key,
            name=self._firm(i, kind),
            kind=kind,
            since=self.founded,
            uscc=self.firms.uscc(kind),
            sector=sector,
            headcount=head,
            female_headcount=head * hand.number(20, 70) // 100,
            migrant_headcount=head * hand.number(5, 60) // 100,
            division=seed.town.division,
            unions=((union, self.settled),),
        )

    def _zones(self, federation: OrganisationSketch, employers: Sequence[EmployerSketch]) -> list[ZoneSketch]:
        kind = ZONES.get(self.seed.mode)
        if kind is None:
            return []
        name = federation.name.removesuffix("工会联合会")
        inside = tuple(employer.key for employer in employers)
        return [ZoneSketch(name, kind, self.seed.town.key, self.founded, self.seed.town.division, "", inside)]


def _affiliate(sketch: Sketch, *, how_many: int) -> None:
    """So many employers are reached by a second union too; they still count once (R-ORG-01)."""
    joint = [row for row in sketch.organisations if row.kind is OrgKind.JOINT]
    if len(joint) < FEW:
        return
    for i in range(min(how_many, len(sketch.employers))):
        place = i * len(sketch.employers) // how_many
        row = sketch.employers[place]
        other = joint[(place + len(joint) // 2) % len(joint)]
        if other.key == row.unions[0][0]:
            other = joint[(place + len(joint) // 2 + 1) % len(joint)]
        since = max(row.unions[0][1], other.established_on) + timedelta(days=30)
        sketch.employers[place] = replace(row, unions=(*row.unions, (other.key, since)))
