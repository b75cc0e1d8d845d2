"""Visits are arranged and settled; leads come in three fields; who reported sees that it is handled."""

from bs4 import BeautifulSoup

from niangjia.campaigns.models import Target
from niangjia.households import queries
from niangjia.kernel.access import Role
from niangjia.people import actions as people
from niangjia.people.actions import PersonDraft
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.hearth.conftest import worker
from tests.hearth.test_office import SHUT, form
from tests.households.worlds import WORKER


def at(row, *more):
    return "/" + "/".join(("targets", str(row.pk), *more)) + "/"


def test_a_target_shows_who_where_by_whom_and_on_whose_desk_it_lies(desk, drive):
    row = drive.report("何秀英", place="湍口村 1 号", words="丈夫生病")
    status, html = desk.page(at(row))
    assert status == 200
    for told in ("湍口村 1 号", "丈夫生病", "陈某", drive.village.town.unit_name, "各级上报"):
        assert told in html
    assert desk.of(drive.village.elsewhere).page(at(row))[0] == 404


def test_the_to_do_on_the_desk_leads_to_the_target(desk, drive):
    row = drive.report()
    task = Task.objects.get(kind="campaigns.visit")
    assert (task.road, task.road_args) == ("target", [row.pk])
    assert f"/targets/{row.pk}/" in desk.page("/desk/")[1]


def test_one_visit_is_arranged_and_a_stale_form_is_refused(desk, drive):
    row = drive.report()
    told = form(desk.page(at(row, "plan"))[1])
    told |= {"holder": str(drive.village.mate.user_id), "planned_on": "2018-08-21"}
    assert desk.sent(at(row, "plan"), **told)[0] == 302
    assert desk.sent(at(row, "plan"), **told)[0] == 422
    row.refresh_from_db()
    assert row.holder_id == drive.village.mate.user_id


def test_only_those_ticked_are_arranged(desk, drive):
    chosen, other = (drive.report(name, place="湍口村") for name in ("何秀英", "周大山"))
    address = f"/campaigns/{drive.campaign.pk}/plan/"
    _, html = desk.page(address)
    values = [one["value"] for one in BeautifulSoup(html, "html.parser").select("input[name=targets]")]
    assert values == [f"{row.pk}:{row.version}" for row in (chosen, other)]
    told = {"holder": str(drive.village.town.user_id), "planned_on": "2018-08-20"}
    assert desk.sent(address, **told)[0] == 422, "nobody was ticked"
    assert desk.sent(address, **told, targets=[values[0]])[0] == 302
    assert [Target.objects.get(pk=row.pk).planned_on for row in (chosen, other)] == [TODAY, None]


def test_an_officer_has_his_day_on_the_phone_and_on_paper(desk, drive):
    test_only_those_ticked_are_arranged(desk, drive)
    for address in ("/targets/today/", "/targets/route/"):
        status, html = desk.page(address)
        assert status == 200
        assert "何秀英" in html
        assert "周大山" not in html
        assert "何秀英" not in desk.page(address, day="2018-08-19")[1]
        assert "何秀英" not in desk.of(drive.village.mate).page(address)[1]


def test_the_day_tells_where_a_household_on_file_lives_and_its_telephone(desk, drive):
    home = drive.village.household(members=())
    drive.village.tell(home, {"residence": "湍口村 9 号", "phone": "13957400001"})
    row = drive.report("何秀英", household_id=home.pk)
    Target.objects.filter(pk=row.pk).update(holder_id=drive.village.town.user_id, planned_on=TODAY)
    _, html = desk.page("/targets/today/")
    assert "湍口村 9 号" in html
    assert "tel:13957400001" in html


def test_who_declined_is_settled_with_a_reason_and_visited_after_all(desk, drive):
    row = drive.report()
    told = form(desk.page(at(row, "settle"))[1])
    assert "outcome" not in told, "nothing is preselected"
    assert desk.sent(at(row, "settle"), **told | {"why": "谢绝"})[0] == 422
    assert desk.sent(at(row, "settle"), **told | {"outcome": "visited", "why": "来过"})[0] == 422
    assert desk.sent(at(row, "settle"), **told | {"outcome": "declined", "why": "谢绝"})[0] == 302
    told = form(desk.page(at(row, "reopen"))[1]) | {"reason": "改了主意"}
    assert desk.sent(at(row, "reopen"), **told)[0] == 302
    row.refresh_from_db()
    assert row.outcome == "open"


