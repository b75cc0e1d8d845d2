"""What a chunk of a roll refers to, found at once: unions, employers, persons by number, memberships."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet

from niangjia.enrolment.rules.plans import Plan
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sheets.cells import folded
from niangjia.members import queries as members
from niangjia.members.permissions import Word
from niangjia.members.queries.many import Reach, stretches_of_many
from niangjia.members.queries.naming import groups_in_scope
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.people.queries.many import Bearer, bearers_of, mobiles_of_many

if TYPE_CHECKING:
    from niangjia.members.models import Membership
    from niangjia.network.models import Employer, Organisation

LONGEST_NUMBER = 12


@dataclass(slots=True)
class Places:
    """The unions, groups and employers that the texts of a chunk mean; found before the rows are read."""

    unit_id: int
    unions: dict[str, list["Organisation"]] = field(default_factory=dict)
    by_id: dict[int, "Organisation"] = field(default_factory=dict)
    groups: dict[str, list["Organisation"]] = field(default_factory=dict)
    employers: dict[str, list["Employer"]] = field(default_factory=dict)
    own: dict[int, list["Employer"]] = field(default_factory=dict)

    def only_employer(self, union_id: int) -> int | None:
        """The one employer that a single union covers."""
        covered = self.own.get(union_id, [])
        return covered[0].pk if len(covered) == 1 else None


@dataclass(slots=True)
class Persons:
    """The persons whom the plans of a chunk mean, and where they stand."""

    bearers: dict[bytes, Bearer] = field(default_factory=dict)
    stretches: dict[int, list[Reach]] = field(default_factory=dict)
    here: dict[tuple[int, int], "Membership"] = field(default_factory=dict)
    lacking: dict[tuple[int, str], list["Membership"]] = field(default_factory=dict)
    mobiles: dict[int, set[bytes]] = field(default_factory=dict)


def places_of(*, values: Sequence[Any], unit_id: int, by: Actor, today: date) -> Places:
    """Everything about places, in a handful of queries."""
    scope = by.scope_for(Word.ENROL)
    told = network.organisations_in_scope(scope=scope, filters=network.Filters(), today=today)
    texts = {row["union"] for row in values if row["union"]}
    found = Places(unit_id, unions=_meant(told.exclude(kind=OrgKind.GROUP), texts))
    found.by_id = {row.pk: row for rows in found.unions.values() for row in rows}
    found.by_id |= {row.pk: row for row in told.filter(pk=unit_id)}
    found.groups = _meant(
        groups_in_scope(scope=scope, today=today), {row["group"] for row in values if row["group"]}
    )
    named = {row[name] for row in values for name in ("employer", "workplace") if row[name]}
    found.employers = _meant(network.employers_of(scope=scope), named)
    missing = {text for text in named if not found.employers.get(text)}
    if missing:
        with beyond():
            codes = {folded(text).strip().upper() for text in missing}
            rows = network.employers_of(scope=EVERYWHERE).filter(uscc__in=codes)
            found.employers |= _by_text(list(rows), missing)
    singles = [pk for pk, row in found.by_id.items() if row.kind == OrgKind.SINGLE]
    covered = network.employers_of(scope=scope).filter(
        coverages__union__in=singles, coverages__until=None, coverages__counts=True
    )
    found.own = defaultdict(list)
    for row in covered.annotate(here=F("coverages__union_id")) if singles else ():
        found.own[row.here].append(row)
    return found


def persons_of(*, plans: Sequence[Plan], by: Actor, today: date) -> Persons:
    """The bearers of the plans' numbers with every stretch, and the members who lack a paper, by name."""
    scope, found = by.scope_for(Word.ENROL), Persons()
    blinds = {plan.blind for plan in plans if plan.blind}
    with beyond():
        found.bearers = bearers_of(blinds=blinds) if blinds else {}
        ids = {bearer.person_id for bearer in found.bearers.values()}
        found.stretches = stretches_of_many(person_ids=ids) if ids else {}
    standing = members.memberships_in_scope(scope=scope).filter(Q(until=None) | Q(until__gt=today))
    if ids:
        found.here = {(row.person_id, row.union_id): row for row in standing.filter(person_id__in=ids)}
    _find_lacking(found, [plan for plan in plans if plan.blind is None], standing)
    return found


def _find_lacking(found: Persons, plans: Sequence[Plan], standing: "QuerySet[Membership]") -> None:
    if not plans:
        return
    named = standing.filter(
        union_id__in={plan.union_id for plan in plans},
        has_id=False,
        name_key__in={plan.name_key for plan in plans},
    )
    found.lacking = defaultdict(list)
    for row in named.order_by("id"):
        found.lacking[row.union_id, row.name_key].append(row)
    ids = {row.person_id for rows in found.lacking.values() for row in rows}
    with beyond():
        found.mobiles = mobiles_of_many(person_ids=ids) if ids else {}


def _meant(rows: "QuerySet[Any]", texts: set[str]) -> dict[str, list[Any]]:
    """The rows that each text means: a number, a code, a full name."""
    if not texts:
        return {}
    plain = {folded(text).strip().upper() for text in texts}
    numbers = {
        int(text) for text in plain if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER
    }
    wanted = Q(name__in=texts) | Q(uscc__in=plain) | Q(pk__in=numbers)
    return _by_text(list(rows.filter(wanted)), texts)


def _by_text(rows: Iterable[Any], texts: set[str]) -> dict[str, list[Any]]:
    by_word: dict[str, list[Any]] = {}
    for row in rows:
        for word in {row.name, row.uscc, str(row.pk)} - {""}:
            by_word.setdefault(word, []).append(row)
    return {text: by_word.get(text) or by_word.get(folded(text).strip().upper(), []) for text in texts}
