"""Possible duplicates are found by rule, and nothing else is."""

from datetime import date

import pytest

from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.identifiers import GenuineException, IdKind, check_character
from niangjia.kernel.scoping import enter_scope
from niangjia.matching import actions, queries
from niangjia.matching.models import DuplicateCase
from niangjia.people import actions as people
from niangjia.people import rules
from tests.conftest import AT, TODAY
from tests.members.people import number_of

from .pairing import LI, case_of, decide, found, joined, merge, propose, record

BORN = date(1968, 6, 12)
PHONE = "13957400001"
TWIN = number_of(31, born="19680612")
SLIP = LI[:16] + "8" + LI[17]


def pair_of(one, other):
    row = found().get(tuple(sorted((one.pk, other.pk))))
    return row and set(row.features)


def vouched(keeper, number, name="李小美"):
    """A number that breaks the rule, registered with its card and two witnesses (D-6)."""
    proof = GenuineException("0" * 64, 1, 2)
    paper = rules.Paper(IdKind.RESIDENT, number, proof)
    return people.register_person(
        draft=people.PersonDraft(name), keeper_id=keeper.pk, paper=paper, today=TODAY, by=SYSTEM, at=AT
    )


def test_the_same_name_and_birth_date_are_a_pair_in_any_writing_of_the_name(land):
    one = record(land["left_single"], "买买提·吐尔逊", born=BORN)
    other = record(land["right_single"], "买买提 吐尔逊", born=BORN)
    assert pair_of(one, other) == {"name", "pinyin", "born", "unproved"}


def test_the_same_sound_and_mobile_are_a_pair(land):
    one = record(land["left_single"], "李小梅", mobile=PHONE)
    assert pair_of(one, record(land["left_joint"], "李晓梅", mobile=PHONE)) == {
        "pinyin",
        "mobile",
        "unproved",
    }


def test_the_same_mobile_and_birth_date_are_a_pair(land):
    one = record(land["left_single"], "李小梅", mobile=PHONE, born=BORN)
    other = record(land["left_joint"], "李梅", mobile=PHONE, born=BORN)
    assert pair_of(one, other) == {"born", "mobile", "unproved"}


def test_twins_and_relatives_with_valid_numbers_are_never_proposed(land):
    one = record(land["left_single"], "李小梅", number=LI, mobile=PHONE)
    assert pair_of(one, record(land["left_single"], "李小兰", number=TWIN, mobile=PHONE)) is None


def test_namesakes_of_one_day_with_valid_numbers_only_if_the_mobile_agrees_and_never_as_certain(land):
    one = record(land["left_single"], "李小梅", number=LI, mobile=PHONE)
    other = record(land["left_single"], "李小梅", number=TWIN)
    assert pair_of(one, other) is None
    people.add_contact(person_id=other.pk, mobile=PHONE, since=date(2018, 1, 1), by=SYSTEM, at=AT)
    assert "differs" in pair_of(one, other)
    assert DuplicateCase.objects.get().score == 30


def test_a_number_one_slip_away_that_fails_its_check_is_a_pair(land):
    one = record(land["left_single"], number=LI)
    other = vouched(land["right_single"], SLIP)
    assert pair_of(one, other) == {"number"}


def test_two_provisional_records_at_one_employer_are_a_pair(land):
    one, other, stranger = (record(land["left_single"], "高远") for _ in range(3))
    for person in (one, other):
        joined(person, land["left_single"], employer=land["left_firm"])
    joined(stranger, land["left_single"])
    assert pair_of(one, other) == {"name", "pinyin", "employer", "unproved"}
    assert len(found()) == 1


def test_an_office_phone_tells_nothing_but_the_same_sound(land):
    for place in range(7):
        record(land["left_single"], "安白常丁方高何"[place] + "平", mobile=PHONE, born=BORN)
    assert found() == {}
    one = record(land["left_joint"], "安萍", mobile=PHONE)
    assert [row.second_id for row in found().values()] == [one.pk]


def test_a_pair_that_was_decided_is_not_asked_again(land, officers):
    one, other = record(land["left_single"], born=BORN), record(land["left_joint"], born=BORN)
    row = case_of(one, other)
    propose(row, officers[0], "propose_apart")
    decide(row, officers[1])
    assert actions.find_duplicates(today=TODAY, at=AT) == 0


def test_a_third_record_is_compared_with_the_one_that_goes_on(land, officers):
    one, other = record(land["left_single"], born=BORN), record(land["left_joint"], born=BORN)
    merge(one, other, officers)
    third = record(land["left_fed"], born=BORN)
    assert pair_of(one, third)
    assert pair_of(other, third) is None


def test_only_the_house_itself_may_ask_for_all_pairs(land, officers):
    record(land["left_single"], born=BORN), record(land["left_joint"], born=BORN)
    enter_scope(officers[0].scope_for("matching.read"))
    assert queries.pairs_to_look_at(at_most=6) == []


def alike(land, officers, name="李小梅", *, number="", mobile="", born=None, kind=IdKind.RESIDENT):
    return queries.look_alikes(
        draft=people.PersonDraft(name, born=born), paper=rules.Paper(kind, number) if number else None,
        mobile=mobile, actor=officers[0], day=TODAY,
    )  # fmt: skip


def test_at_entry_the_clerk_is_told_who_is_alike_and_of_others_only_the_keeper(land, officers):
    near, far = record(land["left_single"], born=BORN), record(land["right_single"], born=BORN)
    enter_scope(officers[0].scope_for("people.find"))
    told = {one.person_id: (one.visible, one.keeper) for one in alike(land, officers, born=BORN)}
    assert told == {near.pk: (True, land["left_single"].name), far.pk: (False, land["right_single"].name)}


def test_at_entry_a_mistyped_number_leads_to_the_one_meant(land, officers):
    person = record(land["left_single"], number=LI)
    for slip in (SLIP, LI[:17] + "X"):
        assert [one.person_id for one in alike(land, officers, "张三", number=slip)] == [person.pk]
    assert alike(land, officers, "张三", number=TWIN) == []


def test_at_entry_a_twin_with_his_own_number_is_no_likeness(land, officers):
    record(land["left_single"], "李小兰", number=TWIN, mobile=PHONE)
    assert alike(land, officers, "李小梅", number=LI, mobile=PHONE) == []


def test_two_records_are_reported_by_hand(land, officers):
    one, other = record(land["left_single"], "李小梅"), record(land["right_single"], "李梅")
    told = {"reason": "本人说明", "by": officers[0], "at": AT}
    row = actions.report_duplicate(first_id=other.pk, second_id=one.pk, **told)
    assert (row.first_id, row.second_id, row.score) == (one.pk, other.pk, 0)
    strangers = [record(land["right_single"], name).pk for name in ("张一", "张二")]
    with pytest.raises(Refused, match="不在您的工作范围"):
        actions.report_duplicate(first_id=strangers[0], second_id=strangers[1], **told)


def test_check_characters_of_the_slips_are_wrong():
    assert SLIP[17] != check_character(SLIP[:17])
