"""One policy: how its value comes down to a union step by step, its history, and who below has another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.kernel import policy
from niangjia.kernel.errors import BadInput, NotVisible
from niangjia.kernel.policy import Definition, LocalValue
from niangjia.kernel.policy.resolving import Standing, stand
from niangjia.kernel.words import Said, say
from niangjia.policies import rules
from niangjia.policies.queries.in_force import (
    PLATFORM,
    InForce,
    cases_decided,
    cases_of,
    chain_on,
    named_row,
    sources_of,
)
from niangjia.policies.queries.values import OwnValue, history_of, overrides_below, values_for
from niangjia.tree import queries as tree


@dataclass(frozen=True, slots=True)
class PathStep:
    """One level on the way down: what it set, and what holds from there."""

    name: Said | str
    set_here: Said | None
    bounds: Said | None
    holds: Said
    passed_over: bool = False


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """Everything the page of one policy shows for a union on a day."""

    definition: Definition
    day: date
    cases: Sequence[InForce]
    dims: Mapping[str, str]
    steps: Sequence[PathStep]
    history: Sequence[OwnValue]
    below: Sequence[OwnValue]

    @property
    def shown(self) -> InForce:
        """The case that the way down explains."""
        return next(one for one in self.cases if dict(one.dims) == dict(self.dims))


def policy_page(*, key: str, unit_id: int | None, day: date, case: int = 0) -> PolicyPage:
    """The page of a key, or of another name it goes by; `case` counts its cases from 0."""
    definition = _known(key)
    chain = chain_on(unit_id=unit_id, day=day)
    values = values_for(chain=chain, keys=[definition.key])
    cases = list(cases_decided(definition=definition, day=day, chain=chain, values=values))
    names = tree.names_of(
        unit_ids=sources_of(found=[one for *_, one in cases if not isinstance(one, Said)]) | set(chain)
    )
    known = cases_of(definition=definition, day=day, chain=chain, values=values)
    dims = known[case] if 0 <= case < len(known) else known[0]
    place = tree.placement_on(unit_id=unit_id, day=day) if unit_id is not None else None
    return PolicyPage(
        definition=definition,
        day=day,
        cases=[named_row(definition=definition, dims=dims, found=one, names=names) for _, dims, one in cases],
        dims=dims,
        steps=_steps(definition, day, chain, values, dims, names),
        history=history_of(key=definition.key, chain=chain),
        below=overrides_below(key=definition.key, path=place.path if place else "", day=day),
    )


def _known(key: str) -> policy.Definition:
    """The policy of that key; a page of another key is not there."""
    try:
        return policy.shipped().definition(key)
    except BadInput as error:
        raise NotVisible(*error.reasons) from error


def _steps(
    definition: Definition,
    day: date,
    chain: Sequence[int],
    values: Sequence[LocalValue],
    dims: Mapping[str, str],
    names: Mapping[int, str],
) -> list[PathStep]:
    """From the shipped value down the chain: each unit's own words, and what holds once it has spoken."""
    before = stand(definition, day, (), values, dims)
    steps = [
        PathStep(PLATFORM, None, rules.bounds_said(before.bounds, definition.unit), _held(definition, before))
    ]
    for place in range(len(chain) - 1, -1, -1):
        after = stand(definition, day, chain[place:], values, dims)
        own = _own(values, chain[place], day, dims)
        steps.append(
            PathStep(
                names.get(chain[place], "—"),
                _said(definition, own),
                rules.bounds_said(after.bounds, definition.unit) if after.bounds != before.bounds else None,
                _held(definition, after),
                passed_over=own is not None and before.locked,
            )
        )
        before = after
    return steps


def _own(values: Sequence[LocalValue], unit: int, day: date, dims: Mapping[str, str]) -> LocalValue | None:
    fitting = [
        one
        for one in values
        if one.unit_id == unit
        and one.period.covers(day)
        and all(dims.get(name) == value for name, value in one.dims.items())
    ]
    return max(fitting, key=lambda one: (len(one.dims), one.since), default=None)


def _held(definition: Definition, standing: Standing) -> Said:
    if standing.decided is None:
        return say("还没有值")
    value = rules.value_said(definition, standing.decided.value)
    return say("{value}（下级不得更改）", value=value) if standing.locked else value


def _said(definition: Definition, own: LocalValue | None) -> Said | None:
    if own is None:
        return None
    if own.value is None:
        return say("只为下级定了上下限") if not own.locked else say("锁定上级的值")
    return rules.stored_said(definition, own.value)
