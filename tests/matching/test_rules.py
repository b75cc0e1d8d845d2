from datetime import date

import pytest

from niangjia.kernel.identifiers import check_character
from niangjia.matching.rules import DUPLICATE, Completeness, Feature, is_worth_a_look, neighbours, score_of
from niangjia.members.rules import State
from niangjia.members.rules.merging import Stretch, plan_of

DAY = date(2018, 8, 20)
F = Feature


def test_every_state_is_reached_and_every_way_ends():
    assert (DUPLICATE.unreachable, DUPLICATE.dead_ends) == (frozenset(), frozenset())
    assert DUPLICATE.last_states == {"not_the_same", "un_merged"}


@pytest.mark.parametrize(
    ("features", "looked_at"),
    [
        ((F.NAME, F.BORN), True),
        ((F.PINYIN, F.MOBILE), True),
        ((F.MOBILE, F.BORN), True),
        ((F.NUMBER,), True),
        ((F.NAME, F.EMPLOYER, F.UNPROVED), True),
        ((F.NAME, F.EMPLOYER), False),
        ((F.MOBILE,), False),
        ((F.MOBILE, F.BORN, F.DIFFERS), False),
        ((F.NAME, F.BORN, F.DIFFERS), False),
        ((F.NAME, F.BORN, F.MOBILE, F.DIFFERS), True),
    ],
)
def test_a_pair_is_looked_at_by_rule(features, looked_at):
    assert is_worth_a_look(features) is looked_at


def test_two_valid_numbers_are_never_proposed_as_certain():
    everything = [one for one in Feature if one is not F.DIFFERS]
    assert score_of(everything) == 97
    assert score_of([*everything, F.DIFFERS]) == 30


def test_a_slip_leads_to_the_number_meant_and_never_to_a_second_valid_one():
    right = "990101196806120027"
    slips = [right[:16] + "8" + right[17], right[:17] + "X", right[:8] + right[9] + right[8] + right[10:]]
    for slip in slips:
        assert right in neighbours(slip)
        assert slip in neighbours(right)
    assert all(one[17] != check_character(one[:17]) for one in neighbours(right))
    assert len(neighbours(slips[0])) < 40
    assert neighbours("EA5000001") == frozenset()


def test_completeness_says_when_its_equation_does_not_close():
    assert Completeness(10, 6, {"id": 2, "mobile": 1, "employer": 1}).is_closed
    assert not Completeness(10, 6, {"id": 2}).is_closed
    assert Completeness(3, 2, {"id": 1}).share == "66.6%"


def stretch(number, union, since, until=None, *, mine=False, counts=True, state=State.ACTIVE):
    return Stretch(number, union, counts, state, date(since, 1, 1), until and date(until, 1, 1), mine)


def plan(*stretches, beside="end"):
    return plan_of(stretches, day=DAY, beside=beside)


def test_of_two_that_count_the_one_of_the_record_that_goes_on_counts():
    found = plan(stretch(1, 7, 2016, mine=True), stretch(2, 8, 2017))
    assert (found.moved, [(one.number, one.until) for one in found.ended], found.going) == (
        (),
        [(2, DAY)],
        (),
    )


def test_the_other_may_stay_beside_as_an_affiliation():
    found = plan(stretch(1, 7, 2016, mine=True), stretch(2, 8, 2017), beside="affiliate")
    assert [(one.number, one.since, one.counts) for one in found.going] == [(2, DAY, False)]


def test_in_the_same_union_nothing_stays_beside():
    assert plan(stretch(1, 7, 2016, mine=True), stretch(2, 7, 2017), beside="affiliate").going == ()


def test_what_does_not_meet_moves_whole():
    assert plan(stretch(1, 7, 2017, mine=True), stretch(2, 8, 2015, 2017)).moved == (2,)
    assert plan(stretch(1, 7, 2015, 2016, mine=True), stretch(2, 8, 2017)).moved == (2,)


def test_a_member_is_not_lost_where_only_the_past_overlaps():
    found = plan(stretch(1, 7, 2015, 2017, mine=True), stretch(2, 8, 2016))
    assert [(one.number, one.counts) for one in found.ended] == [(2, True)]
    assert [(one.number, one.since, one.counts) for one in found.going] == [(2, DAY, True)]


def test_an_active_membership_goes_before_a_retained_one():
    kept = stretch(1, 7, 2016, mine=True, state=State.RETAINED)
    found = plan(kept, stretch(2, 8, 2017))
    assert {one.number for one in found.ended} == {1, 2}
    assert [(one.number, one.counts) for one in found.going] == [(2, True)]


def test_one_that_began_today_stands_beside_for_a_day():
    found = plan(
        stretch(1, 7, 2016, mine=True),
        Stretch(2, 8, counts=True, state=State.ACTIVE, since=DAY, until=None, mine=False),
    )
    assert [(one.until, one.counts) for one in found.ended] == [(date(2018, 8, 21), False)]
