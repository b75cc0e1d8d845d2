from datetime import date

import pytest
from bs4 import BeautifulSoup

from niangjia.bodies import actions as bodies
from niangjia.drives import actions, queries
from niangjia.drives.models import DriveStop, JoinDrive
from niangjia.drives.rules import StopState, Target
from niangjia.joining import actions as joining
from niangjia.joining import queries as joining_queries
from niangjia.kernel.access import PUBLIC, SYSTEM, Role
from niangjia.kernel.errors import BadInput, NotVisible, Refused
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.joining.applying import draft_of
from tests.network.acting import officer
from tests.network.worlds import SINCE, employer

LAST = date(2018, 8, 31)


@pytest.fixture
def zone(land):
    """A building of the left town with a firm that has a union and two that have none."""
    zone = bodies.open_zone(
        keeper=land["left_town"], columns={"name": "古荡湾大厦", "kind": "business_district", "since": SINCE},
        by=SYSTEM, at=AT,
    )  # fmt: skip
    land["loft"] = employer("云上科技公司", land["left_town"], address="古荡湾大厦 12 楼 1203 室")
    for firm in (land["left_firm"], land["left_shop"], land["loft"]):
        bodies.enter_zone(zone=zone, employer=firm, since=SINCE, by=SYSTEM, at=AT)
    return zone


def started(land, zone, *, by=SYSTEM, **more):
    draft = actions.DriveDraft(
        zone.pk, "古荡湾集中入会", TODAY, LAST, guided_by_id=land["left_town"].pk, **more
    )
    return actions.start_drive(unit_id=land["left_fed"].pk, draft=draft, by=by, at=AT)


@pytest.fixture
def drive(land, zone):
    return started(land, zone)


def stop_at(drive, firm):
    return DriveStop.objects.get(drive=drive, employer=firm)


def visited(stop, *, by=SYSTEM, **told):
    told = {"state": StopState.ASKED, "asked": 3} | told
    return actions.visit_stop(
        stop_id=stop.pk, version=stop.version, visit=actions.Visit(**told), by=by, at=AT
    )


def test_a_drive_has_a_stop_for_every_employer_of_the_zone_and_knows_the_second_target(land, drive):
    assert drive.stops.count() == 3
    assert stop_at(drive, land["left_firm"]).target == Target.UNION
    loft = stop_at(drive, land["loft"])
    assert (loft.target, loft.floor, loft.building) == (Target.WORKERS, 12, "古荡湾大厦")


def test_a_zone_without_employers_makes_no_drive(land):
    empty = bodies.open_zone(
        keeper=land["left_town"], columns={"name": "空楼", "kind": "park", "since": SINCE}, by=SYSTEM, at=AT
    )
    with pytest.raises(Refused, match="还没有登记单位"):
        started(land, empty)
    assert not JoinDrive.objects.exists()


def test_a_stop_is_asked_or_come_back_to_on_a_day(land, drive):
    loft = stop_at(drive, land["loft"])
    with pytest.raises(BadInput, match="哪一天"):
        visited(loft, state=StopState.COME_BACK)
    with pytest.raises(BadInput, match="问了几个人"):
        visited(loft, asked=0)
    back = visited(loft, state=StopState.COME_BACK, asked=0, come_back_on=date(2018, 8, 23))
    task = Task.objects.get(about_id=loft.pk, kind="drives.come_back", state="open")
    assert (task.due_on, task.unit_id) == (date(2018, 8, 23), land["left_fed"].pk)
    visited(back)
    assert not Task.objects.filter(about_id=loft.pk, state="open").exists()


def test_an_employer_with_a_union_is_asked_for_its_register_and_its_facilities(land, drive):
    firm = stop_at(drive, land["left_firm"])
    done = visited(firm, asked=0, checks=["register", "facility"])
    assert done.checks == ["register", "facility"]
    with pytest.raises(BadInput, match="列出"):
        visited(done, asked=0, checks=["everything"])


