"""The economic check: signed by every adult, sent as one file with a purpose, answered person by person."""

from datetime import date

import pytest

from niangjia.exchange.rules.verdicts import FileRow, Standing, Verdict
from niangjia.households.rules import NO_FLAGS
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused
from niangjia.kernel.money import Yuan
from niangjia.means import actions, queries, rules
from niangjia.means.actions import ANSWER_FILE, CHECK_FILE, Told
from niangjia.means.models import Checked
from niangjia.means.rules import Answer, Beside, Outcome
from niangjia.papers import queries as papers
from tests.conftest import AT, TODAY
from tests.households.worlds import SON, WIFE, WORKER


def family(hill):
    """Two adults and a child of eleven, all told; a file that waits for the check."""
    home = hill.village.household(by=hill.pri, members=(("spouse", "李大山", WIFE), ("child", "王小明", SON)))
    hill.village.complete(home)
    hill.village.tell(home, {"asset_flags": [NO_FLAGS]})
    home.refresh_from_db()
    return home, hill.visit(hill.first(hill.applied(home)))


def numbers(home):
    return {one.member.name: one.signed_on for one in queries.signings_of(household=home, day=TODAY)}


def test_every_adult_signs_and_a_child_does_not(hill):
    home, _ = family(hill)
    assert set(numbers(home)) == {"何秀英", "李大山"}
    hill_sign_first(hill, home)
    with pytest.raises(Refused, match="已经授权"):
        hill_sign_first(hill, home)
    assert not queries.is_authorised(household=home, day=TODAY)
    child = queries.signings_of(household=home, day=date(2026, 1, 1))
    assert "王小明" in {one.member.name for one in child}, "of age by then"


def hill_sign_first(hill, home, place=0):
    member = queries.signings_of(household=home, day=TODAY)[place].member
    actions.authorise(
        household_id=home.pk, member_id=member.number, way="paper", signed_on=TODAY, by=hill.town, at=AT
    )


def test_whoever_takes_his_consent_back_stops_the_next_check(hill):
    home, row = family(hill)
    for place in (0, 1):
        hill_sign_first(hill, home, place)
    member = queries.signings_of(household=home, day=TODAY)[1].member
    actions.take_back_authorisation(household_id=home.pk, member_id=member.number, by=hill.town, at=AT)
    with pytest.raises(Refused):
        hill.check(row)


def sent(hill):
    home, row = family(hill)
    for place in (0, 1):
        hill_sign_first(hill, home, place)
    row = hill.check(row)
    batch = actions.send_batch(unit_id=hill.county.unit_id, purpose="建档核对", by=hill.county, at=AT)
    return home, row, batch


def test_the_outgoing_file_holds_the_numbers_of_exactly_the_batch(hill):
    home, _, batch = sent(hill)
    assert (batch.households, batch.persons, batch.due_on) == (1, 2, date(2018, 9, 1))
    total, rows = CHECK_FILE.listing.rows({"batch": str(batch.pk)}, by=hill.county, today=TODAY)
    found = list(rows)
    assert total == len(found) == 2
    assert {row[3] for row in found} == {WORKER, WIFE}
    assert {row[5] for row in found} == {str(home.pk)}
    assert CHECK_FILE.always_second
    with pytest.raises(NotVisible):
        CHECK_FILE.listing.rows({"batch": str(batch.pk)}, by=hill.town, today=TODAY)
    with pytest.raises(Refused, match="没有等待"):
        actions.send_batch(unit_id=hill.county.unit_id, purpose="再送", by=hill.county, at=AT)


def line(number, outcome="agrees", amount="18000", on=date(2018, 8, 25), row=2):
    told = {
        "number": number, "name": "", "outcome": outcome, "on": on,
        "amount": Yuan.of(amount) if amount else None,
    }  # fmt: skip
    return FileRow(row, told)


