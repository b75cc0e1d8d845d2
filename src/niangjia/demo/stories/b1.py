"""B1 Dazhou: 10 single unions, 2 federations, 24 firms (not 27), 14 of them scattered (S-DZ-03, S-DZ-04)."""

from datetime import date, timedelta
from typing import Any

from niangjia.demo.actions.crowding import Joining, enrol_or_attach
from niangjia.demo.actions.laying import Ground, lay, organisation
from niangjia.demo.rules import dazhou, numbers
from niangjia.demo.rules.crowds import crowd
from niangjia.demo.rules.dice import Dice, shares
from niangjia.demo.rules.sketch import Sketch, general_unions
from niangjia.demo.stories import recount
from niangjia.demo.stories.officers import officer
from niangjia.demo.stories.reading import Figure, Reading
from niangjia.kernel import clock
from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.counting import Style, wording
from niangjia.kernel.errors import Refused
from niangjia.members import actions as members
from niangjia.members import queries as roll
from niangjia.members.permissions import Word as MembersWord
from niangjia.network import actions as network
from niangjia.network import queries as register
from niangjia.network.permissions import Word
from niangjia.network.rules import EmployerKind, OrgKind

FIRMS = (EmployerKind.ENTERPRISE,)
AGO = timedelta(days=90)
"""How long before the page's day the members of the list joined."""


def play(facts: dict[str, Any]) -> Reading:
    """The town's register is laid down, then read by the town's officer."""
    today = clock.today()
    ground = Ground(today=today, at=clock.now(), by=SYSTEM)
    lay(sketch=_unions(facts), on=ground)
    _firms(facts, ground)
    counted = _members(facts, ground)
    network.recount_tallies(today=today, at=clock.now())
    members.recount_tallies(today=today, at=clock.now())
    return {**_read(facts, ground), **_read_members(counted, ground)}


def _unions(facts: dict[str, Any]) -> Sketch:
    return Sketch(organisations=general_unions(facts["place"])).add(dazhou.unions(facts, town="town"))


def _firms(facts: dict[str, Any], ground: Ground) -> None:
    """Each listing is entered as the town would: a known firm is not registered again, only covered."""
    codes: dict[str, str] = {}
    first = {
        name: since for _, name, since in sorted(dazhou.listed(facts), key=lambda row: row[2], reverse=True)
    }
    covered: set[tuple[str, str]] = set()
    for union, name, since in dazhou.listed(facts):
        code = codes.setdefault(name, numbers.credit_code("91", len(codes) + 1))
        employer = _entered(name, code, first[name], ground)
        ground.employers[name] = employer.pk
        if (union, name) not in covered:
            covered.add((union, name))
            network.cover_employer(
                union=organisation(unit_id=ground.units[union]),
                employer=employer,
                since=since,
                by=ground.by,
                at=ground.at,
            )


def _members(facts: dict[str, Any], ground: Ground) -> list[bool]:
    """Every row of the members' list is entered in its turn; True for each that counts where it stands.

    The doubles are second rows of workers whom another union has entered already: same number, other union.
    """
    asked = facts.get("members")
    if not asked:
        return []
    firms: dict[str, str] = {}
    for union, name, _ in dazhou.listed(facts):
        firms.setdefault(union, name)
    unions = list(firms)
    people = list(crowd(how_many=asked["rows"] - asked["doubles"], dice=Dice(asked["seed"])))
    joined = ground.today - AGO
    rows = [
        Joining(worker, ground.units[union], joined, ground.employers.get(firms[union]))
        for worker, union in zip(people, _spread(unions, len(people)), strict=True)
    ]
    second = ground.units[asked["doubled_in"]]
    rows += [Joining(worker, second, ground.today - AGO) for worker in people[: asked["doubles"]]]
    return [enrol_or_attach(joining=row, on=ground) for row in rows]


