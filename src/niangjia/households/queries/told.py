"""What is told of a household: what stands, what was told before, on what two tellings disagree."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from niangjia.households import rules
from niangjia.households.models import Fact, Household, Proposal
from niangjia.households.permissions import Word
from niangjia.households.queries.rows import members_of
from niangjia.households.rules import About, Dweller, Dwelling, Standing, Value
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import Keys, keys_for

FACTS, PROPOSALS = "households_fact", "households_proposal"
Facts = dict[str, Value]
Place = tuple[int | None, str]
"""Of which member (none: of the household), and under which key."""


def standing_of(*, household: Household) -> dict[Place, Standing]:
    """What stands of the household (member none) and of those who live there now."""
    with beyond():
        rows = list(household.facts.filter(holds=True, member__isnull=True))
        rows += household.facts.filter(holds=True, member__until=None, member__isnull=False)
        keys = keys_for({row.person_id for row in rows}, make=False) if rows else None
        return {
            (row.member_id, row.key): Standing(opened(row=row, keys=keys), row.version)
            for row in rows
            if keys
        }


def opened(*, row: Fact | Proposal, keys: Keys) -> Value:
    """The value as it was told."""
    table = FACTS if isinstance(row, Fact) else PROPOSALS
    text = keys.unseal(row.value, table=table, person_id=row.person_id, field="value")
    try:
        found: Value = json.loads(text)
    except ValueError:  # words that stand bare
        return text
    return found


def facts_of(*, household: Household, hidden: Iterable[rules.About] = ()) -> dict[int | None, Facts]:
    """What stands, by member (none: the household); without what the reader may not know (R-G-03, SC-11)."""
    shut = frozenset(hidden)
    found: dict[int | None, Facts] = {None: {}}
    for (member, key), one in standing_of(household=household).items():
        if rules.fact_of(key, member=member is not None).about not in shut:
            found.setdefault(member, {})[key] = one.value
    return found


def dwelling_of(*, household: Household) -> Dwelling:
    """The household as the completeness check reads it (R-AID-02)."""
    facts = facts_of(household=household)
    members = [
        Dweller(
            one.number,
            one.name,
            one.relation,
            one.real,
            facts.get(one.number, {}),
            mistyped=bool(facts.get(one.number, {}).get("id_typed")) and not one.real,
            person=one.person_id,
        )
        for one in members_of(household=household)
    ]
    with beyond():
        disputed = household.proposals.filter(settled="").count()
    return Dwelling(facts[None], members, proposals=disputed)


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing told: the value, which time it was told, who told it when and from what source."""

    member: int | None
    key: str
    value: Value
    version: int
    holds: bool
    at: datetime
    by: int | None
    source: str


def tellings_of(
    *, household: Household, past: bool = False, key: str = "", member: int | None = None
) -> list[Telling]:
    """What stands with its source and date; `past`: everything that was ever told under a key, newest first.

    Of those who left nothing. Whoever shows it leaves out what his reader may not know (`Sight`).
    """
    with beyond():
        rows = household.facts.filter(member__until=None)
        rows = rows.filter(key=key, member=member) if past else rows.filter(holds=True)
        found = list(rows.order_by("-version"))
        keys = keys_for({row.person_id for row in found}, make=False) if found else None
        return [_telling(row, keys) for row in found if keys]


def _telling(row: Fact, keys: Keys) -> Telling:
    value = opened(row=row, keys=keys)
    return Telling(
        row.member_id, row.key, value, row.version, row.holds, row.told_at, row.told_by, row.source
    )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two tellings of one fact, both shown (App. D 15)."""

    number: int
    member: int | None
    name: str
    key: str
    label: str
    stands: Value | None
    told: Value
    source: str
    at: datetime | None = None
    by: int | None = None


def proposals_of(*, household: Household) -> list[Disagreement]:
    """What a person must still decide."""
    with beyond():
        rows = list(household.proposals.filter(settled="").select_related("member__person").order_by("pk"))
        keys = keys_for({row.person_id for row in rows}, make=False) if rows else None
    stands = standing_of(household=household) if rows else {}
    return [_disagreement(row, stands, keys) for row in rows if keys]


def _disagreement(row: Proposal, stands: Mapping[Place, Standing], keys: Keys) -> Disagreement:
    member = row.member
    fact = rules.fact_of(row.key, member=member is not None)
    now = stands.get((row.member_id, row.key))
    return Disagreement(
        row.pk,
        row.member_id,
        member.person.name if member else "",
        row.key,
        fact.label,
        now.value if now else None,
        opened(row=row, keys=keys),
        row.source,
        row.proposed_at,
        row.proposed_by,
    )


def versions_of(*, household: Household) -> dict[str, int]:
    """How often each fact was told, by `key` or `member:key`: the base of a form and of an offline copy."""
    with beyond():
        rows = household.facts.filter(holds=True).values_list("member_id", "key", "version")
        return {f"{member}:{key}" if member else key: version for member, key, version in rows}


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader may know of a household: whoever keeps it all; others neither illness nor children."""

    keeps: bool
    minors: frozenset[int] = field(default_factory=frozenset)

    def shows(self, key: str, member: int | None = None) -> bool:
        """Whether a fact may be shown to him."""
        about = rules.fact_of(key, member=member is not None).about
        return about not in (self._of_minors if member in self.minors else rules.hidden(keeps=self.keeps))

    def names(self, member: int) -> bool:
        """Whether somebody's name may be shown in full."""
        return self.keeps or member not in self.minors

    @property
    def _of_minors(self) -> frozenset[About]:
        return rules.hidden_of_minors(keeps=self.keeps)


def sight_of(*, household: Household, actor: Actor, today: date) -> Sight:
    """What the acting post may know of a household that was admitted to it (App. C, SC-11, SC-12)."""
    keeps = actor.may(Word.KEEP, at=household.path)
    if keeps:
        return Sight(keeps=True)
    members = members_of(household=household)
    return Sight(
        keeps=False, minors=frozenset(one.number for one in members if rules.is_minor(one.born, on=today))
    )