def test_the_answers_come_in_by_file_each_row_by_itself(hill):
    home, row, batch = sent(hill)
    intake, told = ANSWER_FILE.intake, {"unit_id": hill.gov.unit_id, "by": hill.gov, "at": AT}
    rows = [
        line(WORKER),
        line(WIFE, "nothing", ""),
        line("990101199001010019"),
        line("12"),
        line(WIFE, amount=""),
    ]
    found = intake.judge(rows, **told)
    assert [one.verdict for one in found] == [
        Verdict.NEW, Verdict.NEW, Verdict.ERROR, Verdict.ERROR, Verdict.ERROR
    ]  # fmt: skip
    entered = intake.commit(rows[:3], **told)
    assert [one.refused is None for one in entered] == [True, True, False]
    standing = queries.standing_of(household=home)
    assert standing.answered
    assert intake.judge(rows[:1], **told)[0].verdict is Verdict.UNCHANGED
    assert intake.judge([line(WORKER, "differs", "20000")], **told)[0].verdict is Verdict.UPDATE
    kept = intake.undo(
        [Standing(2, entered[0].target, entered[0].version, {})], by=hill.gov, at=AT, reason="传错"
    )
    assert kept == [None]
    assert not queries.standing_of(household=home).answered
    row.refresh_from_db()
    assert row.state == "economic_check"
    assert batch.pk


def test_what_was_found_stands_beside_what_was_told(hill):
    home, _, _ = sent(hill)
    with_amount = {"何秀英": ("agrees", "18000"), "李大山": ("differs", "60000")}
    for one in queries.asked_in(household_id=home.pk):
        outcome, amount = with_amount[one.person.name]
        answer = Answer(Outcome(outcome), Yuan.of(amount), TODAY)
        actions.enter_answer(told=Told(one.pk, one.version, answer), by=hill.gov, at=AT)
    standing = queries.standing_of(household=home)
    gaps = {one.name: str(one.gap) for one in standing.rows}
    assert gaps == {"何秀英": "0.00", "李大山": "42,000.00"}
    assert [one.name for one in standing.differing] == ["李大山"]


def test_an_answer_lies_sealed_and_goes_with_its_person(hill):
    home, _, _ = sent(hill)
    (first, _) = queries.asked_in(household_id=home.pk)
    answer = Answer(Outcome.AGREES, Yuan.of("18000"), TODAY)
    actions.enter_answer(told=Told(first.pk, first.version, answer), by=hill.gov, at=AT)
    kept = bytes(Checked.objects.get(pk=first.pk).answer)
    assert b"1800000" not in kept
    with pytest.raises(Refused, match="有人改过"):
        actions.enter_answer(told=Told(first.pk, first.version, answer), by=hill.gov, at=AT)


def test_only_civil_affairs_or_the_county_answers(hill):
    home, _, _ = sent(hill)
    (first, _) = queries.asked_in(household_id=home.pk)
    told = Told(first.pk, first.version, Answer(Outcome.AGREES, Yuan(0), TODAY))
    for other in (hill.pri, hill.town, hill.group):
        with pytest.raises(NotAllowed):
            actions.enter_answer(told=told, by=other, at=AT)
    actions.enter_answer(told=told, by=hill.county, at=AT)


def test_a_void_check_counts_no_more(hill):
    home, row, _ = sent(hill)
    actions.void_check(household_id=home.pk, reason="撤回申请", by=hill.county, at=AT)
    assert queries.standing_of(household=home).state == ""
    assert row.pk


def test_the_authorisation_is_printed_with_a_line_for_every_adult(hill):
    home, _ = family(hill)
    actions.issue_authorisation(household_id=home.pk, by=hill.town, at=AT)
    (paper,) = papers.papers_about(about_kind="households.household", about_id=home.pk, scope=EVERYWHERE)
    assert paper.title == "家庭经济状况核对授权书"


def test_a_gap_is_only_told_where_both_figures_are_known():
    nothing = Answer(Outcome.NOTHING, Yuan(0), TODAY)
    assert Beside(1, "甲", Yuan(5), nothing).gap is None
    assert Beside(1, "甲", None, Answer(Outcome.AGREES, Yuan(5), TODAY)).gap is None
    assert Beside(1, "甲", Yuan(7), Answer(Outcome.AGREES, Yuan(5), TODAY)).differs
    assert rules.CHECKING.dead_ends == frozenset()
