"""Who is eligible: the vectors of Appendix F, the lines, the exclusions, the migrants; no database."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from niangjia.eligibility import rules
from niangjia.eligibility.rules import Category, Cause, Change, Expense
from niangjia.kernel.money import Yuan
from tests.eligibility.households import EXCLUSIONS, HOMES, household, migrant, standards


def category(situation, by=None):
    return rules.judge(situation, by or standards()).category


@pytest.mark.parametrize(
    ("income", "medical", "net", "expected"),
    [
        (54_000, 28_000, "722.22", Category.DEEP),
        (60_000, 15_000, "1,250.00", Category.RELATIVE),
        (58_320, 0, "1,620.00", Category.NONE),
    ],
)
def test_the_vectors_of_the_appendix(income, medical, net, expected):
    verdict = rules.judge(household(income=income, medical=medical), standards())
    assert (verdict.category, str(verdict.per_head)) == (expected, net)


def test_equal_is_not_below_and_one_fen_is():
    on_the_line = household(income="29160.00", medical=0)
    assert category(on_the_line) is Category.RELATIVE
    assert category(replace(on_the_line, income=Yuan(29_160_00 - 1))) is Category.DEEP
    assert category(household(income="58319.99", medical=0)) is Category.RELATIVE


def test_a_negative_net_income_stays_negative_and_is_deep():
    verdict = rules.judge(household(income=10_000, medical=46_000), standards())
    assert (verdict.category, str(verdict.per_head)) == (Category.DEEP, "-1,000.00")


def test_the_multiple_and_the_standard_are_those_of_the_county():
    family = household(income=60_000, medical=15_000)
    assert category(family, standards(living="1250.00")) is Category.RELATIVE
    assert category(family, standards(living="1250.01")) is Category.DEEP
    assert category(family, standards(relative="3/2")) is Category.NONE
    assert category(family, standards(relative="4/3", deep="5/4")) is Category.NONE


def test_nobody_is_judged_without_the_data_and_each_missing_thing_has_its_next_step():
    assert [one.fact for one in rules.judge(household(persons=0), standards()).missing] == ["persons"]
    blank = replace(
        household(), persons=None, income=None, expenses={}, compensation=None, flags=None, migrant=None
    )
    verdict = rules.judge(blank, standards(living=None))
    assert verdict.category is Category.NEEDS_DATA
    assert [one.fact for one in verdict.missing] == [
        "min_living", "persons", "income", *(f"expenses.{kind}" for kind in Expense), "compensation", "flags",
        "migrant",
    ]  # fmt: skip
    assert all("请" in str(one.words) for one in verdict.missing)
    assert (verdict.ways, verdict.numbers) == ((), None)


def test_the_incomes_of_all_members_make_the_total_where_none_is_declared():
    family = household(income=54_000)
    split = replace(family, income=None, incomes=(("陈一", Yuan.of(50_000)), ("李二", Yuan.of(4_000))))
    assert category(split) is category(family) is Category.DEEP
    unknown = replace(split, incomes=(("陈一", Yuan.of(50_000)), ("李二", None)))
    assert [str(one.words) for one in rules.judge(unknown, standards()).missing] == [
        "还没有填写 李二 等 1 人的年收入。没有收入的请填 0。"
    ]
    assert rules.judge(split, standards()).warnings == ()
    told = rules.judge(replace(split, income=Yuan.of(55_000)), standards()).warnings
    assert [str(one) for one in told] == [
        "各成员年收入合计 54,000.00 元，与家庭年收入 55,000.00 元不一致。请核对。"
    ]


def test_a_sudden_expense_above_the_share_of_the_income_is_accidental_hardship():
    struck = household(
        income=100_000, medical=0, persons=2, cause=Cause.ACCIDENT, expenses={Expense.ACCIDENT: 80_000}
    )
    poor = replace(struck, persons=1)
    assert category(replace(struck, income=Yuan.of(200_000))) is Category.NONE
    assert category(poor, standards(living="700.00")) is Category.NONE
    just_above = replace(poor, expenses={**poor.expenses, Expense.ACCIDENT: Yuan(80_000_01)})
    assert category(just_above, standards(living="700.00")) is Category.ACCIDENTAL
    assert category(just_above, standards(living="900.00")) is Category.RELATIVE


def test_compensation_lessens_the_burden_and_never_makes_an_income():
    ill = household(income=60_000, medical=15_000, cause=Cause.ILLNESS)
    assert category(ill) is Category.RELATIVE
    paid = replace(ill, compensation=Yuan.of(15_000))
    assert category(paid) is Category.NONE
    assert rules.judge(replace(paid, compensation=Yuan.of(90_000)), standards()).per_head == Yuan.rounded(
        Fraction(60_000, 36)
    )


def test_an_exclusion_stops_the_file_and_leaves_the_door_of_the_exception():
    verdict = rules.judge(household(flags=frozenset({HOMES})), standards())
    assert (verdict.category, verdict.may_be_excepted, verdict.is_eligible) == (
        Category.EXCLUDED,
        True,
        False,
    )
    (way,) = verdict.ways
    assert way.changes == (Change("flags", frozenset()),)
    assert str(way.words) == "如果没有“拥有两套及以上住房”的情形，按现有资料的结果是“深度困难”。"


def test_only_the_countys_own_list_excludes():
    flagged = household(flags=frozenset({HOMES}))
    assert category(flagged, standards(exclusions=EXCLUSIONS[1:])) is Category.DEEP


def test_a_migrant_needs_membership_a_home_here_and_the_anniversary():
    assert category(migrant()) is Category.DEEP
    late = migrant(labour_since=date(2017, 9, 3))
    verdict = rules.judge(late, standards())
    assert verdict.category is Category.NONE
    (way,) = verdict.ways
    assert way.changes == (Change("applied_on", date(2018, 9, 3)),)
    assert "2018年9月3日" in str(way.words)
    assert category(replace(late, applied_on=date(2018, 9, 3))) is Category.DEEP
    assert category(migrant(member_since=None)) is Category.NONE
    assert category(migrant(lives_here=False)) is Category.NONE
    assert category(migrant(lives_here=None)) is Category.NEEDS_DATA
    assert category(household(member_since=None, lives_here=False)) is Category.DEEP


def test_the_anniversary_of_a_leap_day_is_the_28th_of_february():
    leap = migrant(labour_since=date(2016, 2, 29))
    assert category(replace(leap, applied_on=date(2017, 2, 28))) is Category.DEEP
    assert category(replace(leap, applied_on=date(2017, 2, 27))) is Category.NONE


def test_a_migrant_who_lacks_everything_is_told_everything():
    poor = migrant(
        labour_since=date(2018, 1, 1), member_since=None, lives_here=False, income=120_000, medical=0
    )
    for way in rules.judge(poor, standards()).ways:
        assert {"applied_on", "member_since", "lives_here"} < {one.fact for one in way.changes}
        assert category(rules.changed(poor, way.changes)) is way.leads_to is not Category.NONE


def test_what_would_change_it_is_told_to_the_fen():
    verdict = rules.judge(household(income=60_000, medical=15_000), standards())
    assert [str(way.words) for way in verdict.ways] == [
        "家庭年可支配收入再少 15,840.01 元（人均每月约 440.00 元），只有 44,159.99 元，结果变为“深度困难”。",
        (
            "家庭年可支配收入再多 13,320.00 元（人均每月约 370.00 元），达到 73,320.00 元，"
            "结果变为“不符合建档条件”。"
        ),
        "医疗自付再少 13,320.00 元，只有 1,680.00 元，结果变为“不符合建档条件”。",
        "医疗自付再多 15,840.01 元，达到 30,840.01 元，结果变为“深度困难”。",
        "共同生活的人由 3 人变为 2 人，结果变为“不符合建档条件”。",
        "共同生活的人由 3 人变为 5 人，结果变为“深度困难”。",
    ]


def test_each_sentence_names_the_value_the_line_and_the_paper():
    verdict = rules.judge(household(), standards())
    told = {one.code: one for one in verdict.reasons}
    assert str(told["net"].words) == (
        "家庭年可支配收入 54,000.00 元，减去刚性支出 28,000.00 元，除以 12 个月，再除以 3 人："
        "人均月净收入 722.22 元。"
    )
    assert str(told["deep"].words) == (
        "人均月净收入 722.22 元，低于深度困难线 810.00 元（低保标准 810.00 元的 1 倍）。"
    )
    assert str(told["deep"].paper) == "某县文件〔2018〕9 号（自 2018年1月1日 起）"
    assert (told["deep"].rule, told["deep"].met, told["sudden"].checked) == ("R-AID-04", True, False)
    assert "尚未核对" in str(told["sudden"].paper)


def test_a_rounded_figure_never_stands_on_the_other_side_of_its_line():
    just_below = household(income="58319.99", medical=0)
    told = {one.code: str(one.words) for one in rules.judge(just_below, standards()).reasons}
    assert "人均月净收入 1,619.99 元，低于相对困难线 1,620.00 元" in told["relative"]


def test_a_negative_amount_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="never negative"):
        household(income="-1")
