"""What a notice shows and how it runs; no database."""

from dataclasses import dataclass, replace

import pytest

from niangjia.kernel.errors import BadInput, Refused, StepRefused
from niangjia.kernel.money import Yuan
from niangjia.kernel.workflow import explore
from niangjia.notices.rules import GENERAL, NOTICE, RollEntry, State, band, hidden_among, masked

EDGES = (1000, 3000, 5000)
CANARIES = {
    "id": "990101196806120027",
    "short id": "990101680612002",
    "wide id": "９９０１０１１９６８０６１２００２７",
    "phone": "138 5740 0001",
    "card": "6228-4800-0000-0000-018",
    "illness": "乳腺癌术后",
}


def shown(**row):
    return masked(row, GENERAL, edges=EDGES).cells


def test_a_name_shows_its_surname_and_a_sum_its_band():
    cells = shown(name="王建国", place="开山虹套", matter="助学", amount=Yuan.of("3200.00"))
    assert cells == {
        "name": "王某",
        "place": "开山虹套",
        "matter": "助学",
        "amount": "3000元以上、不到5000元",
    }


def test_a_sum_on_the_edge_belongs_to_the_band_above():
    assert band(Yuan.of("1000.00"), EDGES) == "1000元以上、不到3000元"
    assert band(Yuan.of("999.99"), EDGES) == "不到1000元"
    assert band(Yuan.of("5000.00"), EDGES) == "5000元以上"


@pytest.mark.parametrize("what", CANARIES)
@pytest.mark.parametrize("column", ["name", "place", "matter"])
def test_numbers_and_illness_are_refused_wherever_they_are_written(what, column):
    with pytest.raises(BadInput):
        shown(**{"name": "王建国", column: f"大洲镇{CANARIES[what]}"})


def test_a_column_that_the_kind_does_not_have_cannot_be_told():
    with pytest.raises(ValueError, match="diagnosis"):
        shown(name="王建国", diagnosis="x")


def entries(*pairs):
    return [RollEntry(name, place) for name, place, count in pairs for _ in range(count)]


def test_every_row_fits_at_least_k_persons_of_the_roll():
    roll = entries(("王一", "甲厂", 6), ("李一", "甲厂", 2), ("李二", "乙厂", 4), ("张三", "乙厂", 1))
    rows = [masked({"name": name, "place": place}, GENERAL, edges=EDGES) for name, place in
            (("王五", "甲厂"), ("李五", "甲厂"), ("张五", "乙厂"), ("赵五", "丙厂"))]  # fmt: skip
    found = [row.cells for row in hidden_among(rows, GENERAL, roll=roll, k=5)]
    assert [(cells["name"], cells["place"]) for cells in found] == [
        ("王某", "甲厂"), ("李某", ""), ("某", ""), ("某", ""),
    ]  # fmt: skip


def test_with_the_hiding_left_out_rows_do_point_at_single_persons():
    """The control: without it a colleague finds the only Zhang."""
    roll = entries(("王一", "甲厂", 6), ("张三", "乙厂", 1))
    row = masked({"name": "张五", "place": "乙厂"}, GENERAL, edges=EDGES)
    assert sum(row.cells["name"][0] == entry.name[0] for entry in roll) == 1


def test_a_roll_that_is_too_small_to_hide_in_is_refused_with_the_next_step():
    rows = [masked({"name": "王五"}, GENERAL, edges=EDGES)]
    with pytest.raises(Refused, match="上一级工会"):
        hidden_among(rows, GENERAL, roll=entries(("王一", "甲厂", 4)), k=5)


@dataclass(frozen=True)
class Life:
    """What can have happened to a notice: its day came, its days ran, objections came and were answered."""

    begun: bool = False
    run: bool = False
    asked: int = 0
    answered: int = 0
    reason: bool = True


def facts(life):
    return {
        "begun": life.begun, "run": life.run, "objection": life.asked > 0, "no_objection": life.asked == 0,
        "answered": life.answered == life.asked, "reason": life.reason,
    }  # fmt: skip


def events(life):
    if not life.begun:
        yield "the day comes", replace(life, begun=True)
    elif not life.run:
        yield "the days run", replace(life, run=True)
        if life.asked < 2:
            yield "somebody objects", replace(life, asked=life.asked + 1)
    if life.answered < life.asked:
        yield "an answer", replace(life, answered=life.answered + 1)


def every_situation():
    return list(explore(NOTICE, Life(), after=lambda life, _step: life, facts=facts, events=events))


def test_no_order_of_steps_ends_a_notice_before_its_days_have_run():
    closed = {State.CLOSED_CLEAR, State.CLOSED_WITH_OBJECTION, State.RESOLVED}
    seen = every_situation()
    assert {found.state for found in seen} == set(NOTICE.states)
    assert [found.trail for found in seen if found.state in closed and not found.world.run] == []


def test_no_order_of_steps_is_clear_with_an_objection_or_resolved_without_answers():
    for found in every_situation():
        assert found.state != State.CLOSED_CLEAR or found.world.asked == 0, found.trail
        assert found.state != State.RESOLVED or found.world.answered == found.world.asked, found.trail


def test_every_state_is_reached_and_has_a_way_to_an_end():
    assert not NOTICE.unreachable
    assert not NOTICE.dead_ends


def test_ending_early_says_what_is_missing():
    with pytest.raises(StepRefused, match="不能提前结束"):
        NOTICE.advance(State.OPEN, "close", {"no_objection": True})
