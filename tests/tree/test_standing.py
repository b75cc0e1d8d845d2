from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import AT, TODAY

from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.paths import segment
from niangjia.kernel.scoping import enter_scope
from niangjia.tree import actions, queries
from niangjia.tree.models import Placement, Relation, Unit

BEGAN = date(2010, 1, 1)


def plant(name, parent=None, since=BEGAN):
    return actions.plant_unit(kind="town_union", name=name, parent=parent, division=None, since=since)


def move(unit, parent, since, today=TODAY):
    actions.move_unit(unit=unit, parent=parent, since=since, today=today, by=SYSTEM, at=AT)


def path_of(unit):
    return Unit.objects.get(pk=unit.pk).path


def chain(*units):
    return "".join(segment(unit.pk) for unit in units)


@pytest.fixture
def family(world):
    root = plant("省")
    west, east = plant("西市", root), plant("东市", root)
    county = plant("县", west)
    town = plant("镇", county)
    return {"root": root, "west": west, "east": east, "county": county, "town": town}


def test_a_moved_unit_takes_all_below_it_along_and_the_past_stays(family):
    move(family["county"], family["east"], date(2018, 3, 1))
    root, west, east, county, town = family.values()
    assert path_of(town) == chain(root, east, county, town)
    assert queries.placement_on(unit_id=town.pk, day=date(2018, 2, 28)).path == chain(
        root, west, county, town
    )
    assert queries.chain_ids_on(unit_id=town.pk, day=date(2018, 3, 1)) == (
        town.pk,
        county.pk,
        east.pk,
        root.pk,
    )


def test_a_planned_move_waits_for_its_day(family):
    root, west, east, county, town = family.values()
    move(county, east, date(2018, 9, 1))
    assert path_of(town) == chain(root, west, county, town)
    assert actions.turn_the_day(today=date(2018, 8, 31)) == 0
    assert actions.turn_the_day(today=date(2018, 9, 1)) == 1
    assert path_of(town) == chain(root, east, county, town)
    assert actions.turn_the_day(today=date(2018, 9, 1)) == 0


def test_a_unit_below_may_move_before_a_planned_move_above_it_takes_effect(family):
    root, west, east, county, town = family.values()
    other = plant("乡", county)
    move(county, east, date(2018, 9, 1))
    move(town, other, date(2018, 8, 25))
    assert queries.placement_on(unit_id=town.pk, day=date(2018, 8, 26)).path == chain(
        root, west, county, other, town
    )
    assert queries.placement_on(unit_id=town.pk, day=date(2018, 9, 2)).path == chain(
        root, east, county, other, town
    )
    actions.turn_the_day(today=date(2018, 8, 25))
    assert path_of(town) == chain(root, west, county, other, town)
    actions.turn_the_day(today=date(2018, 9, 1))
    assert path_of(town) == chain(root, east, county, other, town)


def test_a_planned_move_lands_where_its_new_parent_stands_by_then(family):
    root, _, east, _, town = family.values()
    fourth = plant("南市", root)
    move(town, east, date(2018, 10, 1))
    move(east, fourth, date(2018, 9, 1))
    assert queries.placement_on(unit_id=town.pk, day=date(2018, 10, 1)).path == chain(
        root, fourth, east, town
    )
    actions.turn_the_day(today=date(2018, 10, 1))
    assert path_of(town) == chain(root, fourth, east, town)


def test_two_units_that_swap_places_on_one_day_end_up_right(family):
    root, _, _, county, town = family.values()
    move(town, root, date(2018, 9, 1))
    move(county, town, date(2018, 9, 1))
    actions.turn_the_day(today=date(2018, 9, 1))
    assert (path_of(town), path_of(county)) == (chain(root, town), chain(root, town, county))


