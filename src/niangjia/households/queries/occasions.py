"""What was told at one occasion: by its source, what was entered and what was put beside it (R-G-09)."""

from collections.abc import Mapping
from dataclasses import dataclass

from niangjia.households import rules
from niangjia.households.models import Fact, Household, Proposal
from niangjia.households.queries.told import opened, standing_of
from niangjia.households.rules import Value
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import keys_for


@dataclass(frozen=True, slots=True)
class ToldThere:
    """One fact of an occasion: what was told; of one that was put beside, what stands and its settlement."""

    member: int | None
    name: str
    fact: rules.Fact
    told: Value
    proposal: int | None = None
    stands: Value | None = None
    settled: str = ""

    @property
    def conflicts(self) -> bool:
        """Whether it was put beside what stood."""
        return self.proposal is not None


def told_at(*, household: Household, source: str, versions: Mapping[str, int]) -> list[ToldThere]:
    """The facts of an occasion: `versions` names those that stood as told, by `key` or `member:key`."""
    with beyond():
        wanted = {_named(name): version for name, version in versions.items()}
        facts = [
            row
            for row in household.facts.select_related("member__person").order_by("pk")
            if wanted.get((row.member_id, row.key)) == row.version
        ]
        beside = list(
            household.proposals.filter(source=source).select_related("member__person").order_by("pk")
        )
        people = {row.person_id for row in facts} | {row.person_id for row in beside}
        keys = keys_for(people, make=False) if people else None
        stands = standing_of(household=household) if beside else {}
        told = [_of_fact(row, opened(row=row, keys=keys)) for row in facts if keys]
        for row in beside:
            now = stands.get((row.member_id, row.key))
            told += (
                [_of_proposal(row, opened(row=row, keys=keys), now.value if now else None)] if keys else []
            )
    order = [*rules.BY_KEY, *rules.MEMBER_BY_KEY]
    return sorted(told, key=lambda one: (one.member or 0, order.index(one.fact.key)))


def _named(name: str) -> tuple[int | None, str]:
    member, colon, key = name.rpartition(":")
    return (int(member) if colon else None, key)


def _of_fact(row: Fact, value: Value) -> ToldThere:
    return ToldThere(row.member_id, _name(row), _fact(row), value)


def _of_proposal(row: Proposal, value: Value, stands: Value | None) -> ToldThere:
    return ToldThere(row.member_id, _name(row), _fact(row), value, row.pk, stands, row.settled)


def _name(row: Fact | Proposal) -> str:
    return row.member.person.name if row.member else ""


def _fact(row: Fact | Proposal) -> rules.Fact:
    return rules.fact_of(row.key, member=row.member_id is not None)
