"""Identifiers of organisations, contacts and places (Appendix F)."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.errors import BadInput
from niangjia.kernel.identifiers import (
    Code,
    DivisionCode,
    DivisionLevel,
    Holder,
    Region,
    examine_uscc,
    luhn_holds,
    organisation_check,
    parse_bank_card,
    parse_division,
    parse_industry,
    parse_mobile,
    parse_people,
    parse_uscc,
    uscc_check,
)


def made(prefix, division="990101", eight="MA2DEM00"):
    first17 = prefix + division + eight + organisation_check(eight)
    return first17 + uscc_check(first17)


@pytest.mark.parametrize(
    ("code", "holder"),
    [
        ("91350100M000100Y43", Holder.ENTERPRISE),
        ("91990101MA2DEM009R", Holder.ENTERPRISE),
        ("81990101MA2DEM009T", Holder.PRIMARY_UNION),
        ("12990101MADEM0011C", Holder.INSTITUTION),
    ],
)
def test_the_vectors_of_the_specification_pass(code, holder):
    uscc = parse_uscc(code)
    assert (str(uscc), uscc.holder, uscc.findings) == (code, holder, ())
    assert uscc.organisation_code == code[8:17]


@pytest.mark.parametrize("prefix", ["81", "89", "91", "92", "93", "11", "12", "51", "52", "53"])
def test_every_prefix_of_the_field_is_known(prefix):
    uscc = parse_uscc(made(prefix))
    assert uscc.holder == Holder(prefix)
    assert uscc.holder.is_union is (prefix in {"81", "89"})


def test_a_rare_prefix_only_warns():
    uscc = parse_uscc(made("A1"))
    assert (uscc.holder, [finding.code for finding in uscc.findings]) == (Holder.OTHER, [Code.PREFIX])


def test_small_letters_and_full_width_are_read():
    assert parse_uscc(" ９１３５０１００-m000100y43 ").code == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", [Code.EMPTY]),
        ("91350100M000100Y4", [Code.LENGTH]),
        ("91350100MOOO1OOY43", [Code.LETTER]),
        ("9135010AM000100Y43", [Code.SHAPE]),
        ("91350100M000100Y44", [Code.CHECK_DIGIT]),
        ("91350100M000100Y53", [Code.CHECK_DIGIT, Code.ORGANISATION_CODE]),
    ],
)
def test_what_cannot_be_right_says_why(code, expected):
    value, findings = examine_uscc(code)
    assert value is None
    assert [finding.code for finding in findings] == expected


def test_a_wrong_organisation_code_is_found_even_under_a_right_check_character():
    first17 = "91350100M000100Y5"
    assert [f.code for f in examine_uscc(first17 + uscc_check(first17))[1]] == [Code.ORGANISATION_CODE]


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_every_single_wrong_character_is_found(place, letter):
    code = "81990101MA2DEM009T"
    wrong = code[:place] + letter + code[place + 1 :]
    assert (examine_uscc(wrong)[0] is None) is (wrong != code)


@given(st.text("0129XxABHM×٣一①½ⅷ²·•?*+-(). \x00\u200b\U0001d7d7𠮷éß", max_size=24))
def test_no_text_ever_crashes_a_reader(text):
    examine_uscc(text)
    for parse in (parse_mobile, parse_bank_card, parse_division, parse_industry, parse_people):
        with contextlib.suppress(BadInput):
            parse(text)


@pytest.mark.parametrize(
    ("text", "region", "e164"),
    [
        ("13800000000", Region.MAINLAND, "+8613800000000"),
        ("+86 138 0000 0000", Region.MAINLAND, "+8613800000000"),
        ("008613800000000", Region.MAINLAND, "+8613800000000"),
        ("１３８－００００－００００", Region.MAINLAND, "+8613800000000"),
        ("+852 9123 4567", Region.HONG_KONG, "+85291234567"),
        ("+853 6612 3456", Region.MACAO, "+85366123456"),
        ("+886 0912 345 678", Region.TAIWAN, "+886912345678"),
        ("(+886) 912-345-678", Region.TAIWAN, "+886912345678"),
    ],
)
def test_mobiles_of_the_mainland_and_of_the_three_places_are_read(text, region, e164):
    mobile = parse_mobile(text)
    assert (mobile.region, mobile.e164) == (region, e164)


@pytest.mark.parametrize(
    "text", ["", "12800000000", "1380000000", "91234567", "+85212345678", "+1 2125550100"]
)
def test_other_numbers_are_gently_refused(text):
    with pytest.raises(BadInput, match="手机号码"):
        parse_mobile(text)


def test_a_mobile_is_masked_and_written_as_people_know_it():
    mobile = parse_mobile("+8613800000012")
    assert (mobile.masked, str(mobile)) == ("138******12", "13800000012")


def test_a_card_that_fails_luhn_only_warns():
    assert parse_bank_card("6228 4800 0000 0000 018").findings == ()
    assert [finding.code for finding in parse_bank_card("6228480000000000019").findings] == [Code.LUHN]
    with pytest.raises(BadInput):
        parse_bank_card("62284800")


@given(st.text("0123456789", min_size=11, max_size=18))
def test_exactly_one_last_digit_satisfies_luhn(digits):
    assert sum(luhn_holds(digits + last) for last in "0123456789") == 1


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("330000", DivisionLevel.PROVINCE, None),
        ("330800", DivisionLevel.CITY, "330000"),
        ("330803", DivisionLevel.COUNTY, "330800"),
        ("330803110", DivisionLevel.TOWN, "330803"),
        ("330282110207", DivisionLevel.VILLAGE, "330282110"),
    ],
)
def test_a_division_knows_its_level_and_its_parent(code, level, parent):
    division = parse_division(code)
    assert division.level is level
    assert division.parent == (DivisionCode(parent) if parent else None)


@pytest.mark.parametrize("code", ["33080", "0330803", "33080311", "3308031101"])
def test_a_division_of_another_length_is_refused(code):
    with pytest.raises(BadInput):
        parse_division(code)


def test_industries_and_peoples_are_checked():
    assert [parse_industry("A"), parse_industry("g54")] == ["A", "G54"]
    assert [parse_people("1"), parse_people("56"), parse_people("97")] == ["01", "56", "97"]
    for wrong in (lambda: parse_industry("U12"), lambda: parse_people("57"), lambda: parse_people("00")):
        with pytest.raises(BadInput):
            wrong()
