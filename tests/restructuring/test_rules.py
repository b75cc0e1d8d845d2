"""The table of steps explored in every order; what may become what; who takes over."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from niangjia.kernel.workflow import explore, way_around
from niangjia.network.rules import OrgKind
from niangjia.restructuring import rules
from niangjia.restructuring.rules import RESTRUCTURING, Kind, Plan, Share, State


@dataclass(frozen=True)
class World:
    """What can be true of a plan, and what has been done."""

    held: bool = False
    carried: bool = False
    whole: bool = False
    number: bool = False
    report: bool = False
    day: bool = False
    free: bool = False
    done: tuple[str, ...] = ()


def facts(world):
    return {
        "consulted_on": world.held, "carried": world.carried, "whole": world.whole,
        "decision_no": world.number, "audit_no": world.report, "day_has_come": world.day,
        "unhindered": world.free,
    }  # fmt: skip


def after(world, step):
    done = () if step.name in {"send_back", "resubmit"} else world.done
    kept = done if step.name in {"send_back", "resubmit"} else (*done, step.name)
    return replace(world, done=kept)


def events(world):
    for name in ("held", "carried", "whole", "number", "report", "day", "free"):
        if not getattr(world, name):
            yield name, replace(world, **{name: True})


def test_no_order_of_steps_leads_to_execution_without_members_approval_audit_and_day():
    found = list(explore(RESTRUCTURING, World(), after=after, facts=facts, events=events))
    executed = [one.world for one in found if one.state == State.EXECUTED]
    assert executed
    for world in executed:
        assert world.done[-4:] == ("consult", "approve", "audit", "execute")
        assert all(facts(world).values())
    assert {one.state for one in found} == set(State)


@pytest.mark.parametrize("step", ["consult", "approve", "audit", "execute"])
def test_there_is_no_way_around_a_step(step):
    assert way_around(RESTRUCTURING, State.EXECUTED, without={step}) is None
    assert way_around(RESTRUCTURING, State.UNDONE, without={step}) is None


def test_every_state_is_reached_and_ends():
    assert RESTRUCTURING.unreachable == RESTRUCTURING.dead_ends == frozenset()


def test_after_closing_nothing_is_undone():
    assert RESTRUCTURING.steps_from(State.CLOSED) == ()


def test_a_plan_knows_the_heir_of_each_union_and_employer():
    plan = Plan(1, Kind.SPLIT, date(2018, 9, 1), (1,), 9, (Share(2, (5,), (7,)), Share(-3, (6,))))
    heirs = [plan.heir_of(unit_id=5), plan.heir_of(unit_id=6), plan.heir_of(unit_id=8)]
    assert heirs == [2, -3, 9]
    assert [plan.heir_of(employer_id=7), plan.heir_of(employer_id=5)] == [2, 9]


def test_no_primary_union_becomes_a_federation():
    assert all(OrgKind.FEDERATION not in kinds for kinds in rules.CONVERSIONS.values())


def test_a_small_federation_is_told_why_a_merge_is_suggested():
    small = rules.Size(4, 50, least_employers=20, least_members=200)
    assert len(list(rules.size_hints(small))) == 2
    assert list(rules.size_hints(rules.Size(20, 200, 20, 200))) == []
    assert len(list(rules.size_hints(rules.Size(4, None, 20, 200)))) == 1
