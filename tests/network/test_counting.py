from datetime import date, timedelta

import pytest
from tests.conftest import AT, TODAY

from niangjia.kernel.access import SYSTEM
from niangjia.network import actions, queries
from niangjia.network.models import Employer, Tally
from niangjia.network.rules import EmployerKind, OrgKind

SINCE = date(2016, 1, 1)


def found(kind, name, parent=None, **more):
    draft = actions.OrganisationDraft(kind=kind, name=name, established_on=SINCE, **more)
    return actions.found_organisation(
        draft=draft, parent_id=parent.pk if parent else None, today=TODAY, by=SYSTEM, at=AT
    )


def employer(name, keeper, kind=EmployerKind.ENTERPRISE, headcount=10):
    draft = actions.EmployerDraft(name=name, kind=kind, since=SINCE, headcount=headcount)
    return actions.register_employer(draft=draft, keeper_id=keeper.pk, by=SYSTEM, at=AT)


def cover(union, firm, since=SINCE):
    return actions.cover_employer(union=union, employer=firm, since=since, by=SYSTEM, at=AT)


@pytest.fixture
def dazhou(world):
    province = found(OrgKind.PROVINCE, "浙江省总工会")
    city = found(OrgKind.CITY, "衢州市总工会", province)
    county = found(OrgKind.COUNTY, "衢江区总工会", city)
    town = found(OrgKind.TOWN, "大洲镇总工会", county)
    scattered = found(OrgKind.FEDERATION, "小散远工会联合会", town, mode="village_community")
    joint = found(OrgKind.JOINT, "小散远联合基层工会", scattered)
    actions.compose(federation=scattered, child=joint, since=date(2016, 1, 2), today=TODAY, by=SYSTEM, at=AT)
    other = found(OrgKind.FEDERATION, "大洲镇企业工会联合会", town, mode="trade")
    singles = [found(OrgKind.SINGLE, f"第{i}厂工会", town) for i in range(10)]
    firms = [employer(f"第{i}厂", town) for i in range(10)]
    for union, firm in zip(singles, firms, strict=True):
        cover(union, firm)
    for i in range(14):
        cover(joint, employer(f"电站{i}", town))
    for union in singles[:3]:
        actions.compose(federation=other, child=union, since=date(2017, 1, 1), today=TODAY, by=SYSTEM, at=AT)
    return {
        "province": province,
        "town": town,
        "scattered": scattered,
        "other": other,
        "singles": singles,
        "joint": joint,
    }


def test_an_employer_counts_once_however_many_unions_reach_it(dazhou):
    town = queries.counts(unit_id=dazhou["town"].pk, day=TODAY)
    assert (town.organisations(OrgKind.SINGLE), town.federations(), town.employers()) == (10, 2, 24)
    assert queries.counts(unit_id=dazhou["scattered"].pk, day=TODAY).employers() == 14
    assert queries.counts(unit_id=dazhou["other"].pk, day=TODAY).employers() == 3


def test_the_roll_up_equals_the_live_count_after_every_change(dazhou):
    live = queries.counts(unit_id=dazhou["province"].pk, day=TODAY).amounts
    actions.recount_tallies(today=TODAY, at=AT)
    assert queries.counts(unit_id=dazhou["province"].pk, day=TODAY).amounts == live
    cover(dazhou["joint"], employer("新厂", dazhou["town"]))
    assert queries.counts(unit_id=dazhou["province"].pk, day=TODAY).employers() == 25
    assert actions.fold_tallies() > 0
    assert queries.counts(unit_id=dazhou["province"].pk, day=TODAY).employers() == 25
    assert actions.recount_tallies(today=TODAY, at=AT) == []


def test_a_moved_union_takes_its_count_along_and_the_past_stays(dazhou):
    actions.recount_tallies(today=TODAY, at=AT)
    actions.compose(
        federation=dazhou["other"], child=dazhou["singles"][5], since=TODAY, today=TODAY, by=SYSTEM, at=AT
    )
    other = dazhou["other"].pk
    assert queries.counts(unit_id=other, day=TODAY).employers() == 4
    assert queries.counts(unit_id=other, day=date(2018, 8, 19)).employers() == 3
    assert actions.recount_tallies(today=TODAY, at=AT) == []


def test_a_planned_coverage_counts_from_its_day_on_and_a_recount_finds_nothing(dazhou):
    actions.recount_tallies(today=TODAY, at=AT)
    cover(dazhou["joint"], employer("新厂", dazhou["town"]), since=TODAY + timedelta(40))
    for fold in (False, True):
        if fold:
            actions.fold_tallies()
        found = [
            queries.counts(unit_id=dazhou["province"].pk, day=TODAY + timedelta(days)).employers()
            for days in (-1, 0, 39, 40, 400)
        ]
        assert found == [24, 24, 24, 25, 25]
    assert actions.recount_tallies(today=TODAY, at=AT) == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_wrong_figure_of_any_day_and_a_wrong_blind_spot_are_alarmed_and_set_right(dazhou):
    actions.recount_tallies(today=TODAY, at=AT)
    Tally.objects.filter(grain="m", measure="workers", amount=240).update(amount=241)
    wrong = Tally.objects.filter(amount=241).count()
    Employer.objects.filter(name="第3厂").update(covered_since=None)
    found = actions.recount_tallies(today=TODAY, at=AT)
    assert sorted(one.measure for one in found) == ["covered_since", *["workers"] * wrong]
    assert wrong > 0
    assert {one.day for one in found} == {SINCE}
    assert actions.recount_tallies(today=TODAY, at=AT) == []