def test_a_group_leader_reports_in_three_fields_and_sees_only_that_it_is_handled(desk, drive):
    leader = drive.village.officer("leader", drive.village.land["left_single"], Role.GRP)
    theirs = desk.of(leader)
    _, html = theirs.page("/leads/new/")
    asked = "form[method=post] :is(input:not([type=hidden]), textarea)"
    fields = [one["name"] for one in BeautifulSoup(html, "html.parser").select(asked)]
    assert fields == ["name", "place", "words"]
    told = form(html) | {"name": "何秀英", "place": "装配车间", "words": "丈夫尿毒症"}
    assert theirs.sent("/leads/new/", **told)[0] == 302
    row = Target.objects.get()
    assert (row.unit_id, row.reported_by) == (leader.unit_id, leader.user_id)
    drive.village.household(members=())
    _, html = theirs.page("/leads/")
    assert "正在办理" in html
    assert "尿毒症" not in html
    assert theirs.page(at(row))[0] in SHUT
    assert theirs.page("/households/")[0] in SHUT
    assert theirs.sent("/leads/new/", **told)[0] == 422, "twice the same"


def test_a_town_reports_for_a_union_below_and_not_for_another_towns(desk, drive):
    below = drive.village.land["left_joint"]
    _, html = desk.page("/leads/new/", campaign=drive.campaign.pk, union=below.pk)
    told = form(html) | {"name": "何秀英", "place": "湍口村", "words": ""}
    assert told["union"] == str(below.pk)
    assert desk.sent("/leads/new/", **told)[0] == 302
    assert Target.objects.get().unit_id == below.pk
    foreign = {"name": "周大山", "union": drive.village.land["right_town"].name}
    status, html = desk.sent("/leads/new/", **told | foreign)
    assert status == 422
    assert "没有找到" in html


def test_a_worker_tells_of_his_own_need_and_follows_it(desk, drive):
    person = people.register_person(
        draft=PersonDraft("周大山"), keeper_id=drive.village.town.unit_id, today=TODAY,
        by=drive.village.town, at=AT,
    )  # fmt: skip
    mine = desk.of(worker(drive.village, person.pk))
    assert mine.sent("/me/leads/new/", whose="own", words="")[0] == 422
    assert mine.sent("/me/leads/new/", whose="other", words="没了工作")[0] == 422
    assert mine.sent("/me/leads/new/", whose="own", words="没了工作")[0] == 302
    row = Target.objects.get()
    assert (row.name, row.person_id) == ("周大山", person.pk)
    _, html = mine.page("/me/leads/")
    assert "正在办理" in html
    assert mine.page(at(row))[0] in SHUT
    assert "没了工作" in desk.page(at(row))[1]


def test_a_household_is_opened_from_the_target_that_has_none(desk, drive):
    row = drive.report("何秀英", place="湍口村")
    _, html = desk.page(at(row))
    assert f"/households/new/?target={row.pk}" in html
    address = f"/households/new/?target={row.pk}"
    told = form(desk.page(address)[1])
    assert told["name"] == "何秀英", "what was reported is not typed again"
    assert desk.sent(address, **told | {"number": WORKER})[0] == 302
    row.refresh_from_db()
    assert row.household_id == queries.household_of(person_id=row.person_id).pk
    assert f"/households/{row.household_id}/" in desk.page(at(row))[1]
    assert desk.of(drive.village.elsewhere).page(address)[0] == 404


def test_the_page_of_a_household_tells_in_which_campaigns_it_stands(desk, drive):
    home = drive.village.household()
    row = drive.report("何秀英", household_id=home.pk)
    _, html = desk.page(f"/households/{home.pk}/")
    assert drive.campaign.name in html
    assert at(row) in html
