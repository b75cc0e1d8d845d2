"""A federation of the page with so many N, X and employers, drawn by hand rather than grown. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from niangjia.demo.rules.dice import Dice, shares
from niangjia.demo.rules.firms import Firms
from niangjia.demo.rules.growing import unlike
from niangjia.demo.rules.sketch import EmployerSketch, OrganisationSketch, Sketch
from niangjia.demo.rules.terms import last_term
from niangjia.network.rules import EmployerKind, Mode, OrgKind, Sector

SETTLED = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Cluster:
    """What is known of the federation; `joints` are the names of its X."""

    key: str
    name: str
    parent: str
    town: str
    mode: Mode
    since: date
    place: str
    joints: tuple[str, ...]
    singles: int = 0
    firms: int = 0
    merchants: int = 0
    social: int = 0
    workers: int = 0
    sector: Sector = Sector.OTHER
    division: str = ""


def drawn(cluster: Cluster, *, today: date, dice: Dice, firms: Firms) -> Sketch:
    """The federation with its N, X and employers; headcounts add up to the workers named."""
    kinds = [EmployerKind.ENTERPRISE] * cluster.firms + [EmployerKind.MERCHANT] * cluster.merchants
    kinds += [EmployerKind.SOCIAL] * cluster.social
    names = [firms.name(cluster.key, i, place=cluster.place, kind=kind) for i, kind in enumerate(kinds)]
    singles = [
        _union(cluster, OrgKind.SINGLE, f"{cluster.key}-n{i}", name, today)
        for i, name in enumerate(unlike([f"{name}工会" for name in names[: cluster.singles]]))
    ]
    joints = [
        _union(cluster, OrgKind.JOINT, f"{cluster.key}-x{i}", name, today)
        for i, name in enumerate(cluster.joints)
    ]
    rooms = [union.key for union in singles]
    held = shares(len(kinds) - cluster.singles, [1] * len(joints))
    rooms += [union.key for union, room in zip(joints, held, strict=True) for _ in range(room)]
    weights = [dice.number("workers", cluster.key, i, low=2, high=30) for i in range(len(kinds))]
    heads = shares(cluster.workers, weights)
    return Sketch(
        organisations=[_federation(cluster, today), *singles, *joints],
        employers=_employers(cluster, kinds, names, rooms, heads, dice=dice, firms=firms),
    )


def _federation(cluster: Cluster, today: date) -> OrganisationSketch:
    return OrganisationSketch(
        key=cluster.key,
        kind=OrgKind.FEDERATION,
        name=cluster.name,
        established_on=cluster.since,
        parent=cluster.parent,
        mode=cluster.mode,
        sector=cluster.sector,
        division=cluster.division,
        term_years=5,
        term_ends_on=last_term(cluster.since, years=5, today=today)[1],
    )


def _union(cluster: Cluster, kind: OrgKind, key: str, name: str, today: date) -> OrganisationSketch:
    return OrganisationSketch(
        key=key,
        kind=kind,
        name=name,
        established_on=cluster.since,
        parent=cluster.key,
        division=cluster.division,
        term_years=3,
        term_ends_on=last_term(cluster.since, years=3, today=today)[1],
        composed_on=cluster.since,
    )


def _employers(  # noqa: PLR0913 - columns side by side
    cluster: Cluster,
    kinds: Sequence[EmployerKind],
    names: Sequence[str],
    rooms: Sequence[str],
    heads: Sequence[int],
    *,
    dice: Dice,
    firms: Firms,
) -> list[EmployerSketch]:
    found = []
    for i, (kind, name, room, head) in enumerate(zip(kinds, names, rooms, heads, strict=True)):
        hand = dice.hand("cluster", cluster.key, i)
        row = EmployerSketch(
            key=f"{cluster.key}-e{i}",
            keeper=cluster.town,
            name=name,
            kind=kind,
            since=cluster.since,
            uscc=firms.uscc(kind),
            sector=cluster.sector,
            headcount=head,
            female_headcount=head * hand.number(20, 70) // 100,
            migrant_headcount=head * hand.number(5, 60) // 100,
            division=cluster.division,
            unions=((room, cluster.since + SETTLED),),
        )
        found.append(row)
    return found
