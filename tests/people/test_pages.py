import pytest
from django.urls import reverse

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.identifiers import IdKind
from niangjia.kernel.models import JournalLine
from niangjia.people import actions, queries
from niangjia.people.models import Person
from niangjia.people.rules import Paper
from tests.conftest import AT, TODAY
from tests.network.acting import Desk, loader, officer
from tests.network.conftest import acting, county_desk, land

__all__ = ["acting", "county_desk", "land", "loader"]

NUMBER, MOBILE = "990101196806120027", "13957400001"


@pytest.fixture
def lady(land):
    return actions.register_person(
        draft=actions.PersonDraft(name="李小梅"),
        keeper_id=land["left_single"].pk,
        paper=Paper(IdKind.RESIDENT, NUMBER),
        mobile=MOBILE,
        today=TODAY,
        by=SYSTEM,
        at=AT,
    )


def find(desk, **told):
    asked = {"kind": IdKind.RESIDENT, "number": "", "mobile": ""} | told
    return desk.post(reverse("find-person"), **asked)


@pytest.mark.parametrize("told", [{"number": NUMBER}, {"mobile": MOBILE}])
def test_one_person_is_found_by_an_exact_number_and_shown_by_the_tails(county_desk, lady, told):
    answer = find(county_desk, **told)
    assert answer.url == reverse("person", args=[lady.pk])
    page = county_desk.get(answer.url).content.decode()
    assert "李小梅" in page
    assert "尾号 0027" in page
    assert NUMBER not in page
    assert MOBILE not in page


def test_part_of_a_number_finds_nobody_and_nothing_can_be_leafed_through(county_desk, lady):
    assert find(county_desk, number=NUMBER[:12]).status_code == 422
    assert find(county_desk).status_code == 422
    assert find(county_desk, number=NUMBER, mobile=MOBILE).status_code == 422
    assert "李小梅" not in county_desk.get(reverse("find-person")).content.decode()


def test_another_county_does_not_find_the_person(land, lady, client, acting):
    other = Desk(client, officer(Role.CTY, land["right_county"]))
    answer = find(other, number=NUMBER)
    assert answer.status_code == 200
    assert "没有找到" in answer.content.decode()
    assert other.get(reverse("person", args=[lady.pk])).status_code == 404


def test_two_who_share_a_mobile_are_both_offered(county_desk, land, lady):
    other = actions.register_person(
        draft=actions.PersonDraft(name="王建国"), keeper_id=land["left_joint"].pk, mobile=MOBILE,
        today=TODAY, by=SYSTEM, at=AT,
    )  # fmt: skip
    page = find(county_desk, mobile=MOBILE).content.decode()
    assert all(reverse("person", args=[one.pk]) in page for one in (lady, other))


def test_a_full_number_is_shown_once_for_a_purpose_and_the_look_is_journalled(county_desk, lady):
    paper = queries.documents_of(person=lady).get()
    road = reverse("reveal-document", args=[lady.pk, paper.pk])
    assert county_desk.get(road).status_code == 200
    refused = county_desk.post(road, purpose="verify", words="查")
    assert refused.status_code == 422
    assert NUMBER not in refused.content.decode()
    assert not JournalLine.objects.filter(verb="reveal_document").exists()
    answer = county_desk.post(road, purpose="verify", words="核对互助金收款人")
    assert NUMBER in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    line = JournalLine.objects.get(verb="reveal_document", object_id=lady.pk)
    assert line.reason == "核对互助金收款人"
    assert NUMBER not in str(line.after)


def test_a_mobile_is_revealed_the_same_way_and_a_strangers_row_does_not_exist(county_desk, lady):
    contact = queries.contacts_of(person=lady, day=TODAY).get()
    road = reverse("reveal-contact", args=[lady.pk, contact.pk])
    shown = county_desk.post(road, purpose="contact", words="通知换届选举").content.decode()
    assert MOBILE in shown
    assert county_desk.get(reverse("reveal-contact", args=[lady.pk, contact.pk + 999])).status_code == 404


def test_who_may_only_read_sees_the_year_of_birth_and_no_road_to_a_number(land, lady, client, acting):
    auditor = Desk(client, officer(Role.AUD, land["left_county"]))
    page = auditor.get(reverse("person", args=[lady.pk])).content.decode()
    assert "1968 年" in page
    assert "6月12日" not in page
    assert "reveal" not in page
    paper = queries.documents_of(person=lady).get()
    assert auditor.get(reverse("reveal-document", args=[lady.pk, paper.pk])).status_code in {302, 403}


def test_the_facts_are_corrected_by_form_with_a_reason_and_a_stale_form_is_told(county_desk, lady):
    road = reverse("correct-person", args=[lady.pk])
    told = {"name": "李晓梅", "sex": "female", "born": "1968-06-12", "version": "1", "reason": "户籍更名"}
    assert county_desk.post(road, **told | {"reason": ""}).status_code == 422
    assert county_desk.post(road, **told).url == reverse("person", args=[lady.pk])
    assert Person.objects.get(pk=lady.pk).name == "李晓梅"
    stale = county_desk.post(road, **told | {"name": "李小妹"})
    assert stale.status_code == 409
    assert "姓名" in stale.content.decode()


def test_a_person_is_registered_once_in_the_acting_unions_register(county_desk, land, lady):
    told = {"name": "赵大山", "kind": IdKind.RESIDENT, "number": "", "mobile": "", "sex": "male"}
    answer = county_desk.post(reverse("register-person"), **told)
    made = Person.objects.get(name="赵大山")
    assert (answer.url, made.keeper_id) == (reverse("person", args=[made.pk]), land["left_county"].pk)
    twice = county_desk.post(reverse("register-person"), **told | {"name": "李小梅", "number": NUMBER})
    assert twice.status_code == 422
    assert "已经登记过" in twice.content.decode()
    wrong = county_desk.post(reverse("register-person"), **told | {"number": NUMBER[:-1] + "8"})
    assert wrong.status_code == 422
    assert "校验码" in wrong.content.decode()


def test_a_worker_has_no_page_for_finding_others(land, lady, client, acting):
    worker = Desk(client, officer(Role.WRK, land["left_single"]))
    assert worker.get(reverse("find-person")).status_code in {302, 403}
