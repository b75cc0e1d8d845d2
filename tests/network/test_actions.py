from datetime import date, timedelta

import pytest
from tests.conftest import AT, TODAY
from tests.network.acting import officer
from tests.network.worlds import cover, employer, found

from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.versions import Overtaken
from niangjia.network import actions, queries
from niangjia.network.models import Coverage, Employer, Organisation
from niangjia.network.queries import Filters
from niangjia.network.rules import OrgKind

TOMORROW = TODAY + timedelta(1)
UNION_CODE, FIRM_CODE = "81990101MA2DEM009T", "91990101MA2DEM009R"


def counted(unit, day=TODAY):
    return queries.counts(unit_id=unit.pk, day=day).employers()


def test_an_affiliation_steps_in_when_the_coverage_that_counted_ends(land):
    row = Coverage.objects.get(employer=land["left_firm"])
    other = cover(land["left_joint"], land["left_firm"], since=date(2017, 1, 1))
    assert not other.counts
    assert counted(land["left_county"]) == 1
    actions.end_coverage(coverage=row, until=TODAY, by=SYSTEM, at=AT, reason="改由联合工会覆盖")
    assert counted(land["left_county"]) == 1
    assert Employer.objects.get(pk=land["left_firm"].pk).keeper_id == land["left_joint"].pk
    assert counted(land["left_county"], TODAY - timedelta(1)) == 1


def test_an_end_to_come_changes_nothing_until_its_day(land):
    row = Coverage.objects.get(employer=land["left_firm"])
    actions.end_coverage(coverage=row, until=TOMORROW, by=SYSTEM, at=AT, reason="关停")
    assert (counted(land["left_county"]), counted(land["left_county"], TOMORROW)) == (1, 0)
    assert Employer.objects.get(pk=land["left_firm"].pk).keeper_id == land["left_single"].pk
    assert actions.turn_the_day(today=TOMORROW, at=AT + timedelta(1))
    assert not actions.turn_the_day(today=TOMORROW, at=AT + timedelta(1))
    assert counted(land["left_county"], TOMORROW) == 0
    assert Employer.objects.get(pk=land["left_firm"].pk).keeper_id == land["left_fed"].pk


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda m: cover(m["left_single"], m["left_shop"]), "单建会只覆盖一家"),
        (lambda m: cover(m["left_single"], m["left_firm"]), "已经覆盖"),
        (lambda m: cover(m["left_town"], m["left_shop"]), "不直接覆盖"),
        (lambda m: cover(m["left_joint"], m["left_shop"], since=date(2015, 1, 1)), "不能早于"),
        (lambda m: employer("甲厂", m["left_town"], uscc=UNION_CODE), "工会的代码"),
        (lambda m: employer("衢江区张三杂货店", m["left_town"]), "已在这份名册里"),
        (lambda m: found(OrgKind.SINGLE, "乙工会", m["left_town"], uscc=FIRM_CODE), "81 或 89"),
        (lambda m: found(OrgKind.FEDERATION, "衢江区大洲镇工会联合会", m["left_town"]), "已有"),
        (lambda m: found(OrgKind.TOWN, "丙镇总工会", m["left_town"]), "上级只能是"),
        (lambda m: found(OrgKind.SINGLE, "丁工会", m["left_town"], since=TOMORROW), "不能晚于今天"),
        (lambda m: found(OrgKind.SINGLE, "戊工会", m["left_town"], mode="park"), "统筹模式"),
    ],
)
def test_what_is_against_the_rules_is_refused_with_a_reason(land, act, words):
    before = (Organisation.objects.count(), Employer.objects.count(), Coverage.objects.count())
    with pytest.raises(Refused, match=words):
        act(land)
    assert before == (Organisation.objects.count(), Employer.objects.count(), Coverage.objects.count())


def test_a_code_stands_once_in_all_registers_even_beyond_the_scope(land):
    employer("有代码的厂", land["right_town"], uscc=FIRM_CODE)
    left = officer(Role.CTY, land["left_county"])
    enter_scope(left.scope_for("network.cover"))
    with pytest.raises(Refused, match="有代码的厂"):
        employer("同一家", land["left_town"], uscc=FIRM_CODE.lower(), by=left)


