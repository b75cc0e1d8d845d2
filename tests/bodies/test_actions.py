from datetime import date

import pytest
from django.urls import reverse
from tests.conftest import AT, TODAY
from tests.network.acting import officer
from tests.network.worlds import SINCE

from niangjia.bodies import actions as bodies
from niangjia.bodies import queries as bodies_queries
from niangjia.bodies.models import Committee, CommitteePost, Zone
from niangjia.bodies.rules import PostKind
from niangjia.kernel import scoping
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role
from niangjia.kernel.errors import Refused
from niangjia.kernel.scoping import enter_scope
from niangjia.network import queries
from niangjia.network.models import Coverage, Employer, Organisation


def test_a_term_lasts_as_the_policy_says_and_reminds_before_it_ends(land):
    row, since = land["left_single"], date(2015, 11, 1)
    columns = {"number": 1, "elected_on": since, "approval_doc_no": "", "by": SYSTEM, "at": AT}
    with pytest.raises(Refused, match="3、5"):
        bodies.open_term(organisation=row, since=since, term_years=4, **columns)
    committee = bodies.open_term(organisation=row, since=since, term_years=3, **columns)
    assert committee.until == date(2018, 11, 1)
    row.refresh_from_db()
    counts = queries.counts(unit_id=row.pk, day=TODAY)
    term = bodies_queries.term_of(organisation=row, day=TODAY, counts=counts)
    assert str(term.reminder) == "3 个月内届满"
    with pytest.raises(Refused, match="届次"):
        bodies.open_term(organisation=row, since=since, term_years=3, **columns)


def test_a_near_relative_of_the_head_sits_on_no_committee(land):
    row = land["left_single"]
    committee = Committee.objects.create(
        organisation=row, number=1, since=date(2018, 1, 1), until=date(2021, 1, 1)
    )

    def appoint(name, relative, kind=PostKind.CHAIR):
        appointment = bodies.Appointment(kind=kind, name=name, since=TODAY, relative=relative)
        return bodies.appoint(committee=committee, appointment=appointment, today=TODAY, by=SYSTEM, at=AT)

    for answer in ("relative", ""):
        with pytest.raises(Refused, match="近亲属"):
            appoint("王某", answer)
    post = appoint("王建国", "no")
    assert post.relative_declared
    with pytest.raises(Refused, match="现任主席"):
        appoint("李红", "no")
    with pytest.raises(Refused, match="已在任"):
        appoint("王建国", "no")
    assert CommitteePost.objects.count() == 1


def test_a_facility_and_a_zone_are_entered_once(land):
    columns = {"kind": "workers_home", "name": "职工之家", "obtained_by": "built", "since": SINCE}
    bodies.open_facility(organisation=land["left_fed"], columns=columns, by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="已经登记"):
        bodies.open_facility(organisation=land["left_fed"], columns=columns, by=SYSTEM, at=AT)
    zone = {"kind": "park", "name": "工业园", "since": SINCE}
    row = bodies.open_zone(keeper=land["left_town"], columns=zone, by=SYSTEM, at=AT)
    bodies.enter_zone(zone=row, employer=land["left_firm"], since=SINCE, by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="已在这个区域"):
        bodies.enter_zone(zone=row, employer=land["left_firm"], since=SINCE, by=SYSTEM, at=AT)


def test_without_the_query_scope_the_database_still_shows_no_foreign_row(land, monkeypatch):
    committee = Committee.objects.create(
        organisation=land["right_single"], number=1, since=SINCE, until=date(2021, 1, 1)
    )
    appointment = bodies.Appointment(kind=PostKind.CHAIR, name="赵六", since=SINCE, relative="no")
    bodies.appoint(committee=committee, appointment=appointment, today=TODAY, by=SYSTEM, at=AT)
    Zone.objects.create(keeper=land["right_town"].unit, name="商圈", kind="business_district", since=SINCE)
    monkeypatch.setattr(scoping, "_ranges", lambda scope, field: scoping.Q())
    left = officer(Role.CTY, land["left_county"])
    enter_scope(left.scope_for("network.read"))
    theirs = land["right_county"].path
    for model in (Employer, Coverage, Zone, Organisation):
        assert not model.objects.filter(path__startswith=theirs).exists(), model
    for model in (Committee, CommitteePost):
        assert not model.objects.filter(organisation=land["right_single"].pk).exists(), model
    assert Employer.objects.filter(path__startswith=land["left_county"].path).exists()
    enter_scope(EVERYWHERE)


def test_committee_facility_and_zone_by_forms(county_desk, land):
    single = land["left_single"].pk
    told = {"number": "1", "since": "2018-01-01", "term_years": "3"}
    assert county_desk.post(reverse("open-term", args=[single]), **told).status_code == 302
    committee = Committee.objects.get(organisation=single)
    url = reverse("appoint", args=[committee.pk])
    told = {"kind": "chair", "name": "王建国", "relative": "no", "since": "2018-01-01"}
    assert county_desk.post(url, **told | {"relative": "relative"}).status_code == 422
    assert county_desk.post(url, **told).status_code == 302
    post = CommitteePost.objects.get()
    assert county_desk.get(reverse("organisation", args=[single])).status_code == 200
    end = reverse("end-committee-post", args=[post.pk])
    assert county_desk.post(end, until="2018-08-20", reason="调动").status_code == 302
    told = {"kind": "workers_home", "name": "职工之家", "obtained_by": "built", "since": "2018-01-01"}
    told |= {"rooms": "图书室、健身房", "investment": "20400.50", "area_m2": "300"}
    answer = county_desk.post(reverse("open-facility", args=[single]), **told)
    assert answer.status_code == 302
    page = county_desk.get(answer["Location"]).content.decode()
    assert "20,400.50" in page
    assert "健身房" in page
    told = {"kind": "park", "name": "工业园", "since": "2018-01-01"}
    answer = county_desk.post(reverse("open-zone", args=[land["left_town"].pk]), **told)
    zone = Zone.objects.get()
    enter = reverse("enter-zone", args=[zone.pk])
    assert county_desk.post(enter, employer="衢江区东磁公司", since="2018-01-01").status_code == 302
    assert "衢江区东磁公司" in county_desk.get(answer["Location"]).content.decode()
    assert county_desk.get(reverse("employers"), zone=zone.pk).context["pager"].total == 1
