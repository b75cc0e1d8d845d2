from datetime import date

import pytest

from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import BadInput, NotAllowed, Refused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.money import Yuan
from niangjia.kernel.policy import OutOfForce
from niangjia.kernel.versions import Overtaken
from niangjia.policies import actions, queries
from niangjia.policies.models import LocalValue
from niangjia.tree import actions as tree
from tests.conftest import AT, TODAY
from tests.policies.conftest import CTY, MUN, PRI, TWN, officer, plant

KEY = "visit.hospital_days"
SOON = date(2018, 9, 1)


def put(unit, value=5, *, since=TODAY, by=SYSTEM, key=KEY, paper="慈总工〔2018〕3号", version=None, **more):
    draft = actions.ValueDraft(key=key, value=value, since=since, paper=paper, **more)
    return actions.set_local_value(unit_id=unit.pk, draft=draft, version=version, today=TODAY, by=by, at=AT)


def value(unit, day=TODAY, key=KEY, **dims):
    return queries.value_in_force(key=key, unit_id=unit.pk, day=day, **dims).value


def test_a_county_value_holds_for_all_below_it_and_nobody_else(line):
    put(line.county, by=officer(CTY, line.county))
    assert (value(line.county), value(line.primary), value(line.city), value(line.other_city)) == (5, 5, 3, 3)


def test_the_nearest_value_wins_and_says_whose_it_is_and_on_which_paper(line):
    put(line.city, 7)
    put(line.town, 4, paper="匡工〔2018〕1号")
    found = queries.decide(key=KEY, unit_id=line.primary.pk, day=TODAY)
    assert (found.decided.value, found.source_name, found.decided.paper) == (
        4,
        "匡堰镇总工会",
        "匡工〔2018〕1号",
    )
    assert queries.decide(key=KEY, unit_id=line.county.pk, day=TODAY).source_name == "宁波市总工会"


def test_a_new_value_ends_the_one_before_and_the_past_keeps_its_own(line):
    first = put(line.county, 5, since=date(2018, 1, 1))
    put(line.county, 6, since=SOON)
    first.refresh_from_db()
    assert first.until == SOON
    assert [value(line.county, day) for day in (date(2017, 12, 31), date(2018, 8, 31), SOON)] == [3, 5, 6]


def test_a_value_in_use_is_never_changed_for_days_gone_by(line):
    put(line.county, 5, since=date(2018, 1, 1))
    with pytest.raises(Refused, match="最早从今天"):
        put(line.county, 6, since=date(2018, 5, 1))
    with pytest.raises(Refused, match="不能改写"):
        put(line.county, 6, since=date(2018, 1, 1))


def test_a_planned_value_may_be_replaced_and_a_value_before_it_ends_where_it_begins(line):
    put(line.county, 6, since=SOON)
    put(line.county, 7, since=SOON)
    put(line.county, 5, since=TODAY)
    rows = LocalValue.objects.filter(unit=line.county).order_by("since")
    assert list(rows.values_list("value", "since", "until")) == [(5, TODAY, SOON), (7, SOON, None)]


def test_a_bound_of_the_city_is_kept_below_and_told_in_words(line):
    put(line.city, 5, low=3, high=6)
    with pytest.raises(BadInput, match="应在 3 至 6 之间"):
        put(line.county, 7)
    put(line.county, 6)
    assert value(line.primary) == 6


def test_a_lock_of_the_city_stops_every_level_below(line):
    put(line.city, 5, locked=True)
    for unit in (line.county, line.town):
        with pytest.raises(BadInput, match="已由上级锁定"):
            put(unit, 4)


def test_a_later_bound_cuts_what_was_set_below_and_names_who_cut(line):
    put(line.county, 10, since=date(2018, 1, 1))
    put(line.city, 5, since=TODAY, high=6)
    found = queries.decide(key=KEY, unit_id=line.primary.pk, day=TODAY)
    assert (found.decided.value, found.source_name, found.cut_name) == (6, "慈溪市总工会", "宁波市总工会")
    assert value(line.primary, date(2018, 8, 19)) == 10


def test_the_ceiling_of_the_page_is_locked_for_everybody(line):
    with pytest.raises(BadInput, match="平台统一锁定"):
        put(line.city, "6000.00", key="rating.subsidy_ceiling_person_year")
    assert value(line.primary, key="rating.subsidy_ceiling_person_year") == Yuan.of(5000)


def test_a_level_that_may_not_set_is_told_which_may(line):
    with pytest.raises(BadInput, match="可以设定的是：县（市、区）、镇街"):
        put(line.city, "900.00", key="rights.travel_advance_per_worker")
    group = plant("union_group", "一组", line.primary)
    with pytest.raises(NotAllowed, match="基层工会"):
        put(group)


