"""Workflows as tables: read, refused, drawn and explored."""

import pytest

from niangjia.kernel.errors import StepRefused
from niangjia.kernel.words import say
from niangjia.kernel.workflow import (
    Guard,
    Step,
    Workflow,
    explore,
    from_each,
    mermaid,
    needs,
    paths,
    way_around,
)

VISITED = needs("visited", say("还没有上门走访，请先登记走访。"))
NOTICED = Guard(lambda facts: facts.get("notice_days", 0) >= 5, say("公示还没有满期。"))
APPROVE = Step("approve", "noticed", "approved", "aid.approve", (VISITED, NOTICED), say("批准"))
LABELS = {
    "draft": say("草稿"),
    "visited": say("已走访"),
    "noticed": say("公示中"),
    "approved": say("已批准"),
    "paid": say("已发放"),
    "withdrawn": say("已撤回"),
}
AID = Workflow(
    start="draft",
    steps=(
        Step("visit", "draft", "visited", "aid.visit", label=say("登记走访")),
        Step("notice", "visited", "noticed", "aid.notice", (VISITED,), say("开始公示")),
        APPROVE,
        Step("pay", "approved", "paid", "aid.pay", label=say("发放")),
        *from_each(
            ["draft", "visited", "noticed"], Step("withdraw", "", "withdrawn", "aid.file", label=say("撤回"))
        ),
    ),
    labels=LABELS,
    ends=frozenset({"paid", "withdrawn"}),
)


def test_a_step_leads_on_when_every_guard_holds():
    assert AID.advance("noticed", "approve", {"visited": True, "notice_days": 5}) == "approved"


def test_a_refusal_gives_every_reason_at_once():
    with pytest.raises(StepRefused) as refused:
        AID.advance("noticed", "approve", {"notice_days": 4})
    assert refused.value.step == "approve"
    assert [str(reason) for reason in refused.value.reasons] == [
        "还没有上门走访，请先登记走访。",
        "公示还没有满期。",
    ]
    assert AID.refusals("noticed", "approve", {"notice_days": 4}) == refused.value.reasons


def test_a_step_that_is_not_there_names_the_state_in_words():
    with pytest.raises(StepRefused, match="现在的状态是“草稿”，不能办“发放”。"):
        AID.advance("draft", "pay")
    assert [str(reason) for reason in AID.refusals("draft", "unheard")] == [
        "现在的状态是“草稿”，不能办这一步。"
    ]


def test_buttons_are_the_steps_that_the_post_may_take():
    assert [step.name for step in AID.steps_from("noticed")] == ["approve", "withdraw"]
    assert [step.name for step in AID.steps_from("noticed", {"aid.approve"})] == ["approve"]
    assert AID.steps_from("noticed", ()) == ()
    assert AID.steps_from("paid") == ()


def test_the_check_constraint_lists_every_state_once_in_order():
    assert AID.check_sql("status") == (
        "status IN ('draft', 'visited', 'noticed', 'approved', 'paid', 'withdrawn')"
    )


def test_the_drawing_carries_the_words_and_marks_guarded_steps():
    drawn = mermaid(AID).splitlines()
    assert "    noticed : 公示中" in drawn
    assert "    [*] --> draft" in drawn
    assert "    noticed --> approved : 批准 ✓" in drawn
    assert "    paid --> [*]" in drawn
    english = {"批准": "Approve: now"}
    assert "Approve： now ✓" in mermaid(AID, lambda text: english.get(text, text))


def test_a_sound_table_is_reachable_and_ends():
    assert AID.unreachable == frozenset()
    assert AID.dead_ends == frozenset()
    assert AID.last_states == {"paid", "withdrawn"}


def test_an_island_and_a_circle_without_a_way_out_are_found():
    table = Workflow(
        "a",
        (
            Step("go", "a", "b", "w"),
            Step("turn", "b", "c", "w"),
            Step("back", "c", "b", "w"),
            Step("x", "z", "a", "w"),
        ),
        ends=frozenset({"end"}),
    )
    assert table.unreachable == {"z", "end"}
    assert table.dead_ends == {"a", "b", "c", "z"}


@pytest.mark.parametrize(
    ("steps", "more", "wrong"),
    [
        ((Step("go", "a", "b", "w"), Step("go", "a", "c", "w")), {}, "stands twice"),
        ((Step("go", "a", "b", "w"),), {"ends": frozenset({"a"})}, "a step leaves it"),
        ((Step("go", "a", "b", "w"),), {"labels": {"a": say("甲")}}, "no label for the states b"),
        ((Step("go", "a", "b'; --", "w"),), {}, "no name of a state"),
    ],
)
def test_a_wrong_table_does_not_come_into_being(steps, more, wrong):
    with pytest.raises(ValueError, match=wrong):
        Workflow("a", steps, **more)


def test_every_simple_way_to_payment_is_found():
    assert [[step.name for step in way] for way in paths(AID, "paid")] == [
        ["visit", "notice", "approve", "pay"]
    ]


@pytest.mark.parametrize("step", ["visit", "notice", "approve", "pay"])
def test_no_order_of_steps_reaches_payment_around_visit_notice_and_approval(step):
    assert way_around(AID, "paid", without={step}) is None


def test_a_way_around_is_shown_when_there_is_one():
    hole = Workflow("draft", (*AID.steps, Step("hurry", "draft", "approved", "aid.approve")))
    found = way_around(hole, "paid", without={"visit"})
    assert [step.name for step in found] == ["hurry", "pay"]


def explored(workflow):
    """Worlds are (visited, days of notice); days pass only while the notice stands."""
    return list(
        explore(
            workflow,
            (False, 0),
            facts=lambda world: {"visited": world[0], "notice_days": world[1]},
            after=lambda world, step: (True, world[1]) if step.name == "visit" else world,
            events=lambda world: [("a day passes", (world[0], world[1] + 1))] if world[1] < 5 else [],
        )
    )


def test_money_is_never_paid_without_visit_and_notice_in_any_order_of_steps_and_days():
    paid = [found for found in explored(AID) if found.state == "paid"]
    assert paid
    assert all(found.world == (True, 5) for found in paid)
    assert {found.state for found in explored(AID)} == AID.states


def test_the_exploration_would_find_a_missing_guard():
    kept = [step for step in AID.steps if step is not APPROVE]
    careless = Workflow("draft", (*kept, Step("approve", "noticed", "approved", "aid.approve")))
    early = next(found for found in explored(careless) if found.state == "paid" and found.world[1] < 5)
    assert early.trail == ("visit", "notice", "approve", "pay")


def test_an_endless_world_is_stopped():
    walk = explore(AID, 0, after=lambda n, _: n, events=lambda n: [("tick", n + 1)], limit=50)
    with pytest.raises(RuntimeError, match="grows without end"):
        list(walk)
