"""Whose value is in force, and whether a union may set its own (domain.md §2.2, S-NB-14)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel import policy
from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.policy import (
    Level,
    LocalValue,
    OutOfForce,
    require_local_value,
    shipped,
    validate_local_value,
    workday_calendar,
)

PROVINCE, CITY, COUNTY, TOWN = 1, 2, 3, 4
CHAIN = (TOWN, COUNTY, CITY, PROVINCE)
DAY = date(2018, 8, 1)
NOTICE, SUBSIDY, STANDARD = "aid.notice_workdays", "rating.subsidy_table", "aid.min_living_standard"


def local(unit, value, key=NOTICE, since=date(2018, 1, 1), **more):
    return LocalValue(key, unit, value, since, paper="某总工〔2018〕1号", **more)


def on(values, key=NOTICE, day=DAY, chain=CHAIN, **dims):
    return policy.on(key, day, chain, values, **dims)


def told(proposal, level=Level.COUNTY, above=(CITY, PROVINCE), values=()):
    definition = shipped().definition(proposal.key)
    return [
        str(s) for s in validate_local_value(definition, proposal, level=level, above=above, values=values)
    ]


def test_without_local_values_the_shipped_one_is_in_force_with_its_paper():
    decided = on([])
    assert (decided.value, decided.source, decided.verified) == (5, None, True)
    assert decided.paper == "县级困难职工帮扶办法"


def test_the_nearest_unit_that_sets_the_key_decides():
    decided = on([local(PROVINCE, 6), local(COUNTY, 8), local(CITY, 7), local(99, 9)])
    assert (decided.value, decided.source, decided.paper) == (8, COUNTY, "某总工〔2018〕1号")
    assert decided.of(int) == 8


def test_a_value_is_in_force_only_in_its_time():
    values = [local(COUNTY, 8, since=date(2018, 8, 1), until=date(2018, 9, 1))]
    assert [on(values, day=day).value for day in (date(2018, 7, 31), DAY, date(2018, 9, 1))] == [5, 8, 5]


def test_a_value_beyond_the_bounds_of_the_level_above_is_cut_and_says_so():
    above = replace(local(CITY, 7, high=8), paper="某总工〔2018〕2号")
    decided = on([above, local(PROVINCE, 6, high=15), local(COUNTY, 12)])
    assert (decided.value, decided.source, decided.cut, decided.cut_by) == (8, COUNTY, True, CITY)
    assert decided.paper == "某总工〔2018〕2号"


def test_bounds_without_a_value_bind_the_levels_below_and_the_shipped_value():
    decided = on([local(CITY, None, low=7)])
    assert (decided.value, decided.cut_by, decided.paper) == (7, CITY, "某总工〔2018〕1号")


def test_a_value_beyond_the_bounds_of_the_catalogue_is_cut_by_nobody():
    decided = on([local(COUNTY, 99)])
    assert (decided.value, decided.source, decided.cut, decided.cut_by) == (20, COUNTY, True, None)


def test_a_list_beyond_the_bounds_gives_way_to_the_one_above():
    key = "term.remind_months"
    assert on([local(COUNTY, [60], key)], key).value == (6, 3, 1)
    assert on([local(COUNTY, [12, 2], key)], key).value == (12, 2)


def test_a_lock_stops_every_level_below():
    decided = on([local(CITY, 7, locked=True), local(COUNTY, 8), local(TOWN, 9)])
    assert (decided.value, decided.source) == (7, CITY)


def test_a_policy_locked_in_the_catalogue_takes_no_local_value():
    key = "rating.subsidy_ceiling_person_year"
    assert on([local(CITY, "9000.00", key)], key).value == Yuan.of(5000)


def test_a_table_beyond_its_bounds_gives_way_to_the_one_above():
    rows = [{"star": 5, "amount": "6000.00"}]
    assert on([local(COUNTY, rows, SUBSIDY)], SUBSIDY).source is None
    rows = [{"star": 5, "amount": "4000.00"}]
    assert on([local(COUNTY, rows, SUBSIDY)], SUBSIDY).value == ({"star": 5, "amount": Yuan.of(4000)},)


def test_a_spoilt_row_in_the_database_never_breaks_a_decision():
    assert on([local(COUNTY, "abc")]).value == 5


def test_the_most_exact_dimensions_win():
    values = [
        local(COUNTY, "900.00", STANDARD),
        local(COUNTY, "950.00", STANDARD, dims={"county": "330803"}),
    ]
    assert on(values, STANDARD, county="330803").value == Yuan.of(950)
    assert on(values, STANDARD, county="330112").value == Yuan.of(900)
    assert on(values, STANDARD).value == Yuan.of(900)


def test_dimensions_may_come_from_json_as_truths_and_numbers():
    key = "aid.study_amounts"
    values = [local(COUNTY, "6000.00", key, dims={"stage": "undergraduate", "filed": True})]
    assert on(values, key, stage="undergraduate", filed=True).value == Yuan.of(6000)
    assert on(values, key, stage="undergraduate", filed=False).value == Yuan.of(3000)


def test_an_unknown_dimension_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError, match="has no dimension 'colour'"):
        on([], colour="red")


def test_before_its_time_the_error_says_since_when_there_is_a_value():
    with pytest.raises(OutOfForce, match=r"2016年12月31日 还没有生效的值，自 2017年1月1日 起才有") as error:
        on([], SUBSIDY, day=date(2016, 12, 31))
    assert error.value.code == "out_of_force"


def test_after_its_time_the_error_says_until_when_there_was_one(tmp_path):
    text = """