def _spread(unions: list[str], how_many: int) -> list[str]:
    """The union of each worker: the first has most, each has some."""
    weights = [2 * (len(unions) - place) + 1 for place in range(len(unions))]
    return [union for union, n in zip(unions, shares(how_many, weights), strict=True) for _ in range(n)]


def _read_members(counted: list[bool], ground: Ground) -> dict[str, Figure]:
    """What the town's officer reads of the members, and what the public page says."""
    if not counted:
        return {}
    today, town = ground.today, ground.units["town"]
    actor = officer(role=Role.TWN, unit_id=town, word=MembersWord.READ)
    scope = actor.scope_for(MembersWord.READ)
    counts = roll.member_counts(unit_id=town, day=today)
    listed = roll.members_in_scope(scope=scope, filters=roll.MemberFilters(), today=today).count()
    beside = roll.members_in_scope(scope=scope, filters=roll.MemberFilters(state="affiliated"), today=today)
    again = recount.members(top=town, day=today)
    attached = f"另有 {counts.affiliated} 行是同一人第二次登记，作为挂靠保留"
    return {
        "B1.members": Figure(counts.members, wording(counts.members, "人", Style.EXACT), (again, listed)),
        "B1.rows": Figure(
            counts.members + counts.affiliated, attached, (len(counted), listed + beside.count())
        ),
    }


def _entered(name: str, code: str, since: date, ground: Ground) -> Any:
    draft = network.EmployerDraft(name=name, kind=EmployerKind.ENTERPRISE, since=since, uscc=code)
    try:
        return network.register_employer(
            draft=draft, keeper_id=ground.units["town"], by=ground.by, at=ground.at
        )
    except Refused:
        known = register.Filters(name=name)
        rows = register.employers_in_scope(
            scope=ground.by.scope_for(Word.READ), filters=known, today=ground.today
        )
        return rows.get(uscc=code)


def _read(facts: dict[str, Any], ground: Ground) -> Reading:
    today, town = ground.today, ground.units["town"]
    actor = officer(role=Role.TWN, unit_id=town)
    scope, under = actor.scope_for(Word.READ), actor.unit_path
    counts = register.counts(unit_id=town, day=today)

    def organisations(kind: OrgKind) -> Figure:
        filters = register.Filters(under=under, kinds=(kind,))
        rows = register.organisations_in_scope(scope=scope, filters=filters, today=today)
        again = recount.organisations(top=town, day=today, kind=kind)
        return _said(counts.organisations(kind), again, rows.count())

    filters = register.Filters(under=under)
    firms = list(
        register.employers_in_scope(scope=scope, filters=filters, today=today).prefetch_related(
            "coverages__union"
        )
    )
    listing = tuple(_line(firm) for firm in firms)
    found = {
        "B1.unions": organisations(OrgKind.SINGLE),
        "B1.federations": organisations(OrgKind.FEDERATION),
        "B1.employers": _said(
            counts.employers(), recount.employers(top=town, day=today, kinds=FIRMS), len(firms)
        ),
        "B1.listing": Figure(len(listing), f"{len(listing)}行", (counts.employers(),), listing),
    }
    scattered = next((row["name"] for row in facts["federations"] if "joint" in row), None)
    if scattered:
        found["B1.scattered"] = _scattered(ground.units[scattered], today)
    return found


def _scattered(federation: int, today: date) -> Figure:
    drawing = register.compositions(federation=organisation(unit_id=federation), day=today)
    return _said(
        register.counts(unit_id=federation, day=today).employers(),
        drawing.sums.employers,
        recount.cards(day=today)[federation][2],
    )


def _said(value: int, *recounts: int) -> Figure:
    return Figure(value, wording(value, "家", Style.EXACT), recounts)


def _line(firm: Any) -> str:
    unions = "；".join(f"{row.union.name}（{row.since:%Y-%m-%d}起）" for row in firm.coverages.all())
    return f"{firm.name}：{unions}"
