"""What moves where by a plan: so many unions and employers, each count opening its rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from niangjia.bodies import queries as bodies
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.clock import today
from niangjia.kernel.policing import value_of
from niangjia.kernel.words import Said, say
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.restructuring import rules
from niangjia.restructuring.models import HeirShare, Restructure
from niangjia.restructuring.queries.reading import plan_of
from niangjia.restructuring.rules import Kind, Plan, Size, State
from niangjia.tree import queries as tree


@dataclass(frozen=True, slots=True)
class Move:
    """So many of a kind go from a union to an heir; `href` opens them where they stand now."""

    what: Said
    source: str
    n: int
    heir: str
    href: str


def moves_of(*, row: Restructure) -> list[Move]:
    """What moves, source by source; once executed, what has moved."""
    plan = plan_of(row=row)
    if plan.kind is Kind.CONVERT:
        return []
    names = _names(row, plan)
    done = row.state in {State.EXECUTED, State.CLOSED}
    return [move for source in plan.source_ids for move in _of_source(plan, source, names, done=done)]


def _names(row: Restructure, plan: Plan) -> dict[int | None, str]:
    ids = {*plan.source_ids, plan.target_id or 0, *(share.target_id for share in plan.shares)}
    names: dict[int | None, str] = {None: "—"}
    names.update((-share.pk, share.new_name) for share in HeirShare.objects.filter(restructure=row))
    names.update(tree.names_of(unit_ids={number for number in ids if number > 0}).items())
    return names


def _of_source(plan: Plan, source: int, names: dict[int | None, str], *, done: bool) -> Iterator[Move]:
    day = plan.effective_on
    children = tree.children_from(unit_id=source, day=day) - set(plan.ends)
    if done:
        children = {place.unit_id for place in tree.placements_right_below(unit_id=source, day=_before(day))}
        children -= set(plan.ends)
    unions = Counter(plan.heir_of(unit_id=child) for child in children)
    covered = network.coverages_by(unions=[source], day=_before(day) if done else day)
    firms = Counter(
        plan.heir_of(employer_id=one) for one in set(covered.values_list("employer_id", flat=True))
    )
    under, then = f"under={source}", f"&day={_before(day)}" if done else ""
    for heir, n in unions.items():
        if heir != source:
            href = f"{reverse('organisations')}?{under}{then}"
            yield Move(say("下属工会"), names[source], n, names.get(heir, "—"), href)
    for heir, n in _along(plan, children, source).items():
        href = f"{reverse('employers')}?{under}{then}"
        yield Move(say("随工会划转的单位"), names[source], n, names.get(heir, "—"), href)
    for heir, n in firms.items():
        if heir != source:
            href = f"{reverse('employers')}?{under}{then}"
            yield Move(say("覆盖单位"), names[source], n, names.get(heir, "—"), href)
    held = bodies.kept_rows(units=[source])[2].filter(until=None).count() if source in plan.ends else 0
    if held:
        yield Move(say("阵地"), names[source], held, names.get(plan.target_id, "—"), reverse("facilities"))


def _along(plan: Plan, children: set[int], source: int) -> Counter[int | None]:
    """How many employers go along with the unions, each counted once, as the register counts them today."""
    units = list(tree.units_in_scope(scope=EVERYWHERE).filter(pk__in=children))
    counted = network.counts_at(paths=[unit.path for unit in units], day=today())
    found: Counter[int | None] = Counter()
    for unit, counts in zip(units, counted, strict=True):
        heir = plan.heir_of(unit_id=unit.pk)
        if heir != source and counts.employers():
            found[heir] += counts.employers()
    return found


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def hints_of(*, unit_id: int, day: date, members: int | None = None) -> Sequence[Said]:
    """Why a federation is suggested for a merge (R-ORG-14, S-NB-09): too few employers or members.

    Members are counted by an app above, which tells how many there are.
    """
    row = network.organisation_in_scope(unit_id=unit_id, scope=EVERYWHERE)
    if row.kind != OrgKind.FEDERATION or row.closed_on is not None:
        return ()
    chain = tree.chain_ids_on(unit_id=unit_id, day=day)
    least = [
        value_of(key=f"federation.merge_min_{what}", unit_id=chain[0] if chain else None, day=day).of(int)
        for what in ("employers", "members")
    ]
    counts = network.counts_at(paths=[row.path], day=day)[0]
    return tuple(rules.size_hints(Size(counts.employers(), members, *least)))
