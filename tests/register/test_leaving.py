from django.urls import reverse
from tests.conftest import AT, TODAY
from tests.network.worlds import SINCE

from niangjia.bodies import actions as bodies
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.models import JournalLine
from niangjia.network import actions
from niangjia.network.models import Coverage, Employer


def test_an_employer_leaves_by_form_once_its_coverage_has_ended(county_desk, land):
    firm = land["left_firm"]
    page, leave = reverse("employer", args=[firm.pk]), reverse("leave-register", args=[firm.pk])
    assert leave in county_desk.get(page).content.decode()
    told = {"until": TODAY.isoformat(), "reason": "注销"}
    refused = county_desk.post(leave, **told)
    assert refused.status_code == 422
    assert "结束这条覆盖" in refused.content.decode()
    coverage = Coverage.objects.get(employer=firm)
    county_desk.post(reverse("end-coverage", args=[coverage.pk]), **told)
    assert county_desk.post(leave, **told).status_code == 302
    assert Employer.objects.get(pk=firm.pk).until == TODAY
    shown = county_desk.get(page).content.decode()
    assert "出册日" in shown
    assert "办理了出册" in shown
    assert leave not in shown
    assert JournalLine.objects.get(verb="leave_register", object_id=firm.pk).reason == "注销"


def test_an_empty_form_says_what_is_missing(county_desk, land):
    answer = county_desk.post(reverse("leave-register", args=[land["left_shop"].pk]), reason="")
    assert answer.status_code == 422
    assert {"until", "reason"} <= set(answer.context["form"].errors)


def test_every_employer_of_a_zone_can_be_let_go_from_its_page(county_desk, land):
    columns = {"kind": "park", "name": "工业园", "since": SINCE}
    zone = bodies.open_zone(keeper=land["left_town"], columns=columns, by=SYSTEM, at=AT)
    bodies.enter_zone(zone=zone, employer=land["left_shop"], since=SINCE, by=SYSTEM, at=AT)
    road = reverse("leave-zone", args=[zone.pk, land["left_shop"].pk])
    page = reverse("zone", args=[zone.pk])
    assert road in county_desk.get(page).content.decode()
    assert county_desk.post(road, until=TODAY.isoformat(), reason="搬走").status_code == 302
    assert road not in county_desk.get(page).content.decode()


def test_an_employer_that_left_the_register_lies_in_no_zone(county_desk, land):
    columns = {"kind": "park", "name": "工业园", "since": SINCE}
    zone = bodies.open_zone(keeper=land["left_town"], columns=columns, by=SYSTEM, at=AT)
    bodies.enter_zone(zone=zone, employer=land["left_shop"], since=SINCE, by=SYSTEM, at=AT)
    actions.leave_register(employer_id=land["left_shop"].pk, until=TODAY, by=SYSTEM, at=AT, reason="注销")
    assert "张三杂货店" not in county_desk.get(reverse("zone", args=[zone.pk])).content.decode()


def test_a_list_of_a_past_day_shows_the_kind_and_the_workers_of_that_day(county_desk, land):
    facts = {"kind": "institution", "sector": "logistics", "headcount": 99}
    firm = land["left_firm"]
    actions.edit_employer(employer_id=firm.pk, version=1, since=TODAY, by=SYSTEM, at=AT, **facts)
    now = county_desk.get(reverse("employers")).context["table"]
    (row,) = [row for row in now.rows if row.cells[0] == firm.name]
    assert (str(row.cells[1]), str(row.cells[2]), row.cells[3]) == ("事业单位", "物流货运", 99)
    assert not now.note
    then = county_desk.get(reverse("employers"), day="2018-08-01").context["table"]
    (row,) = [row for row in then.rows if row.cells[0] == firm.name]
    assert (str(row.cells[1]), str(row.cells[2]), row.cells[3]) == ("企业", "其他", 10)
    assert "2018年8月1日" in str(then.note)


def test_a_list_of_a_past_day_shows_the_mode_of_that_day(county_desk, land):
    fed = land["left_fed"]
    actions.edit_organisation(unit_id=fed.pk, version=1, since=TODAY, by=SYSTEM, at=AT, mode="park")
    for day, mode in ((None, "园区统筹"), ("2018-08-01", "村社统筹")):
        asked = {"day": day} if day else {}
        table = county_desk.get(reverse("organisations"), **asked).context["table"]
        (row,) = [row for row in table.rows if row.cells[0] == fed.name]
        assert str(row.cells[1].note) == mode
        assert bool(table.note) == bool(day)
