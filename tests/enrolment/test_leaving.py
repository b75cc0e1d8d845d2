"""The roll goes out as it is seen; the national file closes, opens numbers, and needs a second person."""

import pytest
from django.urls import reverse

from niangjia.enrolment.queries import leaving, yearly
from niangjia.enrolment.views.leaving import MEMBERS, NATIONAL, YEAR
from niangjia.exchange import actions as exchange
from niangjia.exchange.rules.verdicts import Leave
from niangjia.kernel.access import PUBLIC, Role
from niangjia.kernel.errors import BadInput, NotAllowed
from tests.conftest import AT, TODAY
from tests.exchange.conftest import seated
from tests.members.people import member
from tests.network.acting import Desk, officer


@pytest.fixture
def members_here(land):
    """Two fit for the register, three who lack one thing each, one of elsewhere."""
    firm, single = land["left_firm"], land["left_single"]
    return [
        member(single, employer=firm, name="安平"),
        member(single, employer=firm, name="白露", female=True),
        member(single, employer=firm, name="常山", paper=False),
        member(single, employer=firm, name="丁香", mobile=False),
        member(single, name="方舟"),
        member(land["right_single"], employer=land["right_firm"], name="高远"),
    ]


def rows_of(kind, by, **asked):
    total, rows = kind.listing.rows(asked, by=by, today=TODAY)
    told = [dict(zip([column.name for column in kind.columns], row, strict=True)) for row in rows]
    assert total == len(told)
    return told


def test_the_list_goes_out_as_its_reader_sees_it(land, members_here):
    here = officer(Role.TWN, land["left_town"])
    assert sorted(row["name"] for row in rows_of(MEMBERS, here)) == ["丁香", "安平", "常山", "方舟", "白露"]
    counts_only = officer(Role.MUN, land["city"])
    told = rows_of(MEMBERS, counts_only, under=str(land["left_town"].pk))
    assert sorted(row["name"] for row in told) == ["丁某", "安某", "常某", "方某", "白某"]
    assert {row["tail"] for row in told} == {None}
    assert [row["name"] for row in rows_of(MEMBERS, here, lacks="id")] == ["常山"]
    assert rows_of(MEMBERS, here, under="99999999") == []


def test_every_member_goes_out_or_is_kept_back_with_a_reason(land, members_here):
    by = officer(Role.TWN, land["left_town"])
    closed = leaving.closing_of(asked={}, by=by, today=TODAY)
    assert (closed.members, closed.out) == (5, 2)
    assert closed.kept == {"id": 1, "mobile": 1, "employer": 1}
    assert closed.closes
    told = rows_of(NATIONAL, by)
    assert sorted(row["name"] for row in told) == ["安平", "白露"]
    assert all(len(row["number"]) == 18 and row["number"].startswith("990101") for row in told)
    assert all(row["mobile"].startswith("1395740") for row in told)
    assert {row["sex"] for row in told} == {"男", "女"}
    assert "未与全国系统核对" in told[0]["note"]


def test_full_numbers_leave_only_for_a_purpose_and_after_a_second_person_agrees(land, members_here):
    asker = seated(Role.CTY, land["left_county"], "陈晓")
    wish = exchange.Wish("national-members", {}, "csv")
    with pytest.raises(BadInput, match="用途"):
        exchange.ask_for_list(wish=wish, unit_id=land["left_county"].pk, by=asker, at=AT)
    wish = exchange.Wish("national-members", {}, "csv", "报送全国实名制系统")
    row = exchange.ask_for_list(wish=wish, unit_id=land["left_county"].pk, by=asker, at=AT)
    assert row.state == Leave.ASKED
    with pytest.raises(NotAllowed):
        exchange.decide_on_list(leaving_id=row.pk, agrees=True, words="", by=asker, at=AT)


def test_the_yearly_sheet_is_made_from_records(land, members_here):
    by = officer(Role.TWN, land["left_town"])
    lines = yearly.sheet_of(
        unit_id=land["left_town"].pk, year=2016, scope=by.scope_for("members.read"), today=TODAY
    )
    told = {(str(line.group), str(line.label)): line.value for line in lines}
    assert told["会员", "会员总数"] == 5
    assert told["本年变动", "新入会"] == 5
    assert told["会员", "实名完整"] == 2
    assert len(rows_of(YEAR, by, year="2016")) == len(lines)


def test_small_cells_of_the_yearly_sheet_are_hidden(land, members_here):
    by = officer(Role.TWN, land["left_town"])
    lines = yearly.sheet_of(
        unit_id=land["left_town"].pk, year=2018, scope=by.scope_for("members.read"), today=TODAY
    )
    told = {str(line.label): line.value for line in lines}
    assert told["女"] is None
    assert told["男"] is None


@pytest.mark.parametrize("road", ["national-members", "member-year"])
def test_the_sheets_are_pages_that_add_up(land, members_here, client, acting, road):
    desk = Desk(client, officer(Role.TWN, land["left_town"]))
    page = desk.get(reverse(road)).content.decode()
    assert "会员" in page
    words = ("逐人核对", "未与全国系统核对") if road == "national-members" else ("会员总数", "统计截至")
    assert all(one in page for one in words)
    stranger = Desk(client, PUBLIC)
    assert stranger.get(reverse(road)).status_code == 302
