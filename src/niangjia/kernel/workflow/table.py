"""A workflow is a table of steps (house.md §3.1); this module reads it. Nothing here touches the database.

The one table gives the CHECK constraint, the buttons, who may press them and the refusal sentences.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from niangjia.kernel.errors import StepRefused
from niangjia.kernel.words import Said, say

Facts = Mapping[str, object]
NO_FACTS: Facts = MappingProxyType({})
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on the facts; `otherwise` is the sentence a person reads if it does not hold."""

    holds: Callable[[Facts], bool]
    otherwise: Said


def needs(fact: str, otherwise: Said) -> Guard:
    """The guard that a fact is true (present, positive).

    >>> needs("visited", say("还没有上门走访。")).holds({"visited": True})
    True
    """
    return Guard(lambda facts: bool(facts.get(fact)), otherwise)


@dataclass(frozen=True, slots=True)
class Step:
    """A verb that leads from one state to another, for those who carry the permission word `by`."""

    name: str
    source: str
    target: str
    by: str
    guards: tuple[Guard, ...] = ()
    label: Said | None = None

    def refusals(self, facts: Facts = NO_FACTS) -> tuple[Said, ...]:
        """Every reason why the step may not be taken with these facts; none if it may."""
        return tuple(guard.otherwise for guard in self.guards if not guard.holds(facts))

    def is_open(self, facts: Facts = NO_FACTS) -> bool:
        """Whether every guard holds."""
        return not self.refusals(facts)


def from_each(sources: Iterable[str], step: Step) -> tuple[Step, ...]:
    """The same step from several states ("any → withdrawn").

    >>> withdraw = Step("withdraw", "", "withdrawn", "aid.file")
    >>> [step.source for step in from_each(["draft", "noticed"], withdraw)]
    ['draft', 'noticed']
    """
    return tuple(Step(step.name, source, step.target, step.by, step.guards, step.label) for source in sources)


@dataclass(frozen=True)
class Workflow:
    """Where a thing begins, its steps, and the words for its states (`labels`).

    A state that no step leaves is an end. `ends` may name them: then every other state must have a way out.
    """

    start: str
    steps: tuple[Step, ...] = field(default=())
    labels: Mapping[str, Said] = field(default_factory=dict)
    ends: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._check_names()
        twice = [pair for pair, n in Counter((s.name, s.source) for s in self.steps).items() if n > 1]
        if twice:
            message = f"the step {twice[0][0]!r} stands twice at {twice[0][1]!r}"
            raise ValueError(message)
        left = sorted(self.ends & {step.source for step in self.steps})
        if left:
            message = f"{left[0]!r} is called an end, but a step leaves it"
            raise ValueError(message)
        nameless = sorted(self.states - self.labels.keys()) if self.labels else []
        if nameless:
            message = f"no label for the states {', '.join(nameless)}"
            raise ValueError(message)

    def _check_names(self) -> None:
        for name in sorted(self.states | {step.name for step in self.steps}):
            if not _NAME.fullmatch(name):
                message = f"{name!r} is no name of a state or step: lower-case letters, digits and _"
                raise ValueError(message)

    @cached_property
    def states(self) -> frozenset[str]:
        """Every state of the table."""
        ways = {state for step in self.steps for state in (step.source, step.target)}
        return frozenset({self.start} | ways | self.ends)

    @cached_property
    def ordered_states(self) -> tuple[str, ...]:
        """The states in the order in which the table names them, as lists and filters show them."""
        named = [self.start, *(state for step in self.steps for state in (step.source, step.target))]
        return tuple(dict.fromkeys([*named, *sorted(self.ends)]))

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], Step]:
        return {(step.source, step.name): step for step in self.steps}

    def label(self, state: str) -> Said:
        """The word for a state."""
        return self.labels.get(state) or say("{state}", state=state)

    def step(self, state: str, name: str) -> Step:
        """The step of that name from that state; refused with the state's word if there is none."""
        found = self._by_place.get((state, name))
        if found is None:
            raise StepRefused(self._no_such_step(state, name), step=name)
        return found

    def _no_such_step(self, state: str, name: str) -> Said:
        label = next((step.label for step in self.steps if step.name == name and step.label), None)
        if label is None:
            return say("现在的状态是“{state}”，不能办这一步。", state=self.label(state))
        return say("现在的状态是“{state}”，不能办“{step}”。", state=self.label(state), step=label)

    def advance(self, state: str, name: str, facts: Facts = NO_FACTS) -> str:
        """The state after the step; refused with every reason at once if it may not be taken."""
        step = self.step(state, name)
        refused = step.refusals(facts)
        if refused:
            raise StepRefused(*refused, step=name)
        return step.target

    def steps_from(self, state: str, words: Iterable[str] | None = None) -> tuple[Step, ...]:
        """The buttons at a state for somebody who carries these permission words (all, if not asked)."""
        carried = None if words is None else frozenset(words)
        return tuple(s for s in self.steps if s.source == state and (carried is None or s.by in carried))

    def refusals(self, state: str, name: str, facts: Facts = NO_FACTS) -> tuple[Said, ...]:
        """Why the step may not be taken now, for the line beneath a button that stays grey."""
        found = self._by_place.get((state, name))
        return (self._no_such_step(state, name),) if found is None else found.refusals(facts)

    def check_sql(self, column: str = "state") -> str:
        """The CHECK constraint of the column, in the order of the table.

        >>> Workflow("draft", (Step("send", "draft", "sent", "paper.send"),)).check_sql()
        "state IN ('draft', 'sent')"
        """
        if not _NAME.fullmatch(column):
            message = f"{column!r} is no column name"
            raise ValueError(message)
        states = ", ".join(f"'{state}'" for state in self.ordered_states)
        return f"{column} IN ({states})"

    @property
    def reachable(self) -> frozenset[str]:
        """The states some order of steps leads to, guards set aside."""
        return _closure({self.start}, {(step.source, step.target) for step in self.steps})

    @property
    def unreachable(self) -> frozenset[str]:
        """The states nobody ever gets to: a mistake in the table."""
        return self.states - self.reachable

    @property
    def last_states(self) -> frozenset[str]:
        """The states no step leaves."""
        return self.states - {step.source for step in self.steps}

    @property
    def dead_ends(self) -> frozenset[str]:
        """The states from which no end is reached: circles without a way out, ends that were not meant."""
        ends = self.ends or self.last_states
        return self.states - _closure(ends, {(step.target, step.source) for step in self.steps})


def _closure(begin: Iterable[str], edges: set[tuple[str, str]]) -> frozenset[str]:
    seen = set(begin)
    waiting = list(seen)
    while waiting:
        here = waiting.pop()
        ahead = {target for source, target in edges if source == here} - seen
        seen |= ahead
        waiting += ahead
    return frozenset(seen)
