import random

import pytest

from niangjia.campaigns.rules import CAMPAIGN, Estimate, Overlap, Row, State, added_up, estimated
from niangjia.kernel.errors import StepRefused

SIZES = (20, 60, 400)
CHANCES = ((0.9, 0.9), (0.7, 0.6), (0.5, 0.5), (0.8, 0.3))
RUNS = 400


def counted(hidden, chances, chance):
    """Two lists that know nothing of each other are drawn from a county with so many hidden households."""
    told = [tuple(chance.random() < one for one in chances) for _ in range(hidden)]
    return Overlap(sum(a for a, _ in told), sum(b for _, b in told), sum(a and b for a, b in told))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chances", CHANCES)
def test_the_interval_covers_the_hidden_truth_in_nine_of_ten_simulated_counties(size, chances):
    chance = random.Random(f"{size}{chances}")  # noqa: S311 - a simulation
    found = [estimated(counted(size, chances, chance)) for _ in range(RUNS)]
    covered = sum(one is not None and one.low <= size <= one.high for one in found)
    assert covered / RUNS >= 0.9


def test_where_one_list_copies_the_other_the_interval_misses():
    """The control: lists that are not independent make the estimate wrong, and the measure can fail."""
    chance = random.Random(7)  # noqa: S311 - a simulation
    covered = 0
    for _ in range(RUNS):
        first = sum(chance.random() < 0.5 for _ in range(400))
        found = estimated(Overlap(first, first - 3, first - 3))
        covered += found is not None and found.low <= 400 <= found.high
    assert covered / RUNS < 0.1


def test_the_estimate_never_falls_below_whoever_is_listed():
    for first in range(1, 12):
        for second in range(1, 12):
            for both in range(min(first, second) + 1):
                told = Overlap(first, second, both)
                found = estimated(told)
                assert told.listed <= found.low <= found.high
                assert found.number >= told.listed - 1


def test_without_two_lists_nothing_is_estimated_and_no_impossible_overlap_is_taken():
    assert estimated(Overlap(5, 0, 0)) is None
    with pytest.raises(ValueError, match="cannot stand on both"):
        Overlap(3, 2, 3)


def test_what_is_registered_already_is_taken_off_the_estimate():
    assert Estimate(60, 53, 76, rough=False).beyond(55) == Estimate(5, 0, 21, rough=False)


def test_a_few_on_both_lists_make_a_rough_estimate():
    assert estimated(Overlap(9, 9, 6)).rough
    assert not estimated(Overlap(9, 9, 7)).rough


def test_the_equation_holds_for_every_sum_of_rows():
    rows = [Row(3, 1, 0, 2), Row(1, 0, 4, 0), Row()]
    total = added_up(rows)
    assert total.targets == sum(row.targets for row in rows) == 11
    assert (total.visited, total.declined, total.unreachable, total.open) == (4, 1, 4, 2)


def test_a_declined_visit_is_settled_but_not_all_are_visited():
    assert Row(visited=3, declined=1).all_settled
    assert not Row(visited=3, declined=1).all_visited
    assert not Row(visited=3, open=1).all_settled
    assert not Row().all_settled


def test_a_campaign_ends_only_when_nobody_is_open():
    with pytest.raises(StepRefused):
        CAMPAIGN.advance(State.RUNNING, "close", {"nobody_open": False})
    assert CAMPAIGN.advance(State.RUNNING, "close", {"nobody_open": True}) == State.CLOSED
