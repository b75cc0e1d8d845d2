"""The workflow as a table, explored exhaustively; no database."""

from dataclasses import dataclass, replace

import pytest

from niangjia.hardship import rules
from niangjia.hardship.migrations import __path__ as migrations
from niangjia.hardship.rules import FILE, State
from niangjia.kernel.errors import StepRefused
from niangjia.kernel.workflow import explore, way_around


def test_every_state_is_reached_and_has_a_way_out():
    assert (FILE.unreachable, FILE.dead_ends) == (frozenset(), frozenset())
    assert FILE.last_states == {State.WITHDRAWN}


@pytest.mark.parametrize(
    "step", ["take_up_visit", "ask_check", "town_review", "open_notice", "approve", "enter"]
)
def test_no_file_is_in_force_without(step):
    assert way_around(FILE, State.ACTIVE, without=[step]) is None


@dataclass(frozen=True)
class World:
    """What has happened to a household: each may happen at any time, in any order."""

    visited: bool = False
    authorised: bool = False
    answered: bool = False
    complete: bool = False
    eligible: bool = False
    notice: str = ""
    proven: bool = True
    steps: int = 0

    @property
    def facts(self):
        return {
            "household": True, "visited": self.visited, "authorised": self.authorised,
            "answered": self.answered, "complete": self.complete, "eligible": self.eligible,
            "explained": True, "finished": self.notice == "finished", "same": True, "other": False,
            "lifting": True, "ending": True, "in_time": True, "first_appeal": True,
        }  # fmt: skip


def after(world, step):
    if step.name in {"apply", "answer_return", "reopen", "promote", "uphold_appeal"}:
        world = replace(world, answered=False, notice="")
    if step.name == "open_notice":
        world = replace(world, notice="open")
    if step.name in {"send_down", "review_again"}:
        world = replace(world, notice="")
    if step.name == "approve":
        facts = world.facts
        proven = all(facts[one] for one in ("visited", "answered", "complete", "eligible", "finished"))
        world = replace(world, proven=proven)
    return world


def events(world):
    for name in ("visited", "authorised", "answered", "complete", "eligible"):
        yield name, replace(world, **{name: not getattr(world, name)})
    if world.notice == "open":
        yield "ran", replace(world, notice="finished")
        yield "objected", replace(world, notice="objected")
    if world.notice == "objected":
        yield "resolved", replace(world, notice="finished")


def test_no_order_of_steps_and_events_approves_without_visit_check_and_finished_notice():
    seen = list(explore(FILE, World(), after=after, facts=lambda world: world.facts, events=events))
    approved = [one for one in seen if one.state == State.APPROVED]
    assert approved
    assert all(one.world.proven for one in approved)
    assert {one.state for one in seen} == FILE.states


def test_the_exploration_finds_a_hole():
    """The same walk over a table whose approval asks for nothing comes upon an unproven file."""
    holed = replace(FILE, steps=tuple(replace(one, guards=()) for one in FILE.steps))
    seen = explore(holed, World(), after=after, facts=lambda world: world.facts, events=events)
    assert any(one.state == State.APPROVED and not one.world.proven for one in seen)


def test_the_database_knows_exactly_the_steps_of_the_table():
    source = next(iter(migrations)) + "/0002_guards.py"
    with open(source, encoding="utf-8") as file:  # noqa: PTH123 - one read
        text = file.read()
    begin = text.index("STEPS = (") + len("STEPS = (")
    listed = "".join(text[begin : text.index(")\n", begin)].replace('"', " ").split("\n")).split()
    assert set(listed) == {f"{one.source}>{one.target}" for one in FILE.steps}


def test_a_step_that_is_not_open_is_refused_with_the_word_of_the_state():
    with pytest.raises(StepRefused, match="困难线索"):
        FILE.advance(State.LEAD, "approve")


def test_who_may_do_what_is_as_the_specification_says():
    words = {(one.name, one.by) for one in FILE.steps}
    assert ("first_review", "hardship.first") in words
    assert ("town_review", "hardship.review") in words
    assert {by for name, by in words if name in {"approve", "lift", "cancel"}} == {"hardship.approve"}
    assert rules.number_of(year=2018, serial=7) == "KN2018000007"