def test_a_change_of_today_leaves_yesterday_as_it_was(land):
    firm, day = land["left_firm"], TODAY - timedelta(1)
    before = queries.counts(unit_id=land["city"].pk, day=day).amounts
    facts = {"kind": "institution", "sector": "logistics", "headcount": 99}
    actions.edit_employer(employer_id=firm.pk, version=1, since=TODAY, by=SYSTEM, at=AT, **facts)
    assert queries.counts(unit_id=land["city"].pk, day=day).amounts == before
    now = queries.counts(unit_id=land["city"].pk, day=TODAY)
    assert (now.amounts["employer:institution"], now.workers) == (1, 109)
    filters = Filters(kinds=["institution"], day=day)
    rows = queries.employers_in_scope(scope=EVERYWHERE, filters=filters, today=TODAY)
    assert not rows.exists()


def test_the_second_to_save_sees_what_changed_and_nothing_is_overwritten(land):
    unit = land["left_town"].pk
    actions.edit_organisation(unit_id=unit, version=1, since=TODAY, by=SYSTEM, at=AT, phone="0570-1")
    with pytest.raises(Overtaken, match="办公电话：0570-1"):
        actions.edit_organisation(unit_id=unit, version=1, since=TODAY, by=SYSTEM, at=AT, phone="0570-2")
    assert Organisation.objects.get(pk=unit).phone == "0570-1"


def test_a_moved_union_leaves_its_federation_and_joins_the_other(land):
    actions.move_organisation(
        organisation=land["left_single"], parent=land["right_fed"], since=TODAY, today=TODAY, by=SYSTEM, at=AT
    )
    parts = queries.compositions(federation=land["right_fed"], day=TODAY).parts
    assert land["left_single"].pk in [part.unit_id for part in parts]
    left = queries.compositions(federation=land["left_fed"], day=TODAY)
    assert land["left_single"].pk not in [part.unit_id for part in left.parts]
    yesterday = queries.compositions(federation=land["left_fed"], day=TODAY - timedelta(1))
    assert yesterday.sums.n_unions == 1


def test_a_name_to_come_is_borne_on_its_day_and_the_old_one_is_found(land):
    row = land["left_town"]
    actions.rename_organisation(
        organisation=row, name="新洲镇总工会", since=TOMORROW, paper="批复", by=SYSTEM, at=AT
    )
    assert Organisation.objects.get(pk=row.pk).name == "衢江区大洲镇总工会"
    actions.turn_the_day(today=TOMORROW, at=AT + timedelta(1))
    assert Organisation.objects.get(pk=row.pk).name == "新洲镇总工会"
    rows = queries.organisations_in_scope(
        scope=EVERYWHERE, filters=Filters(name="衢江区大洲镇总工会"), today=TOMORROW
    )
    assert [one.pk for one in rows] == [row.pk]


def test_an_organisation_that_is_needed_is_not_closed(land):
    with pytest.raises(Refused, match="2 个组织"):
        actions.close_organisation(organisation=land["left_fed"], until=TODAY, by=SYSTEM, at=AT, reason="撤")
    actions.close_organisation(organisation=land["left_joint"], until=TODAY, by=SYSTEM, at=AT, reason="撤")
    assert queries.counts(unit_id=land["left_fed"].pk, day=TODAY).organisations(OrgKind.JOINT) == 0
    assert actions.recount_tallies(today=TODAY, at=AT) == []


def test_an_officer_does_nothing_outside_his_reach(land):
    left = officer(Role.CTY, land["left_county"])
    with pytest.raises(NotAllowed):
        cover(land["right_joint"], land["right_shop"], by=left)
    with pytest.raises(NotAllowed):
        found(OrgKind.SINGLE, "越界", land["right_town"], by=left)
    auditor = officer(Role.AUD, land["left_county"])
    with pytest.raises(NotAllowed):
        cover(land["left_joint"], land["left_shop"], by=auditor)
