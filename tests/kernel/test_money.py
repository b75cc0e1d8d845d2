"""Money in fen, and in capital characters."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan

FEN = st.integers(1 - 10**17, 10**17 - 1)
DIGITS = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}


def read_number(text):
    """An independent reader of capital numbers: each unit multiplies what stands before it."""
    for name, size in (("亿", 10**8), ("万", 10**4)):
        if name in text:
            high, low = text.rsplit(name, 1) if name == "亿" else text.split(name, 1)
            return read_number(high) * size + read_number(low)
    value, digit = 0, 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            value += digit * {"仟": 1000, "佰": 100, "拾": 10}[sign]
            digit = 0
    return value + digit


def read_capital(text):
    """The fen of an amount in capitals."""
    sign, yuan, jiao, fen = re.fullmatch(r"(负?)(?:(.+)元)?(?:零?(.)角)?(?:零?(.)分)?整?", text).groups()
    whole = read_number(yuan or "零") * 100 + DIGITS[jiao or "零"] * 10 + DIGITS[fen or "零"]
    return -whole if sign else whole


@given(FEN)
def test_capitals_read_back_as_the_same_amount(fen):
    assert read_capital(Yuan(fen).capital()) == fen


@given(FEN)
def test_capitals_never_stutter(fen):
    text = Yuan(fen).capital()
    assert "零零" not in text
    assert not re.search(r"零[拾佰仟万亿]", text)
    assert text.endswith(("整", "角", "分"))


@pytest.mark.parametrize(
    ("amount", "capital"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10", "壹拾元整"),
        ("1000", "壹仟元整"),
        ("5000", "伍仟元整"),
        ("12000.00", "壹万贰仟元整"),
        ("20400.00", "贰万零肆佰元整"),
        ("1963500.00", "壹佰玖拾陆万叁仟伍佰元整"),
        ("100000001", "壹亿零壹元整"),
        ("1000000000000", "壹万亿元整"),
        ("-1.20", "负壹元贰角"),
    ],
)
def test_capitals_follow_the_examples_of_the_payment_rules(amount, capital):
    assert Yuan.of(amount).capital() == capital


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,963,500.00", 196350000),
        ("￥1000", 100000),
        (" 0.5 元", 50),
        ("-3.20", -320),
        ("１２３．４", 12340),
    ],
)
def test_money_is_read_as_people_write_it(text, fen):
    assert Yuan.of(text).fen == fen


@pytest.mark.parametrize("text", ["", "1.234", "1,23", "abc", "1e3", "--1", "NaN", "１００万", "9" * 40])
def test_what_is_no_amount_is_gently_refused(text):
    with pytest.raises(BadInput, match="不是有效的金额"):
        Yuan.of(text)


@pytest.mark.parametrize("amount", [0.1, True, None])
def test_money_is_never_made_from_a_float_or_a_truth(amount):
    with pytest.raises(TypeError):
        Yuan.of(amount)
    with pytest.raises(TypeError):
        Yuan(amount)


@given(FEN)
def test_money_reads_its_own_writing(fen):
    assert Yuan.of(str(Yuan(fen))) == Yuan(fen)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any))
def test_a_split_loses_no_fen_and_is_off_by_less_than_one(fen, weights):
    parts = Yuan(fen).split(weights)
    assert Yuan.total(parts) == Yuan(fen)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.fen - Fraction(fen * weight, sum(weights))) < 1


def test_rounding_is_half_up_on_both_sides_of_zero():
    assert [Yuan.rounded(Decimal(x)).fen for x in ("0.005", "0.0049", "-0.005", "2.675")] == [1, 0, -1, 268]


def test_a_chair_who_served_half_the_year_gets_half():
    assert Yuan.of("5000").times(Fraction(6, 12)) == Yuan.of("2500")


def test_money_adds_compares_and_multiplies_only_with_its_kind():
    assert Yuan(600) * 34 + Yuan(1) - Yuan(1) == Yuan(20400) == 34 * Yuan(600)
    assert max(Yuan(1), Yuan(2)) == Yuan(2)
    for wrong in (lambda: Yuan(1) + 1, lambda: Yuan(1) * 0.5, lambda: Yuan(1) * Yuan(1), lambda: Yuan(1) < 1):
        with pytest.raises(TypeError):
            wrong()
