"""Which value is in force for a unit on a day: the nearest one set, inside the bounds of those above."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.periods import Period
from niangjia.kernel.policy.definitions import Default, Definition, dim
from niangjia.kernel.policy.kinds import Bounds, Kind, Shape, Value
from niangjia.kernel.words import Said, listed, say

T = TypeVar("T")


class OutOfForce(Refused):
    """No value is in force on the day; the reason says since when, or until when, there is one."""

    code = "out_of_force"


@dataclass(frozen=True, slots=True)
class LocalValue:
    """What a union set for itself and for those below it, from a day on, with its document.

    Without `value` it sets only bounds (`low`, `high`) or a lock. A locked value may not be overridden below.
    """

    key: str
    unit_id: int
    value: object
    since: date
    until: date | None = None
    paper: str = ""
    locked: bool = False
    low: object = None
    high: object = None
    dims: Mapping[str, str] = field(default_factory=dict)
    verified: bool = True
    id: int | None = None

    @property
    def period(self) -> Period:
        """When it is in force."""
        return Period(self.since, self.until)

    def bounds(self, shape: Shape) -> Bounds:
        """The bounds it sets for the levels below."""
        single = Shape(Kind.COUNT if shape.kind is Kind.COUNTS else shape.kind)
        given = {"low": self.low, "high": self.high}
        return Bounds(**{side: single.read(raw) for side, raw in given.items() if raw is not None})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Decided:
    """The value in force and why: whose it is (`source`, None if shipped), since when, on what paper.

    A value that a bound has cut is `cut`; `cut_by` is the unit that set the bound (None: the catalogue),
    and `paper` is then the paper of that bound.
    """

    key: str
    value: Value
    since: date
    until: date | None
    paper: str
    verified: bool
    source: int | None = None
    cut: bool = False
    cut_by: int | None = None

    def of(self, kind: type[T]) -> T:
        """The value as the type a rule needs: `policy.on(...).of(Yuan)`."""
        if not isinstance(self.value, kind):
            message = f"{self.key} is {type(self.value).__name__}, not {kind.__name__}"
            raise TypeError(message)
        return self.value


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds at one level on the way down: the value, the bounds and who set them, the lock."""

    decided: Decided | None
    bounds: Bounds
    limits: tuple[LocalValue, ...] = ()
    locked: bool = False


def decide(
    definition: Definition, day: date, chain: Sequence[int], values: Iterable[LocalValue], **dims: object
) -> Decided:
    """The value in force on the day for the first unit of the chain (nearest first, the highest last).

    A value outside the bounds of a level above is cut to the bound; a structure outside them gives way to the
    value above. Values below a lock are passed over. Outside its time it raises OutOfForce.
    """
    asked = _asked(definition, dims)
    values = [value for value in values if value.key == definition.key]
    standing = stand(definition, day, chain, values, asked)
    if standing.decided is None:
        raise OutOfForce(_when(definition, day, chain, values, asked))
    return standing.decided


def stand(
    definition: Definition,
    day: date,
    chain: Sequence[int],
    values: Iterable[LocalValue],
    dims: Mapping[str, str],
) -> Standing:
    """What holds at the end of the chain, from the catalogue down."""
    shipped = _best([d for d in definition.defaults if d.period.covers(day) and _fits(d.dims, dims)])
    decided = _shipped(definition, shipped) if shipped else None
    standing = Standing(decided, definition.shape.bounds, locked=definition.locked)
    mine = [v for v in values if v.period.covers(day) and _fits(v.dims, dims)]
    for unit in reversed(chain):
        local = _best([value for value in mine if value.unit_id == unit])
        if local is not None and not standing.locked:
            standing = _below(definition, standing, local)
    return standing


def _below(definition: Definition, above: Standing, local: LocalValue) -> Standing:
    decided = above.decided if local.value is None else _own(definition, above, local)
    own = local.bounds(definition.shape)
    if own == Bounds():
        return Standing(decided, above.bounds, above.limits, local.locked)
    below = Standing(decided, above.bounds.narrowed(own), (*above.limits, local), local.locked)
    if local.value is None and decided is not None:
        below = replace(below, decided=_cut(definition, decided, below))
    return below


def _own(definition: Definition, above: Standing, local: LocalValue) -> Decided | None:
    """The unit's own value as far as those above allow it; an unreadable or unbounded structure gives way."""
    try:
        value = replace(definition.shape, bounds=Bounds()).read(local.value)
    except BadInput:
        return above.decided
    own = Decided(
        definition.key, value, local.since, local.until, local.paper, local.verified, source=local.unit_id
    )
    if definition.shape.kind is Kind.COUNTS and _is_outside(value, above.bounds):
        return above.decided
    return _cut(definition, own, above)


def _is_outside(value: Value, bounds: Bounds) -> bool:
    parts = value if isinstance(value, tuple) else ()
    return any(bounds.complaint(part) is not None for part in parts)


def _cut(definition: Definition, decided: Decided, standing: Standing) -> Decided:
    """The value inside the bounds; if it was cut, whose bound did it and on which paper."""
    value = decided.value
    if isinstance(value, bool) or not isinstance(value, int | Fraction | Yuan):
        return decided
    inside = standing.bounds.cut(value)
    if inside == value:
        return decided
    setters = [limit for limit in standing.limits if limit.bounds(definition.shape).cut(value) == inside]
    if not setters:
        return replace(decided, value=inside, cut=True, cut_by=None)
    return replace(decided, value=inside, cut=True, cut_by=setters[0].unit_id, paper=setters[0].paper)


def _shipped(definition: Definition, default: Default) -> Decided:
    period = default.period
    return Decided(definition.key, default.value, period.since, period.until, default.paper, default.verified)


def _asked(definition: Definition, dims: Mapping[str, object]) -> dict[str, str]:
    strange = sorted(dims.keys() - set(definition.dims))
    if strange:
        message = f"{definition.key} has no dimension {strange[0]!r}, only {list(definition.dims)}"
        raise TypeError(message)
    return {name: dim(value) for name, value in dims.items()}


def _fits(own: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    return all(asked.get(name) == dim(value) for name, value in own.items())


Dated = TypeVar("Dated", Default, LocalValue)


def _best(found: Sequence[Dated]) -> Dated | None:
    """The value made for the most dimensions; of these, the latest."""
    return max(found, key=lambda one: (len(one.dims), one.period.since), default=None)


def _when(
    definition: Definition,
    day: date,
    chain: Sequence[int],
    values: Sequence[LocalValue],
    dims: Mapping[str, str],
) -> Said:
    """Since when, or until when, there is a value."""
    own = [value for value in values if value.unit_id in chain and value.value is not None]
    dated: list[Default | LocalValue] = [*definition.defaults, *own]
    periods = [one.period for one in dated if _fits(one.dims, dims)]
    label = definition.label.said
    later = sorted(period.since for period in periods if period.since > day)
    ended = sorted(period.until for period in periods if period.until and period.until <= day)
    if later:
        text = "“{label}”（{key}）在 {day} 还没有生效的值，自 {since} 起才有。"
        return say(text, label=label, key=definition.key, day=day, since=later[0])
    if ended:
        text = "“{label}”（{key}）在 {day} 没有生效的值，最后一个值到 {until} 为止（不含当日）。"
        return say(text, label=label, key=definition.key, day=day, until=ended[-1])
    text = "“{label}”（{key}）没有为 {dims} 规定的值，请先登记。"
    asked = listed(f"{name} {value}" for name, value in dims.items())
    return say(text, label=label, key=definition.key, dims=asked)
