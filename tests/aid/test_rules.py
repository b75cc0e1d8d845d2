"""The way of an application explored in every order; the check; who approves which sum."""

from dataclasses import dataclass, replace

import pytest

from niangjia.aid import rules
from niangjia.aid.rules import APPLICATION, AidKind, Case, Hands, Place, State, Study
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import say
from niangjia.kernel.workflow import explore, way_around
from niangjia.network.rules import OrgKind

GOOD = Study(
    "王小明",
    real=True,
    lives_here=True,
    stage="undergraduate",
    school="某大学",
    admission_no="A1",
    tuition=Yuan.of(6_000),
)
CASE = Case(AidKind.STUDY, Yuan.of(3_000), study=GOOD, standard=Yuan.of(3_000))
SINCE_SUBMITTED = {"send_back", "uphold", "withdraw", "unlink"}


@dataclass(frozen=True)
class World:
    """What can be true of an application, and what has been done since it was last submitted."""

    complete: bool = False
    visited: bool = False
    run: bool = False
    objection: bool = False
    apart: bool = True
    ordered: bool = False
    arrived: bool = False
    done: tuple[str, ...] = ()


def facts(world):
    return {
        "complete": world.complete, "visited": world.visited, "apart": world.apart,
        "notice_clear": world.run and not world.objection, "ordered": world.ordered, "paid": world.arrived,
    }  # fmt: skip


def after(world, step):
    if step.name in SINCE_SUBMITTED | {"submit"}:
        return replace(world, done=(), run=False, objection=False, ordered=False, arrived=False)
    gone = {"stop_order": {"ordered": False, "arrived": False}, "bounce": {"arrived": False}}
    told = {"order": {"ordered": True}, **gone}.get(step.name, {})
    kept = [one for one in world.done if one != step.name]
    return replace(world, done=tuple(sorted([*kept, step.name])), **told)


def events(world):
    for name in ("complete", "visited", "objection"):
        yield name, replace(world, **{name: not getattr(world, name)})
    if "open_notice" in world.done and not world.run:
        yield "run", replace(world, run=True)
    if "order" in world.done and world.ordered and not world.arrived:
        yield "arrived", replace(world, arrived=True)


def test_no_order_of_steps_leads_to_a_payment_without_visit_notice_and_approval():
    found = list(explore(APPLICATION, World(), after=after, facts=facts, events=events, limit=400_000))
    orders = [one for one in found if one.state == State.PAYING]
    paid = [one for one in found if one.state in rules.GRANTED]
    assert orders
    assert paid
    for one in [*orders, *paid]:
        assert {"visit", "review", "open_notice", "approve", "order"} <= set(one.world.done)
    assert {one.state for one in found} == set(State)


@pytest.mark.parametrize("step", ["visit", "review", "open_notice", "approve", "order", "pay"])
def test_there_is_no_way_around_a_step(step):
    for state in rules.GRANTED:
        assert way_around(APPLICATION, state, without={step}) is None


def test_every_state_is_reached_and_ends():
    assert APPLICATION.unreachable == APPLICATION.dead_ends == frozenset()


def test_a_good_application_is_complete():
    assert rules.is_complete(CASE)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"asked": None}, "amount"),
        ({"asked": Yuan.of(3_001)}, "amount"),
        ({"home": (say("缺"),)}, "home"),
        ({"deceased": True}, "payee"),
        ({"study": replace(GOOD, real=False)}, "student"),
        ({"study": replace(GOOD, lives_here=False)}, "student"),
        ({"study": replace(GOOD, admission_no="")}, "admission"),
        ({"study": replace(GOOD, tuition=Yuan(0))}, "tuition"),
        ({"study": replace(GOOD, kind="军事院校"), "excluded": ("军事院校",)}, "school"),
        ({"standard": None}, "school"),
        ({"kind": AidKind.LIVING, "study": None}, "file"),
    ],
)
def test_what_is_missing_is_named(change, code):
    lacking = [one.code for one in rules.findings(replace(CASE, **change)) if not one.holds]
    assert lacking == [code]


def test_a_sum_above_the_countys_limit_is_the_citys():
    line = [Place(2, OrgKind.CITY), Place(3, OrgKind.COUNTY), Place(4, OrgKind.TOWN)]
    limits = {"county": Yuan.of(20_000), "town": Yuan.of(3_000)}
    assert rules.approver_of(line, Yuan.of(20_000), limits).number == 3
    assert rules.approver_of(line, Yuan.of("20000.01"), limits).number == 2
    assert rules.approver_of(line[1:], Yuan.of(30_000), limits).number == 3


@pytest.mark.parametrize(
    ("hands", "user", "left"),
    [(Hands(1, 2), 1, False), (Hands(1, 2), 2, False), (Hands(1, 2), 3, True), (Hands(), None, True)],
)
def test_the_hand_that_asked_or_reviewed_does_not_approve(hands, user, left):
    assert hands.leaves(user) is left
