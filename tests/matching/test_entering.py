"""Exact keys refuse at entry, in whatever writing they come (Appendix D cases 6, 7, 18, 20)."""

from datetime import date, timedelta

import pytest

from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.identifiers import IdKind, Sex, check_character
from niangjia.people import actions as people
from niangjia.people import queries, rules
from tests.conftest import AT, TODAY
from tests.members.people import number_of

from .pairing import record

X = "99010119880405001X"
OLD = "990101880405001"


@pytest.mark.parametrize(
    "typed",
    [
        "99010119880405001x",
        "９９０１０１１９８８０４０５００１Ｘ",
        " 990101 1988 0405 001x ",
        OLD,
        "990101-19880405-001X",
    ],
)
def test_one_number_in_any_writing_is_one_person(land, typed):
    record(land["left_single"], number=X)
    with pytest.raises(Refused, match="已经登记过"):
        record(land["right_single"], "张三", number=typed)


def test_an_old_number_first_and_the_new_one_later_are_one_person(land):
    person = record(land["left_single"], number=OLD)
    assert person.documents.get().alias_sealed
    with pytest.raises(Refused, match="已经登记过"):
        record(land["right_single"], number=X)


def test_a_wrong_check_digit_is_no_number_unless_two_people_saw_the_card(land):
    with pytest.raises(Refused, match="校验码不对"):
        record(land["left_single"], number=X[:17] + "1")


DOTS = "·•‧．.・･ "


@pytest.mark.parametrize("typed", [*(f"买买提{dot}吐尔逊" for dot in DOTS), "买买提吐尔逊"])
def test_a_name_has_one_key_with_any_dot_or_none_and_is_printed_as_on_the_card(land, typed):
    person = record(land["left_single"], typed)
    assert (person.name_key, person.name) == ("买买提吐尔逊", typed)


def test_rare_and_long_names_are_kept_whole(land):
    assert record(land["left_single"], "陈𬱖").name == "陈𬱖"
    long = "阿不都热合曼·阿卜杜如苏里·麦麦提敏·吐尔洪江·艾则孜"
    assert record(land["left_single"], long).name == long


def like_resident(place, born="19900101"):
    body = f"{place}{born}001"
    return body + check_character(body)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (IdKind.HK_MACAO_RESIDENCE, like_resident("810000")),
        (IdKind.HK_MACAO_RESIDENCE, like_resident("820000")),
        (IdKind.TAIWAN_RESIDENCE, like_resident("830000")),
        (IdKind.PERMANENT_RESIDENCE, like_resident("932156")),
    ],
)
def test_a_permit_entered_as_a_residents_card_is_the_same_person(land, kind, number):
    record(land["left_single"], number=number, kind=kind)
    for again in (kind, IdKind.RESIDENT):
        with pytest.raises(Refused, match="已经登记过"):
            record(land["right_single"], "张三", number=number.lower(), kind=again)


def test_a_permit_of_another_place_is_refused(land):
    with pytest.raises(Refused, match="请核对证件种类"):
        record(land["left_single"], number=like_resident("830000"), kind=IdKind.HK_MACAO_RESIDENCE)


def test_a_new_number_after_a_correction_by_the_police_is_the_same_person(land):
    person = record(land["left_single"], number=number_of(41, born="19850601"))
    old, new = person.documents.get(), number_of(41, born="19850610", female=True)
    since = TODAY + timedelta(days=9)
    told = {"since": since, "today": since, "by": SYSTEM, "at": AT}
    people.add_document(person_id=person.pk, paper=rules.Paper(IdKind.RESIDENT, new), **told)
    draft = people.PersonDraft(person.name, Sex.FEMALE, date(1985, 6, 10))
    people.correct_person(
        person_id=person.pk, version=1, draft=draft, reason="公安机关更正", by=SYSTEM, at=AT
    )
    for number in (number_of(41, born="19850601"), new):
        with pytest.raises(Refused, match="已经登记过"):
            record(land["right_single"], number=number)
    old.refresh_from_db()
    assert (old.until, queries.is_real_name(person=person, day=since)) == (since, True)
