"""Exhaustive walks through a workflow, for tests: every order of steps is tried, none is forgotten."""

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from niangjia.kernel.workflow.table import NO_FACTS, Facts, Step, Workflow

World = TypeVar("World", bound=Hashable)
Trail = tuple[str, ...]


def paths(workflow: Workflow, to: str, *, since: str | None = None) -> Iterator[tuple[Step, ...]]:
    """Every way to a state that visits no state twice, guards set aside.

    >>> steps = (Step("go", "a", "b", "w"), Step("run", "a", "c", "w"), Step("go", "c", "b", "w"))
    >>> [[step.name for step in way] for way in paths(Workflow("a", steps), "b")]
    [['go'], ['run', 'go']]
    """
    begin = since or workflow.start
    waiting: list[tuple[str, tuple[Step, ...], frozenset[str]]] = [(begin, (), frozenset({begin}))]
    while waiting:
        here, way, seen = waiting.pop()
        if here == to:
            yield way
            continue
        ahead = [step for step in workflow.steps_from(here) if step.target not in seen]
        waiting += [(step.target, (*way, step), seen | {step.target}) for step in reversed(ahead)]


def way_around(workflow: Workflow, to: str, *, without: Collection[str]) -> tuple[Step, ...] | None:
    """A shortest way to a state that takes none of these steps; None proves that every way takes one."""
    kept = tuple(step for step in workflow.steps if step.name not in without)
    waiting = deque[tuple[str, tuple[Step, ...]]]([(workflow.start, ())])
    seen = {workflow.start}
    while waiting:
        here, way = waiting.popleft()
        if here == to:
            return way
        for step in kept:
            if step.source == here and step.target not in seen:
                seen.add(step.target)
                waiting.append((step.target, (*way, step)))
    return None


@dataclass(frozen=True, slots=True)
class Found(Generic[World]):
    """A situation that can come about: the state, the world then, and one shortest trail of what was done."""

    state: str
    world: World
    trail: Trail


def explore(
    workflow: Workflow,
    begin: World,
    *,
    after: Callable[[World, Step], World],
    facts: Callable[[World], Facts] = lambda _: NO_FACTS,
    events: Callable[[World], Iterable[tuple[str, World]]] = lambda _: (),
    limit: int = 100_000,
) -> Iterator[Found[World]]:
    """Every situation that any order of steps and events leads to, with the guards asked each time.

    `facts` tells the guards about a world, `after` the world after a step, `events` what else may happen.
    Each situation comes once, the nearest first; more than `limit` of them raise RuntimeError.
    """
    seen: set[tuple[str, World]] = {(workflow.start, begin)}
    waiting = deque([Found(workflow.start, begin, ())])
    while waiting:
        here = waiting.popleft()
        yield here
        known = facts(here.world)
        done = [
            Found(step.target, after(here.world, step), (*here.trail, step.name))
            for step in workflow.steps_from(here.state)
            if step.is_open(known)
        ]
        happened = [Found(here.state, world, (*here.trail, name)) for name, world in events(here.world)]
        for next_one in done + happened:
            if (next_one.state, next_one.world) not in seen:
                seen.add((next_one.state, next_one.world))
                waiting.append(next_one)
        if len(seen) > limit:
            message = f"more than {limit} situations: the world of this exploration grows without end"
            raise RuntimeError(message)
