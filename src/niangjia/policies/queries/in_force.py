"""What is in force for a union on a day, and whose value it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.kernel import policy
from niangjia.kernel.policy import Decided, Definition, LocalValue, OutOfForce
from niangjia.kernel.words import Said, say
from niangjia.policies import rules
from niangjia.policies.queries.values import values_for
from niangjia.tree import queries as tree

PLATFORM = say("平台默认值")


@dataclass(frozen=True, slots=True)
class InForce:
    """A policy as it holds for one case: the value with its source and paper, or why there is none."""

    definition: Definition
    dims: Mapping[str, str]
    decided: Decided | None
    source_name: str = ""
    cut_name: str = ""
    why_not: Said | None = None

    @property
    def value(self) -> Said:
        """The value in words."""
        if self.decided is None:
            return self.why_not or say("没有生效的值")
        return rules.value_said(self.definition, self.decided.value)

    @property
    def case(self) -> Said | None:
        """For which case it holds."""
        return rules.dims_said(self.dims)

    @property
    def whose(self) -> Said:
        """Whose value it is."""
        if self.decided is None:
            return say("—")
        if self.cut_name:
            return say(
                "{name}（受{above}的上下限约束）", name=self.source_name or PLATFORM, above=self.cut_name
            )
        return Said("{name}", (("name", self.source_name),)) if self.source_name else PLATFORM

    @property
    def is_example(self) -> bool:
        """True for a shipped example that nobody confirmed."""
        found = self.decided
        if found is None:
            return False
        return rules.is_example(self.definition, verified=found.verified, is_shipped=found.source is None)

    @property
    def is_unverified(self) -> bool:
        """True where the value was not checked against its paper."""
        return self.decided is not None and not self.decided.verified


@dataclass(frozen=True, slots=True)
class AreaInForce:
    """The policies of one area."""

    area: str
    label: Said
    rows: Sequence[InForce]


def value_in_force(*, key: str, unit_id: int | None, day: date, **dims: object) -> Decided:
    """The value that decides for a union on a day. Raises OutOfForce, which says since when there is one."""
    definition = policy.shipped().definition(key)
    chain = chain_on(unit_id=unit_id, day=day)
    return policy.decide(definition, day, chain, values_for(chain=chain, keys=[definition.key]), **dims)


def decide(*, key: str, unit_id: int | None, day: date, **dims: object) -> InForce:
    """The same with the name of the union whose value it is. Raises OutOfForce."""
    decided = value_in_force(key=key, unit_id=unit_id, day=day, **dims)
    definition = policy.shipped().definition(key)
    names = tree.names_of(unit_ids=sources_of(found=[decided]))
    return named_row(
        definition=definition,
        dims={name: str(value) for name, value in dims.items()},
        found=decided,
        names=names,
    )


def what_is_in_force(*, unit_id: int | None, day: date, area: str = "") -> list[AreaInForce]:
    """Every policy, or those of one area, as it holds for a union (None: as shipped) on a day."""
    chain = chain_on(unit_id=unit_id, day=day)
    values = values_for(chain=chain)
    found: dict[str, list[tuple[Definition, Mapping[str, str], Decided | Said]]] = {}
    for definition in policy.shipped():
        here = definition.key.partition(".")[0]
        if area in {"", here}:
            own = [value for value in values if value.key == definition.key]
            found.setdefault(here, []).extend(
                cases_decided(definition=definition, day=day, chain=chain, values=own)
            )
    names = tree.names_of(
        unit_ids=sources_of(
            found=[one for rows in found.values() for _, _, one in rows if isinstance(one, Decided)]
        )
    )
    return [
        AreaInForce(
            here,
            rules.AREA_WORDS[here],
            [
                named_row(definition=policy_here, dims=dims, found=one, names=names)
                for policy_here, dims, one in rows
            ],
        )
        for here, rows in found.items()
    ]


def cases_of(
    *, definition: Definition, day: date, chain: Sequence[int], values: Sequence[LocalValue]
) -> list[dict[str, str]]:
    """The cases that the policy tells apart: those shipped, and those that the chain added."""
    found = [dict(one.dims) for one in definition.defaults if one.period.covers(day)]
    found += [dict(one.dims) for one in values if one.period.covers(day) and one.unit_id in chain]
    found += [] if found else [dict(one.dims) for one in definition.defaults][:1]
    unique: list[dict[str, str]] = []
    for dims in found:
        if dims not in unique:
            unique.append(dims)
    return unique


def cases_decided(
    *, definition: Definition, day: date, chain: Sequence[int], values: Sequence[LocalValue]
) -> Iterable[tuple[Definition, Mapping[str, str], Decided | Said]]:
    """Each case with the value that decides, or why there is none."""
    for dims in cases_of(definition=definition, day=day, chain=chain, values=values):
        try:
            yield definition, dims, policy.decide(definition, day, chain, values, **dims)
        except OutOfForce as none:
            yield definition, dims, none.reasons[0]


def named_row(
    *, definition: Definition, dims: Mapping[str, str], found: Decided | Said, names: Mapping[int, str]
) -> InForce:
    """A decided case with the names of the unions behind it."""
    if isinstance(found, Said):
        return InForce(definition, dims, None, why_not=found)
    return InForce(
        definition, dims, found, names.get(found.source or 0, ""), names.get(found.cut_by or 0, "")
    )


def sources_of(*, found: Iterable[Decided]) -> set[int]:
    """The unions whose values or bounds decided."""
    return {number for one in found for number in (one.source, one.cut_by) if number is not None}


def chain_on(*, unit_id: int | None, day: date) -> tuple[int, ...]:
    """The union and those above it on a day, nearest first; nothing for no union."""
    return tree.chain_ids_on(unit_id=unit_id, day=day) if unit_id is not None else ()