[[policy]]
key = "aid.x"
label = { zh = "某值", en = "Some value" }
description = { zh = "说明", en = "Text" }
type = "count"
unit = "day"
mark = "U"
[[policy.value]]
since = 2016-01-01
until = 2018-01-01
value = 5
paper = "文件"
verified = false
"""
    (tmp_path / "aid.toml").write_text(text, encoding="utf-8")
    definition = policy.Catalogue.load([tmp_path]).definition("aid.x")
    with pytest.raises(OutOfForce, match="最后一个值到 2018年1月1日 为止"):
        policy.decide(definition, DAY, (), ())


def test_a_dimension_without_a_value_is_told():
    with pytest.raises(OutOfForce, match=r"没有为 data_class video 规定的值"):
        on([], "privacy.retention", data_class="video")


def test_a_value_is_handed_out_as_the_type_a_rule_asks_for():
    with pytest.raises(TypeError, match=r"aid.notice_workdays is int, not Yuan"):
        on([]).of(Yuan)


LOCALS = st.lists(
    st.builds(
        local,
        st.sampled_from(CHAIN),
        st.one_of(st.none(), st.integers(0, 30)),
        low=st.one_of(st.none(), st.integers(5, 9)),
        high=st.one_of(st.none(), st.integers(9, 20)),
        locked=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda value: value.unit_id,
)


@given(LOCALS)
def test_whatever_units_set_the_value_stays_inside_the_catalogue_and_every_bound_above(values):
    decided = on(values)
    assert 5 <= decided.value <= 20
    by_unit = {value.unit_id: value for value in values}
    for unit in reversed(CHAIN):
        if unit == decided.source:
            break
        above = by_unit.get(unit)
        if above and decided.source is not None:
            assert not above.locked
            assert above.low is None or decided.value >= above.low
            assert above.high is None or decided.value <= above.high


def test_a_union_may_set_its_value_inside_the_bounds_with_a_paper():
    assert told(local(COUNTY, 8), values=[local(CITY, 7, high=9)]) == []


@pytest.mark.parametrize(
    ("proposal", "level", "sentence"),
    [
        (local(TOWN, 8), Level.TOWN, "“帮扶公示期”不能由镇街一级设定，可以设定的是：省、市、县（市、区）。"),
        (local(COUNTY, 3), Level.COUNTY, "应在 5 至 20 之间，现在是 3。"),
        (local(COUNTY, "五天"), Level.COUNTY, "应为整数，现在是“五天”。"),
        (local(COUNTY, 8, dims={"city": "x"}), Level.COUNTY, "这项政策不按“city”区分。"),
        (local(COUNTY, None), Level.COUNTY, "请填写值，或者为下级设定上下限。"),
        (local(COUNTY, 8, low=9, high=7), Level.COUNTY, "值不在您为下级设定的上下限之内。"),
        (local(COUNTY, None, low=9, high=7), Level.COUNTY, "下限不能大于上限。"),
        (
            local(COUNTY, None, high=30),
            Level.COUNTY,
            "上下限超出上级规定的范围：应在 5 至 20 之间，现在是 30。",
        ),
        (local(COUNTY, 8, until=date(2017, 1, 1)), Level.COUNTY, "结束日期应晚于开始日期。"),
        (
            local(CITY, "1.00", "rating.subsidy_ceiling_person_year"),
            Level.CITY,
            "“主席补贴每人每年最高限额”由平台统一锁定，各级不能另设。",
        ),
        (
            local(CITY, 30, "org.committee_required_members"),
            Level.CITY,
            "“必须设立工会委员会的会员人数”各级都不能另设。",
        ),
        (
            local(COUNTY, [{"star": 5, "amount": "6000.00"}], SUBSIDY),
            Level.COUNTY,
            "第 1 行：“amount”一栏应在 0.00 至 5,000.00 之间，现在是 6,000.00。",
        ),
        (local(COUNTY, [{"star": 5}], SUBSIDY), Level.COUNTY, "第 1 行：缺少“amount”这一栏。"),
        (local(COUNTY, [], SUBSIDY, low=1), Level.COUNTY, "这类值没有上下限，请把上限和下限留空。"),
    ],
)
def test_every_refusal_is_gentle_and_exact(proposal, level, sentence):
    assert sentence in told(proposal, level)


def test_the_bound_of_the_level_above_is_named():
    assert told(local(COUNTY, 12), values=[local(CITY, 7, high=8)]) == [
        "超出上级规定的范围：应在 5 至 8 之间，现在是 12。"
    ]


def test_a_lock_above_is_told_with_the_next_step():
    assert told(local(COUNTY, 8), values=[local(CITY, 7, locked=True)]) == [
        "“帮扶公示期”已由上级锁定，如需调整请向上级工会提出。"
    ]


def test_a_value_without_a_paper_is_refused():
    proposal = LocalValue(NOTICE, COUNTY, 8, DAY)
    assert told(proposal) == ["请填写依据文件的名称和文号。"]
    with pytest.raises(BadInput, match="依据文件"):
        require_local_value(shipped().definition(NOTICE), proposal, level=Level.COUNTY)


def test_two_values_of_one_unit_for_one_time_are_refused_but_a_change_of_the_same_is_not():
    existing = local(COUNTY, 6, id=7)
    assert told(local(COUNTY, 8, since=DAY), values=[existing]) == [
        "自 2018年1月1日 起已有一个值，请先为它填写结束日期，再登记新的值。"
    ]
    assert told(local(COUNTY, 8, since=DAY, id=7), values=[existing]) == []


def test_several_reasons_come_together():
    assert len(told(LocalValue(NOTICE, TOWN, 99, DAY), level=Level.TOWN)) == 3


def test_a_province_adds_a_year_to_the_calendar():
    value = {"holidays": ["2019-02-04/2019-02-10"], "workdays": ["2019-02-02"]}
    year = local(PROVINCE, value, "calendar.workdays", since=date(2019, 1, 1), dims={"year": 2019})
    calendar = workday_calendar([year], CHAIN)
    assert calendar.knows(date(2019, 1, 1))
    assert calendar.is_workday(date(2019, 2, 2))
    assert not calendar.is_workday(date(2019, 2, 8))
    assert told(year, Level.PROVINCE, above=()) == []


def test_shares_are_exact():
    assert on([local(PROVINCE, "0.006", "member.dues_rate")], "member.dues_rate").of(Fraction) == Fraction(
        6, 1000
    )
