"""Numbers on the papers of persons (Appendix F, D-6, D-18, D-20)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import (
    Code,
    GenuineException,
    IdKind,
    KnownOfPerson,
    Level,
    Sex,
    check_character,
    examine_id,
    is_sound_resident_number,
    parse_id,
    parse_resident_id,
    to_18,
)

ON = date(2018, 8, 1)
SCAN = GenuineException(scan_sha256="a" * 64, seen_by=1, confirmed_by=2)


def with_check(first17):
    return first17 + check_character(first17)


def codes(kind, text, **known):
    return [finding.code for finding in examine_id(kind, text, KnownOfPerson(ON, **known))[1]]


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("990101196806120027", date(1968, 6, 12), Sex.FEMALE),
        ("990101200002290011", date(2000, 2, 29), Sex.MALE),
        ("99010119880405001X", date(1988, 4, 5), Sex.MALE),
        ("990101199001010019", date(1990, 1, 1), Sex.MALE),
        ("990101200702280033", date(2007, 2, 28), Sex.MALE),
    ],
)
def test_the_vectors_of_the_specification_pass(number, born, sex):
    person = parse_resident_id(number, on=ON)
    assert (person.number, person.born, person.sex, person.matchable) == (number, born, sex, True)
    assert is_sound_resident_number(number, ON)


def test_a_day_that_never_was_fails_although_the_check_digit_is_right():
    assert check_character("99010119850229001") == "8"
    assert codes(IdKind.RESIDENT, "990101198502290018") == [Code.NO_SUCH_DAY]
    assert not is_sound_resident_number("990101198502290018", ON)
    with pytest.raises(BadInput, match="1985-02-29 不存在"):
        parse_resident_id("990101198502290018", on=ON)


@pytest.mark.parametrize(
    "text",
    [
        "99010119880405001x",
        " 990101 19880405 001X",
        "９９０１０１１９８８０４０５００１Ｘ",
        "990101-19880405-001ｘ",
    ],
)
def test_small_letters_blanks_and_full_width_digits_are_read_in_one_form(text):
    assert parse_resident_id(text, on=ON).number == "99010119880405001X"


def test_an_old_number_becomes_a_new_one_and_stays_as_alias():
    person = parse_resident_id("110105491231002", on=ON)
    assert (person.number, person.alias) == ("11010519491231002X", "110105491231002")
    assert to_18("990101680612002") == "990101196806120027"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.EMPTY),
        ("9901011988040500", Code.LENGTH),
        ("99010119880405A01X", Code.SHAPE),
        ("990101198804050011", Code.CHECK_DIGIT),
        (with_check("99010120190101001"), Code.BORN_LATER),
        (with_check("99010118900101001"), Code.TOO_OLD),
        ("٩٩٠١٠١١٩٨٨٠٤٠٥٠٠١X", Code.CHECK_DIGIT),
    ],
)
def test_what_cannot_be_right_is_an_error(text, code):
    found = examine_id(IdKind.RESIDENT, text, KnownOfPerson(ON))
    assert found[0] is None
    assert code in [finding.code for finding in found[1]] or found[1][0].code is Code.SHAPE


@given(st.sampled_from(range(17)), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(place, step):
    number = "990101196806120027"
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert not is_sound_resident_number(wrong, ON)


@given(st.sampled_from(range(16)))
def test_every_swap_of_neighbours_is_found(place):
    number = list("990101196806120027")
    number[place], number[place + 1] = number[place + 1], number[place]
    swapped = "".join(number)
    assert swapped == "990101196806120027" or not is_sound_resident_number(swapped, ON)


@given(st.text("0129XxABHM×٣一①½ⅷ²·•?*+-(). \x00\u200b\U0001d7d7𠮷éß", max_size=24))
def test_no_text_ever_crashes_the_reader(text):
    for kind in IdKind:
        value, findings = examine_id(kind, text, KnownOfPerson(ON, areas={"990101"}))
        assert (value is None) == any(finding.is_error for finding in findings)


def test_an_unknown_area_only_warns():
    person = parse_id(IdKind.RESIDENT, "99010119880405001X", KnownOfPerson(ON, areas={"330112"}))
    assert [(finding.code, finding.level) for finding in person.findings] == [(Code.AREA, Level.WARNING)]
    assert person.area == "990101"


def test_differing_sex_and_birth_only_warn():
    assert codes(IdKind.RESIDENT, "99010119880405001X", sex=Sex.FEMALE, born=date(1988, 5, 4)) == [
        Code.SEX,
        Code.BIRTH,
    ]


@pytest.mark.parametrize("number", ["990101198804050011", "990101198502290018"])
def test_a_genuine_but_invalid_number_needs_a_scan_and_a_second_person_and_is_never_matched(number):
    person = parse_id(IdKind.RESIDENT, number, KnownOfPerson(ON, exception=SCAN))
    assert person.number == number
    assert not person.matchable
    assert [finding.code for finding in person.findings] == [Code.GENUINE_BUT_INVALID]


def test_an_exception_does_not_excuse_what_cannot_stand_on_a_card():
    assert codes(IdKind.RESIDENT, "9901011988", exception=SCAN) == [Code.LENGTH]


@pytest.mark.parametrize("wrong", [("b" * 63, 1, 2), ("a" * 64, 1, 1)])
def test_an_exception_without_scan_or_second_person_is_refused(wrong):
    with pytest.raises(ValueError, match="an exception needs"):
        GenuineException(*wrong)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (IdKind.HK_MACAO_RESIDENCE, with_check("81000019900101001")),
        (IdKind.HK_MACAO_RESIDENCE, with_check("82000019900101002")),
        (IdKind.TAIWAN_RESIDENCE, with_check("83000019900101003")),
        (IdKind.PERMANENT_RESIDENCE, with_check("93384019900101004")),
    ],
)
def test_permits_carry_birth_sex_and_check_like_a_resident_number(kind, number):
    person = parse_id(kind, number, KnownOfPerson(ON))
    assert person.born == date(1990, 1, 1)
    assert person.sex is (Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)
    assert person.area is None
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    assert Code.CHECK_DIGIT in codes(kind, wrong)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (IdKind.HK_MACAO_RESIDENCE, with_check("83000019900101003")),
        (IdKind.TAIWAN_RESIDENCE, with_check("81000019900101001")),
        (IdKind.PERMANENT_RESIDENCE, with_check("33011219900101001")),
    ],
)
def test_a_permit_of_another_kind_is_told_apart(kind, number):
    assert codes(kind, number) == [Code.PREFIX]


def test_the_old_permanent_residence_card_has_three_letters_and_twelve_digits():
    person = parse_id(IdKind.PERMANENT_RESIDENCE, "usa330188040511", KnownOfPerson(ON))
    assert (person.number, person.born) == ("USA330188040511", date(1988, 4, 5))
    assert codes(IdKind.PERMANENT_RESIDENCE, "USA330188023011") == [Code.NO_SUCH_DAY]


@pytest.mark.parametrize(
    ("kind", "text", "sound"),
    [
        (IdKind.HK_MACAO_TRAVEL, "H12345678", True),
        (IdKind.HK_MACAO_TRAVEL, "m1234567801", True),
        (IdKind.HK_MACAO_TRAVEL, "K12345678", False),
        (IdKind.HK_MACAO_TRAVEL, "H1234567", False),
        (IdKind.TAIWAN_TRAVEL, "12345678", True),
        (IdKind.TAIWAN_TRAVEL, "1234567801B", True),
        (IdKind.TAIWAN_TRAVEL, "1234567", False),
        (IdKind.PASSPORT, "E12345678", True),
        (IdKind.PASSPORT, "ＥＡ１２３４５６７", True),
        (IdKind.PASSPORT, "ABCDEFGH", False),
        (IdKind.PASSPORT, "E1", False),
        (IdKind.OTHER, "军字第 123 号", True),
    ],
)
def test_travel_papers_and_passports_are_known_by_their_shape(kind, text, sound):
    value, _ = examine_id(kind, text, KnownOfPerson(ON))
    assert (value is not None) is sound


def test_a_number_is_masked_for_lists():
    assert parse_resident_id("99010119880405001X", on=ON).masked == "****************1X"
