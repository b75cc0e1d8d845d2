"""The way of an establishment and its completeness check; no database."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from niangjia.founding import rules
from niangjia.founding.rules import (
    ESTABLISHMENT,
    Band,
    Candidate,
    Case,
    Meeting,
    NamedEmployer,
    PostKind,
    State,
)
from niangjia.kernel import policy
from niangjia.kernel.errors import Refused, StepRefused
from niangjia.kernel.workflow import explore, way_around
from niangjia.network.rules import OrgKind

DAY = date(2018, 8, 20)
BOUNDS = rules.Bounds(
    committee_from=25,
    seats=(Band(0, 24, 3, 5), Band(25, 200, 3, 7), Band(201, 1000, 7, 15), Band(1001, None, 15, 21)),
    difference=Fraction(1, 20),
    quorum=Fraction(2, 3),
    majority=Fraction(1, 2),
    tellers=2,
    congress_from=100,
    delegates=(Band(100, 200, 30, 40), Band(201, 1000, 40, 60)),
    full_time_from=200,
    terms=(3, 5),
    group_least=3,
)
SLATE = (
    Candidate("陈一", PostKind.CHAIR, votes=30, elected=True),
    Candidate("李二", PostKind.VICE, votes=28, elected=True),
    Candidate("王三", PostKind.MEMBER, votes=27, elected=True),
    Candidate("赵四", PostKind.MEMBER, votes=5),
)
WHOLE = Case(
    kind=OrgKind.SINGLE, parent=OrgKind.TOWN, name="新风厂工会委员会", workers=60, members=40, term_years=3,
    employers=(NamedEmployer("新风厂", 60),), group=("陈一", "李二", "王三"), leads=("陈一",),
    candidates=SLATE, meeting=Meeting.MEMBERS, seats=3, congress_on=DAY, prepared_on=DAY, entitled=40,
    present=36, tellers=("钱五", "孙六"),
)  # fmt: skip


def lacking(case, bounds=BOUNDS):
    found = (
        *rules.request_findings(case, bounds),
        *rules.slate_findings(case, bounds),
        *rules.result_findings(case, bounds),
    )
    return [one.code for one in found if not one.holds]


def test_a_whole_establishment_lacks_nothing():
    assert lacking(WHOLE) == []
    assert set(rules.facts_of(WHOLE, BOUNDS).values()) == {True}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("parent", {"parent": OrgKind.SINGLE}),
        ("parent", {"kind": OrgKind.FEDERATION, "employers": (), "term_years": 5}),
        ("name", {"name": " "}),
        ("people", {"members": 0, "entitled": 0}),
        ("people", {"workers": 39}),
        ("employers", {"employers": ()}),
        ("employers", {"employers": (NamedEmployer("甲"), NamedEmployer("乙"))}),
        ("employers", {"kind": OrgKind.JOINT}),
        ("group", {"group": ("陈一", "李二")}),
        ("group", {"leads": ()}),
        ("term", {"term_years": 4}),
        ("meeting", {"meeting": None}),
        ("meeting", {"meeting": Meeting.DELEGATES}),
        ("meeting", {"prepared_on": date(2018, 8, 21)}),
        ("meeting", {"entitled": 39}),
        ("seats", {"seats": 8}),
        ("slate", {"candidates": SLATE[:3]}),
        ("slate", {"candidates": (*SLATE[1:], Candidate("周九", PostKind.MEMBER, votes=30, elected=True))}),
        ("relatives", {"candidates": (replace(SLATE[0], free=False), *SLATE[1:])}),
        ("present", {"present": 26}),
        ("present", {"present": 41}),
        ("votes", {"candidates": (replace(SLATE[0], votes=None), *SLATE[1:])}),
        ("votes", {"candidates": (replace(SLATE[0], votes=37), *SLATE[1:])}),
        ("elected", {"candidates": (replace(SLATE[0], elected=False), *SLATE[1:])}),
        ("tellers", {"tellers": ("钱五",)}),
        ("tellers", {"tellers": ("钱五", "钱五")}),
        ("tellers", {"tellers": ("钱五", "赵四")}),
    ],
)
def test_each_missing_thing_is_said_with_the_next_step(code, change):
    case = replace(WHOLE, **change)
    found = (
        *rules.request_findings(case, BOUNDS),
        *rules.slate_findings(case, BOUNDS),
        *rules.result_findings(case, BOUNDS),
    )
    missing = {one.code: one for one in found if not one.holds}
    assert code in missing
    assert missing[code].road
    assert str(missing[code].words).endswith("。")


def test_from_a_hundred_members_on_delegates_elect_in_their_band():
    case = replace(WHOLE, workers=150, members=120, entitled=120, present=110)
    assert "meeting" in lacking(case)
    held = replace(case, meeting=Meeting.DELEGATES, entitled=35, present=30)
    assert "meeting" not in lacking(held)
    assert "meeting" in lacking(replace(held, entitled=41, present=41))


def test_two_thirds_of_all_entitled_must_be_present():
    assert lacking(replace(WHOLE, members=54, entitled=54, present=36)) == []
    assert lacking(replace(WHOLE, members=54, entitled=54, present=35)) == ["present"]


def test_below_the_bound_one_organiser_may_stand_in_the_place_of_a_committee():
    one = (Candidate("陈一", PostKind.ORGANISER, votes=12, elected=True),)
    small = replace(WHOLE, workers=20, members=20, entitled=20, present=18, seats=1, candidates=one)
    assert lacking(small) == []
    assert "seats" in lacking(replace(small, workers=30, members=25, entitled=25))


def test_who_is_elected_has_more_than_half_of_all_entitled():
    slate = (*SLATE[:2], replace(SLATE[2], votes=20), replace(SLATE[3], votes=19))
    chosen = rules.elected_of(slate, seats=3, entitled=40, majority=Fraction(1, 2))
    assert chosen == {"陈一", "李二"}
    assert rules.votes_least(40, Fraction(1, 2)) == 21


def test_the_most_votes_come_first_and_the_audit_post_is_filled_beside():
    slate = (
        *(replace(one, votes=votes) for one, votes in zip(SLATE, (30, 28, 25, 29), strict=True)),
        Candidate("郑七", PostKind.AUDIT, votes=22),
    )
    chosen = rules.elected_of(slate, seats=3, entitled=40, majority=Fraction(1, 2))
    assert chosen == {"陈一", "李二", "赵四", "郑七"}


def test_equal_votes_for_the_last_seat_are_voted_on_again():
    slate = (*SLATE[:2], replace(SLATE[2], votes=25), replace(SLATE[3], votes=25))
    with pytest.raises(Refused, match="再选一次"):
        rules.elected_of(slate, seats=3, entitled=40, majority=Fraction(1, 2))


def test_founders_are_advised_by_their_size():
    big = replace(WHOLE, workers=200, employers=(NamedEmployer("新风厂", 200, covered_by="联合工会"),))
    said = [str(one) for one in rules.advice(big, BOUNDS)]
    assert any("专职工会主席" in one for one in said)
    assert any("联合工会" in one for one in said)
    assert any("组织员" in str(one) for one in rules.advice(replace(WHOLE, members=24), BOUNDS))


def test_every_state_is_reached_and_every_way_ends():
    assert (ESTABLISHMENT.unreachable, ESTABLISHMENT.dead_ends) == (frozenset(), frozenset())
    assert ESTABLISHMENT.last_states == {State.REGISTERED, State.WITHDRAWN, State.REJECTED}


@pytest.mark.parametrize("step", ["submit", "review", "prepare", "hold_congress", "submit_result", "approve"])
def test_no_way_around_a_step_leads_to_the_approval(step):
    assert way_around(ESTABLISHMENT, State.APPROVED, without=[step]) is None


FACTS = ("request_complete", "slate_complete", "result_sound", "tellers_signed")


def test_no_order_of_steps_approves_without_review_preparation_congress_and_two_tellers():
    """Every order of steps and of papers coming and going is tried: a world is what holds, what was done."""

    def turned(world):
        held, done = world
        return [(f"turn {fact}", (held ^ {fact}, done)) for fact in FACTS]

    def after(world, step):
        held, done = world
        if step.name in {"send_back", "take_back", "hold_again"}:
            kept = ESTABLISHMENT_BEFORE[step.target]
            return held, frozenset(one for one in done if one in kept)
        return held, done | {step.name}

    found = list(
        explore(
            ESTABLISHMENT,
            (frozenset(), frozenset()),
            after=after,
            facts=lambda world: dict.fromkeys(world[0], True),
            events=turned,
        )
    )
    approved = [one for one in found if one.state == State.APPROVED]
    wanted = {"submit", "review", "prepare", "hold_congress", "submit_result", "approve"}
    assert len(found) > 100
    assert approved
    assert all(wanted <= one.world[1] for one in approved)
    entered = [one for one in approved if one.trail[-1] == "approve"]
    assert all({"request_complete", "result_sound", "tellers_signed"} <= one.world[0] for one in entered)


ESTABLISHMENT_BEFORE = {
    State.RETURNED: {"submit"},
    State.SUBMITTED: {"submit"},
    State.PREPARING: {"submit", "review", "prepare"},
    State.CONGRESS: {"submit", "review", "prepare", "hold_congress"},
}


def test_a_step_that_is_not_open_says_every_reason():
    with pytest.raises(StepRefused) as refused:
        ESTABLISHMENT.advance(State.RESULT, "approve")
    assert len(refused.value.reasons) == 3


def test_every_figure_is_a_policy_with_its_paper():
    for key in (
        "election_quorum", "election_pass", "election_tellers", "member_congress_members",
        "member_delegate_bands", "founding_group_least", "committee_size_bands",
    ):  # fmt: skip
        assert policy.on(f"org.{key}", DAY).paper