def test_without_a_paper_nothing_is_set(line):
    with pytest.raises(BadInput, match="依据文件"):
        put(line.county, paper="  ")


def test_a_case_has_its_own_value_beside_the_others(line):
    put(line.county, "1100.00", key="aid.min_living_standard", dims={"county": "330282"})
    assert value(line.town, key="aid.min_living_standard", county="330282") == Yuan.of(1100)
    assert value(line.town, key="aid.min_living_standard", county="330205") == Yuan.of(810)


def test_only_an_officer_of_that_union_sets_its_value(line):
    for who in (officer(MUN, line.city), officer(TWN, line.town)):
        with pytest.raises(NotAllowed):
            put(line.county, by=who)
    with pytest.raises(BadInput):
        put(line.primary, by=officer(PRI, line.primary))


def test_the_second_to_save_sees_who_was_first(line):
    version = queries.own_version(unit_id=line.county.pk, key=KEY, dims={})
    put(line.county, 5, version=version)
    with pytest.raises(Overtaken, match="刚刚被"):
        put(line.county, 6, since=SOON, version=version)
    now = queries.own_version(unit_id=line.county.pk, key=KEY, dims={})
    put(line.county, 6, since=SOON, version=now)


def test_an_ended_value_gives_way_to_the_one_above_from_its_day(line):
    row = put(line.county, 5)
    with pytest.raises(BadInput, match="早于今天"):
        actions.end_local_value(
            value_id=row.pk, until=date(2018, 8, 1), reason="文件废止", today=TODAY, by=SYSTEM, at=AT
        )
    actions.end_local_value(value_id=row.pk, until=SOON, reason="文件废止", today=TODAY, by=SYSTEM, at=AT)
    assert (value(line.county, date(2018, 8, 31)), value(line.county, SOON)) == (5, 3)


def test_a_withdrawn_plan_lets_the_value_before_it_go_on(line):
    first = put(line.county, 5)
    plan = put(line.county, 6, since=SOON)
    with pytest.raises(Refused, match="只能停用"):
        actions.withdraw_local_value(value_id=first.pk, reason="误", today=TODAY, by=SYSTEM, at=AT)
    actions.withdraw_local_value(value_id=plan.pk, reason="文件未印发", today=TODAY, by=SYSTEM, at=AT)
    first.refresh_from_db()
    assert (first.until, value(line.county, SOON)) == (None, 5)


def test_every_change_is_journalled_with_what_was_and_what_is(line):
    row = put(line.county, 5, by=officer(CTY, line.county))
    actions.end_local_value(value_id=row.pk, until=SOON, reason="文件废止", today=TODAY, by=SYSTEM, at=AT)
    set_line, end_line = JournalLine.objects.filter(kind=actions.KIND, object_id=row.pk).order_by("id")
    assert (set_line.verb, set_line.user_id, set_line.after["value"]) == ("set_local_value", 7, 5)
    assert (end_line.before["until"], end_line.after["until"], end_line.reason) == (
        None,
        "2018-09-01",
        "文件废止",
    )


def test_outside_its_time_a_policy_says_since_when_there_is_a_value(line):
    with pytest.raises(OutOfForce, match="自 2017年1月1日 起才有"):
        value(line.primary, date(2016, 12, 31), key="rating.subsidy_table")


def test_a_moved_union_follows_the_values_of_its_new_parents_from_that_day(line):
    put(line.city, 5, since=date(2018, 1, 1))
    tree.move_unit(
        unit=line.county, parent=line.other_city, since=date(2018, 8, 10), today=TODAY, by=SYSTEM, at=AT
    )
    assert (value(line.town, date(2018, 8, 9)), value(line.town, date(2018, 8, 10))) == (5, 3)


def test_the_page_of_a_key_shows_the_way_down_the_history_and_who_below_differs(line):
    put(line.city, 5, high=8)
    put(line.county, 7)
    page = queries.policy_page(key=KEY, unit_id=line.town.pk, day=TODAY)
    assert [str(step.holds) for step in page.steps] == [
        "3 个工作日",
        "3 个工作日",
        "5 个工作日",
        "7 个工作日",
        "7 个工作日",
    ]
    assert [one.unit_name for one in page.history] == ["慈溪市总工会", "宁波市总工会"]
    above = queries.policy_page(key=KEY, unit_id=line.province.pk, day=TODAY)
    assert [one.unit_name for one in above.below] == ["宁波市总工会", "慈溪市总工会"]