def test_a_drive_counts_what_its_codes_and_its_doors_brought(land, drive):
    loft = stop_at(drive, land["loft"])
    visited(loft)
    code = joining.make_code(
        unit_id=land["left_fed"].pk,
        draft=joining.CodeDraft(
            "云上", LAST, 50, drive_id=drive.pk, stop_id=loft.pk, employer_id=land["loft"].pk
        ),
        by=SYSTEM,
        at=AT,
    )
    token = joining_queries.token_of(code=code)
    first, _ = joining.submit_application(draft=draft_of(1), token=token, by=PUBLIC, at=AT)
    joining.enter_application(
        unit_id=land["left_fed"].pk, channel="door", draft=draft_of(2), drive_id=drive.pk, stop_id=loft.pk,
        by=SYSTEM, at=AT,
    )  # fmt: skip
    joining.approve_application(application_id=first.pk, version=1, by=SYSTEM, at=AT)
    numbers = queries.numbers_of(drives=[drive])[drive.pk]
    assert (numbers.stops, numbers.done, numbers.open, numbers.with_union, numbers.people) == (3, 1, 2, 1, 3)
    assert (numbers.came.applications, numbers.came.joined) == (2, 1)


def test_a_drive_that_is_closed_takes_no_more_visits(land, drive):
    loft = stop_at(drive, land["loft"])
    actions.close_drive(drive_id=drive.pk, version=1, summary="走了三家", by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="已经收队"):
        visited(loft)
    with pytest.raises(Refused):
        actions.close_drive(drive_id=drive.pk, version=1, summary="再收", by=SYSTEM, at=AT)


def test_a_drive_of_elsewhere_does_not_exist(land, drive):
    other = officer(Role.FED, land["right_fed"])
    with pytest.raises(NotVisible):
        queries.board_of(drive_id=drive.pk, actor=other, today=TODAY)
    with pytest.raises(NotVisible):
        visited(stop_at(drive, land["loft"]), by=other)


def test_every_number_of_the_board_opens_its_rows(land, town, drive):
    visited(stop_at(drive, land["loft"]))
    page = BeautifulSoup(town.get(f"/drives/{drive.pk}/").content, "html.parser")
    assert "古荡湾大厦，12 楼" in page.text
    links = [link["href"] for link in page.select("main a[href*='?']")]
    assert len(links) == 6
    for link in links:
        path, _, query = link.partition("?")
        told = dict(part.split("=") for part in query.partition("#")[0].split("&"))
        assert town.get(path, **told).status_code == 200
    shown = BeautifulSoup(town.get(f"/drives/{drive.pk}/", show="done").content, "html.parser")
    assert "云上科技公司" in shown.text
    assert "东磁公司" not in shown.text


def test_the_roads_of_a_drive_from_start_to_close(land, town, zone):
    start = f"/register/organisations/{land['left_fed'].pk}/drive/"
    assert town.get(start).status_code == 200
    told = {
        "title": "楼宇行动",
        "zone": zone.pk,
        "starts_on": "2018-08-20",
        "ends_on": "2018-08-31",
        "squad": "一队",
    }
    answer = town.post(start, **told, guided_by=land["left_town"].name, activities="义诊")
    assert answer.status_code == 302
    drive = JoinDrive.objects.get()
    loft = stop_at(drive, land["loft"])
    stop = f"/drives/stops/{loft.pk}/"
    assert "问了几个人" in town.get(stop).content.decode()
    assert (
        town.post(stop, version=1, state="asked", asked=5, floor=12, building="古荡湾大厦").status_code == 302
    )
    for road in (f"{stop}code/", f"/drives/{drive.pk}/code/"):
        assert town.get(road).status_code == 200
        assert town.post(road, label="楼下", expires_on="2018-08-31", max_uses=9).status_code == 302
    assert town.get("/drives/").status_code == 200
    assert town.post(f"/drives/{drive.pk}/close/", version=1, summary="都走到了").status_code == 302
    assert "都走到了" in town.get(f"/drives/{drive.pk}/").content.decode()
