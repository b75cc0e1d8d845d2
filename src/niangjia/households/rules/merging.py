"""Two tellings of one fact: the new is taken, what differs is shown, never overwritten (R-G-09). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from niangjia.households.rules.facts import Value, fact_of
from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import say


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands now under a key: the value and how often it was told."""

    value: Value
    version: int


@dataclass(frozen=True, slots=True)
class Change:
    """A fact told anew; `base` is the version that the teller saw (0: nothing stood there)."""

    key: str
    value: Value
    base: int = 0
    member: int | None = None


@dataclass(slots=True)
class Merge:
    """What becomes of a telling: entered, the same as before, or in conflict with what stands."""

    entered: list[Change] = field(default_factory=list)
    same: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)


def merged(standing: Mapping[tuple[int | None, str], Standing], changes: Sequence[Change]) -> Merge:
    """Each change against what stands: untouched facts are entered, the rest is a person's to decide.

    >>> old = {(None, "residence"): Standing("湍口村 1 号", 2)}
    >>> found = merged(old, [Change("residence", "湍口村 3 号", base=1), Change("phone", "5", base=0)])
    >>> [one.key for one in found.conflicts], [one.key for one in found.entered]
    (['residence'], ['phone'])
    """
    found = Merge()
    for one in changes:
        now = standing.get((one.member, one.key))
        if now is not None and now.value == one.value:
            found.same.append(one)
        elif now is None or now.version == one.base:
            found.entered.append(one)
        else:
            found.conflicts.append(one)
    return found


def require_told(changes: Sequence[Change]) -> None:
    """What must be told may be told anew, never left empty again; the rest may be emptied (R-AID-02)."""
    for one in changes:
        fact = fact_of(one.key, member=one.member is not None)
        if fact.asked and one.value in ("", []):
            words = say("“{label}”是必填的，不能清空。情况变了，请填现在的。", label=say(fact.label))
            raise BadInput(words, field=one.key)