@pytest.mark.parametrize(
    ("unit", "parent", "since", "words"),
    [
        ("west", "town", date(2018, 3, 1), "自己的下级"),
        ("west", "west", date(2018, 3, 1), "自己的下级"),
        ("county", "west", date(2018, 3, 1), "已经隶属于"),
        ("county", "east", BEGAN, "须晚于这一天"),
        ("root", "east", date(2018, 3, 1), "没有上级"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_in_words(family, unit, parent, since, words):
    with pytest.raises(Refused, match=words):
        move(family[unit], family[parent], since)


def test_a_parent_that_will_come_under_the_unit_is_refused_before_it_does(family):
    move(family["east"], family["town"], date(2018, 10, 1))
    with pytest.raises(Refused, match="自己的下级"):
        move(family["county"], family["east"], date(2018, 9, 1))


def test_a_move_before_an_own_planned_move_is_refused(family):
    move(family["town"], family["east"], date(2018, 10, 1))
    with pytest.raises(Refused, match="须晚于"):
        move(family["town"], family["west"], date(2018, 9, 1))


def test_a_unit_with_others_below_is_not_closed_and_an_empty_one_stays_readable(family):
    with pytest.raises(Refused, match="还有 1 个组织"):
        actions.close_unit(unit=family["county"], until=date(2018, 8, 1))
    actions.close_unit(unit=family["town"], until=date(2018, 8, 1))
    assert queries.placement_on(unit_id=family["town"].pk, day=date(2018, 8, 1)) is None
    move(family["county"], family["east"], date(2018, 8, 5))
    assert path_of(family["town"]) == chain(family["root"], family["east"], family["county"], family["town"])
    with pytest.raises(Refused, match="已经撤销"):
        move(family["town"], family["east"], date(2018, 8, 10))


def test_a_unit_older_than_its_parent_stands_from_the_parents_first_day(family):
    late = plant("新镇", family["county"], since=date(2015, 5, 1))
    firm = plant("老厂", late, since=date(1990, 1, 1))
    assert queries.placement_on(unit_id=firm.pk, day=date(2015, 4, 30)) is None
    assert queries.placement_on(unit_id=firm.pk, day=date(2015, 5, 1)).parent_id == late.pk


def test_a_unit_planted_under_a_parent_that_will_move_moves_along(family):
    root, west, east, county, _ = family.values()
    move(county, east, date(2018, 9, 1))
    young = plant("新村", county, since=date(2018, 8, 1))
    assert path_of(young) == chain(root, west, county, young)
    assert queries.placement_on(unit_id=young.pk, day=date(2018, 9, 1)).path == chain(
        root, east, county, young
    )


def test_a_guidance_relation_opens_reading_and_ends_with_the_unit(family):
    guide, county = family["east"], family["county"]
    actions.relate(
        child=family["town"], guide=guide, kind=Relation.Kind.LINE, since=date(2018, 1, 1), by=SYSTEM, at=AT
    )
    with pytest.raises(Refused, match="已经登记"):
        actions.relate(
            child=family["town"],
            guide=guide,
            kind=Relation.Kind.LINE,
            since=date(2018, 2, 1),
            by=SYSTEM,
            at=AT,
        )
    assert queries.line_paths(unit_id=guide.pk, day=TODAY) == (path_of(family["town"]),)
    actions.close_unit(unit=family["town"], until=date(2018, 8, 1))
    assert queries.line_paths(unit_id=guide.pk, day=TODAY) == ()
    assert not county.guides.exists()


DAYS = [BEGAN + timedelta(days=step) for step in range(9)]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["plant", "move", "close"]),
        st.integers(0, 7),
        st.integers(0, 7),
        st.sampled_from(DAYS),
    ),
    min_size=4,
    max_size=14,
)


def standing_by_day():
    """For every day: each standing unit with its parent, as the placements say; one row a unit and day."""
    rows = list(Placement.objects.values_list("unit_id", "parent_id", "path", "since", "until"))
    days = {}
    for day in DAYS:
        today = [row for row in rows if row[3] <= day and (row[4] is None or day < row[4])]
        assert len({row[0] for row in today}) == len(today), "exactly one primary parent a day"
        days[day] = {unit: (parent, path) for unit, parent, path, _, _ in today}
    return days


def require_true_paths(days):
    """On every day a path is the chain of the parents of that day; so there is no cycle either."""
    for standing in days.values():
        for unit, (parent, path) in standing.items():
            above = standing[parent][1] if parent else ""
            assert path == above + segment(unit)


def play(step, units, today):
    verb, first, second, day = step
    unit, other = units[first % len(units)], units[second % len(units)]
    if verb == "plant":
        units.append(plant("新", other, since=day))
    elif verb == "move":
        move(unit, other, day, today)
    else:
        actions.close_unit(unit=unit, until=day)
    return day


def examples(count):
    return settings(
        max_examples=count, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )


@examples(8)
@given(steps=STEPS, today=st.sampled_from(DAYS[:5]))
def test_whatever_is_planted_moved_or_closed_every_day_is_a_tree_and_earlier_days_stay(world, steps, today):
    live_through(steps, today)


@pytest.mark.slow
@examples(150)
@given(steps=STEPS, today=st.sampled_from(DAYS[:5]))
def test_over_many_histories_every_day_is_a_tree_and_earlier_days_stay(world, steps, today):
    live_through(steps, today)


def live_through(steps, today):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        units = [plant("根")]
        for step in steps:
            before = standing_by_day()
            try:
                changed = play(step, units, today)
            except Refused:
                changed = DAYS[-1] + timedelta(days=1)
            after = standing_by_day()
            require_true_paths(after)
            assert all(after[day] == before[day] for day in DAYS if day < changed)
        for day in [day for day in DAYS if day >= today]:
            actions.turn_the_day(today=day)
            require_today(after[day])
        transaction.set_rollback(True)


def require_today(standing):
    """Today's tree is the placements of today; ended and future units hang below their parents too."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for unit in units.values():
        above = units[unit.parent_id].path if unit.parent_id else ""
        assert unit.path == above + segment(unit.pk)
    assert all((units[pk].parent_id, units[pk].path) == place for pk, place in standing.items())
