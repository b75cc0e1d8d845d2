"""Numbers as the newspaper says them; persons and person-times apart."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from niangjia.kernel.counting import Count, Measure, Style, in_english, wording
from niangjia.kernel.money import Yuan

MORE = [Style.AND_MORE, Style.MANY]


@pytest.mark.parametrize(
    ("n", "unit", "style", "said"),
    [
        (2513, "家", Style.AND_MORE, "2500余家"),
        (80214, "家", Style.AND_MORE, "8万余家"),
        (600730, "", Style.AND_MORE, "60余万"),
        (3012, "名", Style.MANY, "3000多名"),
        (3012, "", Style.MANY, "3000多"),
        (335, "", Style.EXACT, "335"),
        (86, "", Style.AND_MORE, "86"),
        (Yuan.of("1963500.00"), "", Style.OVER, "超196万元"),
        (Yuan.of("20400.00"), "", Style.AND_MORE, "2万余元"),
        (6012, "名", Style.MANY, "6000多名"),
        (1012, "名", Style.AND_MORE, "1000余名"),
        (1236, "人次", Style.AND_MORE, "1200余人次"),
        (1236, "", Style.EXACT, "1236"),
        (20140, "", Style.AND_MORE, "2万余"),
        (14, "家", Style.EXACT, "14家"),
    ],
)
def test_the_figures_of_the_page_come_out(n, unit, style, said):
    assert wording(n, unit, style) == said


@pytest.mark.parametrize(
    ("n", "style", "digits", "said"),
    [
        (2500, Style.AND_MORE, None, "2500家"),
        (2512, Style.AND_MORE, None, "2500余家"),
        (600000, Style.AND_MORE, None, "60万家"),
        (1_960_000, Style.OVER, None, "196万家"),
        (1_960_001, Style.OVER, None, "超196万家"),
        (14, Style.MANY, 1, "10多家"),
        (235, Style.AND_MORE, None, "230余家"),
        (12_513, Style.AND_MORE, None, "1.2万余家"),
        (1_236_000, Style.AND_MORE, None, "120余万家"),
        (196_350_000, Style.AND_MORE, None, "1.9亿余家"),
        (1_012_345_678, Style.AND_MORE, None, "10余亿家"),
        (2_487, Style.ABOUT, None, "约2500家"),
        (2_500, Style.ABOUT, None, "2500家"),
        (99_960, Style.ABOUT, 3, "约10万家"),
        (0, Style.AND_MORE, None, "0家"),
        (80_214, Style.AND_MORE, 3, "8.02万余家"),
    ],
)
def test_other_numbers_follow_the_same_rule(n, style, digits, said):
    assert wording(n, "家", style, digits=digits) == said


def test_odd_fen_are_more_than_the_whole_yuan():
    assert wording(Yuan.of("86.50")) == "86元余"
    assert wording(Yuan.of("86.50"), style=Style.EXACT) == "86.50元"
    assert wording(Yuan.of("86.00"), style=Style.EXACT) == "86元"


def value_of(said):
    found = re.search(r"([\d.]+)[余多]?([万亿]?)", said)
    scale = {"": 1, "万": 10**4, "亿": 10**8}[found[2]]
    return round(float(found[1]) * scale)


@given(st.integers(0, 10**10), st.sampled_from([*MORE, Style.OVER]))
def test_the_word_never_says_more_than_there_is(n, style):
    said = wording(n, "家", style)
    assert value_of(said) <= n
    assert (value_of(said) == n) == (style.value not in said)


@given(st.integers(1, 10**10), st.sampled_from(MORE), st.integers(1, 4))
def test_the_word_keeps_so_many_digits_and_names_the_next_step(n, style, digits):
    step = 10 ** max(len(str(n)) - digits, 0)
    assert 0 <= n - value_of(wording(n, "家", style, digits=digits)) < step


@given(st.integers(0, 10**10))
def test_an_exact_number_is_said_digit_by_digit(n):
    assert wording(n, "家", Style.EXACT) == f"{n}家"


def test_a_negative_count_is_a_mistake():
    for wrong in (lambda: wording(-1, "家"), lambda: Count(-1, Measure.PERSONS)):
        with pytest.raises(ValueError, match="never negative"):
            wrong()


def test_persons_and_person_times_never_add_up_or_compare():
    persons, attendances = Count(1012, Measure.PERSONS), Count(1236, Measure.ATTENDANCES)
    for wrong in (
        lambda: persons + attendances,
        lambda: attendances - persons,
        lambda: persons < attendances,
        lambda: persons <= attendances,
        lambda: Count.total(Measure.PERSONS, [persons, attendances]),
    ):
        with pytest.raises(TypeError, match="never add up"):
            wrong()
    with pytest.raises(TypeError):
        persons + 1
    assert persons != Count(1012, Measure.ATTENDANCES)


def test_counts_of_one_measure_add_and_speak():
    total = Count.total(Measure.PERSONS, [Count(1000, Measure.PERSONS), Count(12, Measure.PERSONS)])
    assert total.wording(unit="名") == "1000余名"
    assert total - Count(12, Measure.PERSONS) == Count(1000, Measure.PERSONS)
    assert str(Count(34, Measure.ITEMS)) == "34笔"


@pytest.mark.parametrize(
    ("n", "style", "said"),
    [(2513, Style.AND_MORE, "2,500+"), (2500, Style.MANY, "2,500"), (2487, Style.ABOUT, "about 2,500")],
)
def test_the_english_reader_gets_the_same_number(n, style, said):
    assert in_english(n, style) == said


@given(st.integers(1, 10**9))
def test_chinese_and_english_agree(n):
    assume(n >= 1)
    assert value_of(wording(n)) == int(in_english(n).replace(",", "").rstrip("+"))
